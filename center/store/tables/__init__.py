"""Every table of the center, one file per room. Every row carries its township; keys are UUIDs; what is personal is a sealed field (`encryption.py`)."""

from center.store.tables.base import Base, Moment
from center.store.tables.cases import Case, CaseEvent, CaseMaterial, CasePage, CasePause
from center.store.tables.complaints import Complaint, ComplaintEvent, ComplaintFile, Consent
from center.store.tables.core import IdempotencyKey, Item, Nonce, Staff, StaffSession, StoredFile, Terminal
from center.store.tables.oversight import (
    AccountabilityEvent,
    AccountabilityStep,
    DailyCheck,
    DailyCheckLine,
    Report,
    ReportReading,
    Routine,
)
from center.store.tables.people import Absence, DutyPost, OneTimeCode, SecondFactor, SignInLock, SignInStep
from center.store.tables.publishing import CalendarYear, ItemDraft, PublicNotice, StaffPhoto
from center.store.tables.records import ChainHead, Counter, IssuedPaper, JournalEntry, Maintenance, SealEntry
from center.store.tables.services import Booking, BookingClosure, HelpCall, Rating, Suggestion
from center.store.tables.upstream import CatalogueState, GatewayMessage, TerminalReport, Upload, UploadPart

__all__ = [
    "Absence",
    "AccountabilityEvent",
    "AccountabilityStep",
    "Base",
    "Booking",
    "BookingClosure",
    "CalendarYear",
    "Case",
    "CaseEvent",
    "CaseMaterial",
    "CasePage",
    "CasePause",
    "CatalogueState",
    "ChainHead",
    "Complaint",
    "ComplaintEvent",
    "ComplaintFile",
    "Consent",
    "Counter",
    "DailyCheck",
    "DailyCheckLine",
    "DutyPost",
    "GatewayMessage",
    "HelpCall",
    "IdempotencyKey",
    "IssuedPaper",
    "Item",
    "ItemDraft",
    "JournalEntry",
    "Maintenance",
    "Moment",
    "Nonce",
    "OneTimeCode",
    "PublicNotice",
    "Rating",
    "Report",
    "ReportReading",
    "Routine",
    "SealEntry",
    "SecondFactor",
    "SignInLock",
    "SignInStep",
    "Staff",
    "StaffPhoto",
    "StaffSession",
    "StoredFile",
    "Suggestion",
    "Terminal",
    "TerminalReport",
    "Upload",
    "UploadPart",
]
