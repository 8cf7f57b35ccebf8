"""The pages of one draft of an item (R1.2): written page by page, handed in, confirmed or sent back, and read as the guide that it will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Center, Refusal
from center.console.forms import fault_words
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.item_entries import entries_of
from center.console.pages import page
from center.domain.application import SPECIAL_NAMES
from center.domain.roles import Right
from center.members import require
from center.portal.guides import KINDS, fee_words, limit_words, need_words
from center.publishing.checking import SECTION_NAMES, Section
from center.publishing.drafts import (
    DRAFT_STATES,
    Draft,
    DraftState,
    confirm_draft,
    discard_draft,
    find_draft,
    save_section,
    send_back,
    submit_draft,
)
from center.terminals import CENTER_ISSUER
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.forms import CardSource, FieldKind
from kiosk.wire.items import ServiceItem

router = APIRouter(prefix=f"{PATH}/items/drafts")

_TASK_TYPES = {
    "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付",
    "06": "行政检查", "07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
}  # fmt: skip
_FIELD_KINDS = {
    FieldKind.NAME: "姓名", FieldKind.ID_NUMBER: "身份证号码", FieldKind.PHONE: "电话", FieldKind.ADDRESS: "地址", FieldKind.TEXT: "文字",
    FieldKind.NUMBER: "数字", FieldKind.AMOUNT: "金额", FieldKind.DATE: "日期", FieldKind.CHOICE: "选择题", FieldKind.CREDIT_CODE: "信用代码",
    FieldKind.ENGLISH: "英文", FieldKind.GROUP: "逐行填写",
}  # fmt: skip
_CARD = {
    CardSource.NAME: "姓名", CardSource.NUMBER: "号码", CardSource.SEX: "性别",
    CardSource.NATION: "民族", CardSource.BIRTH: "出生", CardSource.ADDRESS: "住址",
}  # fmt: skip


def may_see(who: Visit) -> None:
    """Raises Refusal unless the member writes or confirms items."""
    require(who.member, Right.EDIT_ITEMS, Right.CONFIRM_ITEMS)


def to_draft(draft_id: UUID, section: str = "") -> Response:
    """On to the draft, or to one of its pages."""
    return RedirectResponse(f"{PATH}/items/drafts/{draft_id}{section}", 303)


def rights_of(who: Visit) -> dict[str, bool]:
    """What the templates ask: whether the member writes, and whether they confirm."""
    return {"edits": who.member.may(Right.EDIT_ITEMS), "confirms": who.member.may(Right.CONFIRM_ITEMS)}


def _guide_code(center: Center, item_code: str) -> str:
    """A guide's QR (R1.3) as a picture: its public page if there is one, else a code that every terminal's scanner knows."""
    base = center.config.center.public_base_url
    own = Code(CodeKind.GUIDE, CENTER_ISSUER, item_code)
    text = f"{base.rstrip('/')}/g/{item_code}" if base else write_code(own, center.keys.signing)
    return segno.make(text, error="m").svg_data_uri(scale=4, border=4)


def guide_page(who: Visit, request: Request, item: ServiceItem, back: str, words: str, published: bool = False) -> Response:
    """The guide of a version as it reads; `words` say which one. A published one carries its code."""
    return page(
        request,
        "publishing/guide",
        who,
        item=item,
        back=back,
        words=words,
        code=_guide_code(who.center, item.code) if published else "",
        phones=bool(who.center.config.center.public_base_url),
        limit=limit_words(item),
        fee=fee_words(item.fee),
        need_words=need_words,
        kinds=KINDS,
        procedures=SPECIAL_NAMES,
    )


def _draft(who: Visit, draft_id: UUID) -> Draft:
    may_see(who)
    with who.center.database.reading() as session:
        return find_draft(who.center, session, draft_id)


@router.get("/{draft_id}")
def see_draft(who: Visiting, request: Request, draft_id: UUID) -> Response:
    """How far the draft is, and what keeps it from being published."""
    return _draft_page(who, request, _draft(who, draft_id))


def _draft_page(who: Visit, request: Request, draft: Draft, refusal: Refusal | None = None) -> Response:
    return page(
        request,
        "publishing/draft",
        who,
        422 if refusal else 200,
        draft=draft,
        sections=SECTION_NAMES,
        words=DRAFT_STATES[draft.state],
        own=draft.editor_id == who.member.id,
        **fault_words(refusal),
        **rights_of(who),
    )


@router.get("/{draft_id}/preview")
def see_draft_guide(who: Visiting, request: Request, draft_id: UUID) -> Response:
    """The guide as it will read."""
    draft = _draft(who, draft_id)
    if draft.check.item is None:
        raise Refusal("item_incomplete", "草稿里还有填写不对的地方，改好后才能预览。")
    return guide_page(who, request, draft.check.item, f"{PATH}/items/drafts/{draft_id}", "草稿，没有发布")


@router.post("/{draft_id}/submit")
def do_submit(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Hand the draft in."""
    return _act(
        sent.visit, request, draft_id, lambda: submit_draft(sent.visit.center, sent.visit.member, draft_id, sent.number("revision"))
    )


