"""The papers of a case: what was handed in of each material, at the terminal, at the window, at first or later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.events import EventKind
from center.center import Center, Refusal
from center.domain.notice import NoticeLine, Reason, Subject
from center.store.tables import Case, CaseEvent, CaseMaterial, CasePage, StoredFile
from kiosk.wire.items import Material, Need, ServiceItem

#: What a material may be called (kiosk.wire.items.Material).
_NAME_LENGTH = 40


class PaperState(StrEnum):
    """How a paper was handed in."""

    PAGES = "pages"
    ON_PAPER = "on_paper"
    FROM_CARD = "from_card"
    FROM_FORM = "from_form"
    MISSING = "missing"
    AT_WINDOW = "at_window"
    NOT_GIVEN = "not_given"


@dataclass(frozen=True)
class PaperPage:
    """One page: `id` of its row, and what it is called."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Paper:
    """One material of the item and what was handed in of it. `sheets`: how many of paper lie at the window."""

    material: Material
    state: PaperState
    pages: tuple[PaperPage, ...]
    sheets: int = 0

    @property
    def count_words(self) -> str:
        """`3 页` of what was captured or received on paper, or nothing."""
        count = len(self.pages) + self.sheets
        return f"{count} 页" if count else ""

    @property
    def outstanding(self) -> bool:
        """Whether the case cannot be accepted before it is supplied."""
        return self.state is PaperState.MISSING and self.material.is_need is Need.REQUIRED


def paper_key(code: str) -> str:
    """What a material is called among the things to supply."""
    return f"{Subject.MATERIAL}.{code}"


def lines_of(detail: dict[str, Any]) -> tuple[NoticeLine, ...]:
    """The lines of a notice as they were recorded."""
    return tuple(
        NoticeLine(Subject(line["subject"]), line["code"], line["label"], Reason(line["reason"]), line["note"]) for line in detail["lines"]
    )


@dataclass(frozen=True)
class History:
    """What the events say of the papers: keys handed in at the window at acceptance, sheets received there, from which page on a material
    was supplied later, what notices asked for besides, and what was brought besides what the item asks for."""

    supplied: frozenset[str]
    sheets: Mapping[str, int]
    added: Mapping[str, int]
    others: Mapping[str, str]
    besides: Mapping[str, str]


def history_of(events: tuple[tuple[CaseEvent, dict[str, Any]], ...]) -> History:
    """What the events say, the later over the earlier."""
    supplied: set[str] = set()
    sheets: dict[str, int] = {}
    added: dict[str, int] = {}
    others: dict[str, str] = {}
    besides: dict[str, str] = {}
    for event, detail in events:
        besides |= detail.get("besides", {})
        supplied |= set(detail.get("supplied", ()))
        sheets |= detail.get("sheets", {})
        added = detail.get("added", {}) | added
        if event.kind == EventKind.RETURNED:
            others |= {line.code: line.words() for line in lines_of(detail) if line.subject is Subject.OTHER}
    return History(frozenset(supplied), sheets, added, others, besides)


def papers_handed_in(session: Session, case: Case, item: ServiceItem, history: History) -> tuple[Paper, ...]:
    """Every material of the item, and what notices asked for besides, with what was handed in of it."""
    filed = {row.code: row for row in session.scalars(select(CaseMaterial).where(CaseMaterial.case_id == case.id))}
    pages: dict[UUID, list[UUID]] = {}
    rows = session.scalars(
        select(CasePage)
        .join(CaseMaterial, CasePage.material_id == CaseMaterial.id)
        .where(CaseMaterial.case_id == case.id)
        .order_by(CasePage.position)
    )
    for page in rows:
        pages.setdefault(page.material_id, []).append(page.id)
    more = {**history.besides, **history.others}
    others = [besides_the_items(code, words) for code, words in more.items() if code in filed]
    papers = []
    for material in (*item.materials, *others):
        row = filed.get(material.code)
        ids = pages.get(row.id, []) if row else []
        sheets = history.sheets.get(material.code, 0)
        papers.append(
            Paper(
                material,
                _state(material, row, bool(ids), sheets, history.supplied),
                _named(material, ids, history.added.get(material.code, len(ids))),
                sheets,
            )
        )
    return tuple(papers)


def besides_the_items(code: str, words: str) -> Material:
    """A paper that the item does not ask for."""
    return Material(code=code, material_name=_short(words))


def _short(words: str) -> str:
    return words if len(words) <= _NAME_LENGTH else f"{words[: _NAME_LENGTH - 1]}…"


def _named(material: Material, ids: list[UUID], supplied_from: int) -> tuple[PaperPage, ...]:
    """The pages with their names; those from `supplied_from` on were supplied later, and those before stay to be seen."""
    names = [*material.pages[:supplied_from], *[""] * max(0, supplied_from - len(material.pages))][:supplied_from]
    names += [f"补交 {(*material.pages, *[''] * len(ids))[index]}".strip() for index in range(len(ids) - supplied_from)]
    return tuple(PaperPage(page, name) for page, name in zip(ids, names, strict=False))


def _state(material: Material, row: CaseMaterial | None, has_pages: bool, sheets: int, supplied: frozenset[str]) -> PaperState:
    if paper_key(material.code) in supplied:
        return PaperState.AT_WINDOW
    if row is not None and row.missing:
        return PaperState.MISSING
    if has_pages:
        return PaperState.PAGES
    if sheets:
        return PaperState.ON_PAPER
    if material.from_card:
        return PaperState.FROM_CARD
    return PaperState.FROM_FORM if material.from_form else PaperState.NOT_GIVEN


def page_content(center: Center, session: Session, case: Case, page_id: UUID) -> tuple[bytes, str]:
    """A page of this case in the clear, and its media type. Raises Refusal if the case has no such page."""
    file = session.scalar(
        select(StoredFile)
        .join(CasePage, CasePage.file_id == StoredFile.id)
        .join(CaseMaterial, CasePage.material_id == CaseMaterial.id)
        .where(CasePage.id == page_id, CaseMaterial.case_id == case.id)
    )
    if file is None:
        raise Refusal("page_unknown", "这个办件里没有这一页材料。请从办件页重新打开。")
    return center.files.get(file.sha256), file.media_type


def signature_content(center: Center, session: Session, case: Case) -> tuple[bytes, str]:
    """The applicant's signature in the clear, and its media type. Raises Refusal if it was signed on paper."""
    if case.signature_file is None:
        raise Refusal("page_unknown", "这个办件是在窗口登记的，签名在纸质申请表上。")
    file = session.get_one(StoredFile, case.signature_file)
    return center.files.get(file.sha256), file.media_type
