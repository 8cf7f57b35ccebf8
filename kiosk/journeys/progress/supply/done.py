"""On its way, and handed in: the receipt of what was supplied, and what happens next."""

from __future__ import annotations

from kiosk.journeys.handing import DoneWords, HandedDone, SendPage
from kiosk.journeys.progress.supply.check import supplement_paper
from kiosk.journeys.progress.supply.sheet import OfSupply
from kiosk.wire.documents import Document
from kiosk.wire.filing import FilingAnswer


class SupplySendStep(OfSupply, SendPage):
    """正在送到中心."""


class SupplyDoneStep(OfSupply, HandedDone):
    """补交的材料已经收到 — or, with the center down, 已保存."""

    def paper(self, attempt: int) -> Document:
        """The receipt as things stand now."""
        return supplement_paper(self.work, self.sheet, self.handed, attempt)

    def words(self) -> DoneWords:
        """Of a supplement."""
        t = self.t
        case, answer = self.sheet.of, self.handed.answer
        return DoneWords(
            received=t("补交的内容已收到"),
            kept=t("补交已保存，稍后送达"),
            refused=t("补交已保存，请到窗口"),
            subtitle=case.item_name,
            number_label=t("办件编号"),
            number=case.case_number,
            safe=t("补交的内容不受影响"),
            find_again=t("以后放身份证，就能看到办到哪一步。"),
            next_lines=(answer.next_step,) if isinstance(answer, FilingAnswer) else (),
            qr_title=t("在本机扫一扫，看进度"),
            qr_note=t("回执上也有这个码"),
        )