@router.post("/{draft_id}/back")
def do_send_back(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Send the draft back."""
    who, revision, remark = sent.visit, sent.number("revision"), sent.text("remark")
    return _act(who, request, draft_id, lambda: send_back(who.center, who.member, draft_id, revision, remark))


@router.post("/{draft_id}/confirm")
def do_confirm(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Confirm and publish the draft."""
    who, revision = sent.visit, sent.number("revision")
    code = _draft(who, draft_id).code
    answer = _act(who, request, draft_id, lambda: confirm_draft(who.center, who.member, draft_id, revision))
    return RedirectResponse(f"{PATH}/items/{code}", 303) if answer.status_code == 303 else answer


@router.post("/{draft_id}/discard")
def do_discard(sent: Posting, draft_id: UUID) -> Response:
    """Give the draft up."""
    discard_draft(sent.visit.center, sent.visit.member, draft_id, sent.number("revision"))
    return RedirectResponse(f"{PATH}/items", 303)


def _act(who: Visit, request: Request, draft_id: UUID, act: Callable[[], object]) -> Response:
    try:
        act()
    except Refusal as refusal:
        if refusal.code not in ("item_incomplete", "item_own", "item_remark"):
            raise
        return _draft_page(who, request, _draft(who, draft_id), refusal)
    return to_draft(draft_id)


def _lenient(written: Any) -> Any:
    """A draft for a template: what is not written is empty."""
    if isinstance(written, Mapping):
        return defaultdict(str, {key: _lenient(value) for key, value in written.items()})
    return [_lenient(each) for each in written] if isinstance(written, list) else "" if written is None else written


@router.get("/{draft_id}/{section}")
def see_section(who: Visiting, request: Request, draft_id: UUID, section: Section) -> Response:
    """A page of the editor."""
    require(who.member, Right.EDIT_ITEMS)
    draft = _draft(who, draft_id)
    if draft.state is not DraftState.EDITING:
        return to_draft(draft_id)
    return page(
        request,
        f"publishing/edit_{section.value}",
        who,
        draft=draft,
        written=_lenient(draft.definition),
        blank=_lenient({}),
        section=section,
        sections=SECTION_NAMES,
        task_types=_TASK_TYPES,
        field_kinds=_FIELD_KINDS,
        card=_CARD,
        procedures=SPECIAL_NAMES,
    )


@router.post("/{draft_id}/{section}")
def do_save(sent: Posting, draft_id: UUID, section: Section) -> Response:
    """Keep what was written; `then` says where to go on."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    before = _draft(who, draft_id).definition
    save_section(who.center, who.member, draft_id, sent.number("revision"), section, entries_of(sent, section, before))
    then = sent.text("then")
    if then == "stay":
        return to_draft(draft_id, f"/{section.value}")
    return to_draft(draft_id, f"/{then}" if then in set(Section) else "")
