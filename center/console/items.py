"""The items pages (R1.1, R1.2): the list with versions, writing a draft, confirming it, withdrawing an item, and the guide as it will read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.item_entries import entries_of
from center.console.pages import page
from center.domain.application import SPECIAL_NAMES
from center.domain.roles import Right
from center.members import require
from center.portal.guides import KINDS, NEEDS, fee_words, limit_words
from center.publishing.checking import SECTION_NAMES, Section, check
from center.publishing.drafts import (
    DRAFT_STATES,
    Draft,
    DraftState,
    begin_draft,
    begin_item,
    confirm_draft,
    discard_draft,
    find_draft,
    save_section,
    send_back,
    submit_draft,
    withdraw_item,
)
from center.publishing.items import VERSION_STATES, all_items, find_listed
from center.records.writes import once
from kiosk.wire.forms import CardSource, FieldKind
from kiosk.wire.messages import ServiceItem

router = APIRouter(prefix=f"{PATH}/items")

_TASK_TYPES = {
    "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付",
    "06": "行政检查", "07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
}  # fmt: skip
_FIELD_KINDS = {
    FieldKind.NAME: "姓名", FieldKind.ID_NUMBER: "身份证号码", FieldKind.PHONE: "电话", FieldKind.ADDRESS: "地址", FieldKind.TEXT: "文字",
    FieldKind.NUMBER: "数字", FieldKind.AMOUNT: "金额", FieldKind.DATE: "日期", FieldKind.CHOICE: "选择题", FieldKind.CREDIT_CODE: "信用代码",
}  # fmt: skip
_CARD = {
    CardSource.NAME: "姓名", CardSource.NUMBER: "号码", CardSource.SEX: "性别",
    CardSource.NATION: "民族", CardSource.BIRTH: "出生", CardSource.ADDRESS: "住址",
}  # fmt: skip


def _may_see(who: Visit) -> None:
    require(who.member, Right.EDIT_ITEMS, Right.CONFIRM_ITEMS)


def _to_draft(draft_id: UUID, section: str = "") -> Response:
    return RedirectResponse(f"{PATH}/items/drafts/{draft_id}{section}", 303)


def _rights(who: Visit) -> dict[str, bool]:
    return {"edits": who.member.may(Right.EDIT_ITEMS), "confirms": who.member.may(Right.CONFIRM_ITEMS)}


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """Every item."""
    _may_see(who)
    with who.center.database.reading() as session:
        found = all_items(who.center, session)
    return page(request, "publishing/items", who, items=found, states=VERSION_STATES, draft_states=DRAFT_STATES, **_rights(who))


@router.get("/new")
def new(who: Visiting, request: Request) -> Response:
    """The form of a new item."""
    require(who.member, Right.EDIT_ITEMS)
    return _new_page(who, request, {})


def _new_page(who: Visit, request: Request, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    status = 422 if refusal else 200
    return page(request, "publishing/item_new", who, status, key=uuid4(), entered=with_blanks(entered), **fault_words(refusal))


@router.post("/new")
def do_begin_item(sent: Posting, request: Request) -> Response:
    """Begin a new item."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    entered = entered_words(sent, ("code", "task_name"))

    def act(session: Session) -> tuple[UUID, str]:
        return begin_item(who.center, who.member, session, entered["code"].upper(), entered["task_name"]), ""

    try:
        done = once(who.center, "item_draft", sent.key(), entered, act)
    except Refusal as refusal:
        if refusal.code != "item_invalid":
            raise
        return _new_page(who, request, entered, refusal)
    return _to_draft(done.subject_id)


# ------------------------------------------------------------------ a draft


def _draft(who: Visit, draft_id: UUID) -> Draft:
    _may_see(who)
    with who.center.database.reading() as session:
        return find_draft(who.center, session, draft_id)


@router.get("/drafts/{draft_id}")
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
        **_rights(who),
    )


@router.get("/drafts/{draft_id}/preview")
def see_draft_guide(who: Visiting, request: Request, draft_id: UUID) -> Response:
    """The guide as it will read."""
    draft = _draft(who, draft_id)
    if draft.check.item is None:
        raise Refusal("item_incomplete", "草稿里还有填写不对的地方，改好后才能预览。")
    return _guide_page(who, request, draft.check.item, f"{PATH}/items/drafts/{draft_id}", "草稿，没有发布")


