"""What the citizen takes home on paper. Makes documents of facts; prints nothing and asks nobody.

Papers are Chinese in every language of the screen: windows and departments read them too. Nothing here promises a message, a
page for phones or a call, and no legal date is computed here (domain.md, never forgotten no. 4 and 9).
"""

from kiosk.journeys.papers.booking import BookingFacts, booking_slip
from kiosk.journeys.papers.complaint import ActFacts, ComplaintFacts, act_receipt, complaint_receipt
from kiosk.journeys.papers.complaint_notice import complaint_notice
from kiosk.journeys.papers.complaint_progress import complaint_progress
from kiosk.journeys.papers.guide import guide_paper
from kiosk.journeys.papers.notice import notice_paper
from kiosk.journeys.papers.progress import progress_paper, withdrawal_slip
from kiosk.journeys.papers.receipt import ReceiptFacts, filing_receipt
from kiosk.journeys.papers.shared import OPEN
from kiosk.journeys.papers.supplement import SupplementFacts, supplement_receipt

__all__ = [
    "OPEN",
    "ActFacts",
    "BookingFacts",
    "ComplaintFacts",
    "ReceiptFacts",
    "SupplementFacts",
    "act_receipt",
    "booking_slip",
    "complaint_notice",
    "complaint_progress",
    "complaint_receipt",
    "filing_receipt",
    "guide_paper",
    "notice_paper",
    "progress_paper",
    "supplement_receipt",
    "withdrawal_slip",
]
