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
from center.store.tables.records import ChainHead, Counter, IssuedPaper, JournalEntry, SealEntry
from center.store.tables.upstream import CatalogueState, TerminalReport, Upload, UploadPart

__all__ = [
    "AccountabilityEvent",
    "AccountabilityStep",
    "Base",
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
    "IdempotencyKey",
    "IssuedPaper",
    "Item",
    "JournalEntry",
    "Moment",
    "Nonce",
    "Report",
    "ReportReading",
    "Routine",
    "SealEntry",
    "Staff",
    "StaffSession",
    "StoredFile",
    "Terminal",
    "TerminalReport",
    "Upload",
    "UploadPart",
]