@router.post("/drafts/{draft_id}/submit")
def do_submit(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Hand the draft in."""
    return _act(
        sent.visit, request, draft_id, lambda: submit_draft(sent.visit.center, sent.visit.member, draft_id, sent.number("revision"))
    )


@router.post("/drafts/{draft_id}/back")
def do_send_back(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Send the draft back."""
    who, revision, remark = sent.visit, sent.number("revision"), sent.text("remark")
    return _act(who, request, draft_id, lambda: send_back(who.center, who.member, draft_id, revision, remark))


@router.post("/drafts/{draft_id}/confirm")
def do_confirm(sent: Posting, request: Request, draft_id: UUID) -> Response:
    """Confirm and publish the draft."""
    who, revision = sent.visit, sent.number("revision")
    code = _draft(who, draft_id).code
    answer = _act(who, request, draft_id, lambda: confirm_draft(who.center, who.member, draft_id, revision))
    return RedirectResponse(f"{PATH}/items/{code}", 303) if answer.status_code == 303 else answer


@router.post("/drafts/{draft_id}/discard")
def do_discard(sent: Posting, draft_id: UUID) -> Response:
    """Give the draft up."""
    discard_draft(sent.visit.center, sent.visit.member, draft_id, sent.number("revision"))
    return RedirectResponse(f"{PATH}/items", 303)


def _act(who: Visit, request: Request, draft_id: UUID, act: Any) -> Response:
    try:
        act()
    except Refusal as refusal:
        if refusal.code not in ("item_incomplete", "item_own", "item_remark"):
            raise
        return _draft_page(who, request, _draft(who, draft_id), refusal)
    return _to_draft(draft_id)


def _lenient(written: Any) -> Any:
    """A draft for a template: what is not written is empty."""
    if isinstance(written, Mapping):
        return defaultdict(str, {key: _lenient(value) for key, value in written.items()})
    return [_lenient(each) for each in written] if isinstance(written, list) else "" if written is None else written


@router.get("/drafts/{draft_id}/{section}")
def see_section(who: Visiting, request: Request, draft_id: UUID, section: Section) -> Response:
    """A page of the editor."""
    require(who.member, Right.EDIT_ITEMS)
    draft = _draft(who, draft_id)
    if draft.state is not DraftState.EDITING:
        return _to_draft(draft_id)
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


@router.post("/drafts/{draft_id}/{section}")
def do_save(sent: Posting, draft_id: UUID, section: Section) -> Response:
    """Keep what was written; `then` says where to go on."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    before = _draft(who, draft_id).definition
    save_section(who.center, who.member, draft_id, sent.number("revision"), section, entries_of(sent, section, before))
    then = sent.text("then")
    if then == "stay":
        return _to_draft(draft_id, f"/{section.value}")
    return _to_draft(draft_id, f"/{then}" if then in set(Section) else "")


# ------------------------------------------------------------------ one item


@router.get("/{code}")
def see_one(who: Visiting, request: Request, code: str) -> Response:
    """An item with its versions."""
    return _item_page(who, request, code)


def _item_page(who: Visit, request: Request, code: str, refusal: Refusal | None = None) -> Response:
    _may_see(who)
    with who.center.database.reading() as session:
        found = find_listed(who.center, session, code)
    shown = found.shown if found.versions else None
    lacking = check(shown.item.model_dump(mode="json"), code, shown.number).missing if shown and shown.item.handled_here else ()
    return page(
        request,
        "publishing/item",
        who,
        422 if refusal else 200,
        item=found,
        lacking=lacking,
        states=VERSION_STATES,
        draft_states=DRAFT_STATES,
        key=uuid4(),
        today=who.center.clock.now().date(),
        **fault_words(refusal),
        **_rights(who),
    )


@router.get("/{code}/versions/{number}")
def see_guide(who: Visiting, request: Request, code: str, number: int) -> Response:
    """The guide of a version as it reads."""
    _may_see(who)
    with who.center.database.reading() as session:
        found = next((each for each in find_listed(who.center, session, code).versions if each.number == number), None)
    if found is None:
        raise Refusal("item_unknown", "没有找到这个版本。请从事项列表重新打开。")
    return _guide_page(who, request, found.item, f"{PATH}/items/{code}", f"第 {number} 版，{VERSION_STATES[found.state]}")


def _guide_page(who: Visit, request: Request, item: ServiceItem, back: str, words: str) -> Response:
    return page(
        request,
        "publishing/guide",
        who,
        item=item,
        back=back,
        words=words,
        limit=limit_words(item),
        fee=fee_words(item.fee),
        needs=NEEDS,
        kinds=KINDS,
        procedures=SPECIAL_NAMES,
    )


@router.post("/{code}/drafts")
def do_begin_draft(sent: Posting, code: str) -> Response:
    """Begin the next version of an item."""
    who = sent.visit
    require(who.member, Right.EDIT_ITEMS)
    base = sent.number("base")

    def act(session: Session) -> tuple[UUID, str]:
        return begin_draft(who.center, who.member, session, code, base), ""

    done = once(who.center, "item_draft", sent.key(), {"code": code, "base": base}, act)
    return _to_draft(done.subject_id)


@router.post("/{code}/withdraw")
def do_withdraw(sent: Posting, request: Request, code: str) -> Response:
    """Withdraw an item from a day on."""
    who, on = sent.visit, sent.day("on")
    _may_see(who)
    try:
        if on is None:
            raise Refusal("item_invalid", "没有取消，请先填从哪一天起取消。", {"on": "请填日期。"})
        withdraw_item(who.center, who.member, code, on, sent.number("revision"))
    except Refusal as refusal:
        if refusal.code != "item_invalid":
            raise
        return _item_page(who, request, code, refusal)
    return RedirectResponse(f"{PATH}/items/{code}", 303)
