"""Gallery: what the card holder has here besides cases: complaints and bookings; and groups that are filled in line by line."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, PrimaryPressed, RowChosen
from kiosk.views import Button, CaseListView, CaseRow, Panel, ReviewRow, ReviewView, Tone, ViewData
from screens.gallery.reading import FIRST, LAST, NEXT, PREVIOUS
from screens.gallery.shell import PERSON, chrome

_NEW_COMPLAINT = Button("primary", "我要投诉", PrimaryPressed(), "message-alert-outline")
_NEW_BOOKING = Button("primary", "再约一个时间", PrimaryPressed(), "calendar-clock")


def _row(key: str, title: str, detail: str, state: str, tone: Tone) -> CaseRow:
    return CaseRow(Button(f"case-{key}", title, RowChosen(key)), title, detail, state, tone)


_COMPLAINTS = CaseListView(
    chrome(person=PERSON),
    "您的投诉",
    "点一下，看办到哪一步、答复写了什么。",
    spoken="您的投诉。",
    rows=(
        _row("1", "反映综合窗口2号", "11月24日 10:40 提交", "正在调查", Tone.PLAIN),
        _row("2", "反映一名工作人员", "11月19日 16:12 提交", "要补说明", Tone.ATTENTION),
        _row("3", "反映综合窗口1号", "10月12日 9:05 提交", "有书面答复", Tone.DONE),
    ),
    actions=(_NEW_COMPLAINT,),
)
_BOOKINGS = CaseListView(
    chrome(person=PERSON),
    "您的预约",
    "点一下，可以改、可以取消。",
    spoken="您的预约。",
    rows=(
        _row("1", "11月26日 周四 9:30", "综合窗口2号·养老保险参保登记", "约好了", Tone.DONE),
        _row("2", "11月12日 周四 14:00", "综合窗口1号·临时救助", "过期了", Tone.PLAIN),
    ),
    actions=(_NEW_BOOKING,),
)

_EDIT = "修改"
_MEMBERS = ReviewView(
    chrome(2, person=PERSON),
    "家里还有谁？",
    "共同生活的都要写。",
    spoken="家里还有谁？共同生活的都要写。",
    rows=(
        ReviewRow("第 1 位", "李桂英，本人", "230903********1234", locked_note="证件读入"),
        ReviewRow("第 2 位", "张大山，丈夫", "230903********0019", edit=Button("edit-2", _EDIT, RowChosen("2"))),
        ReviewRow("第 3 位", "张小雨，女儿", "在校学生", edit=Button("edit-3", _EDIT, RowChosen("3"))),
    ),
    secondary=Button("add", "添加一位", ActionPressed("add"), "account-plus-outline"),
    primary=Button("primary", "都写全了", PrimaryPressed(), "arrow-right"),
)

VIEWS: dict[str, ViewData] = {
    "cases-complaints": _COMPLAINTS,
    "cases-complaints-paged": replace(
        _COMPLAINTS,
        rows=(*_COMPLAINTS.rows, _row("4", "反映城乡居民基本养老保险专窗工作人员", "9月30日 14:40 提交", "转给人社局", Tone.INFO)),
        previous=FIRST,
        next=NEXT,
        page="1 / 2 页",
        notice=Panel(Tone.ATTENTION, "有一件要您补说明", "补齐了重新算时间，最晚 11月27日。"),
    ),
    "cases-complaints-empty": replace(
        _COMPLAINTS, rows=(), subtitle="", empty="还没有您用身份证提交的投诉。\n没放身份证提交的，请扫回执上的码。"
    ),
    "cases-bookings": _BOOKINGS,
    "cases-bookings-last": replace(_BOOKINGS, rows=_BOOKINGS.rows[1:], previous=PREVIOUS, next=LAST, page="2 / 2 页"),
    "cases-bookings-empty": replace(_BOOKINGS, rows=(), subtitle="", empty="还没有预约。"),
    "cases-bookings-offline": replace(
        _BOOKINGS,
        rows=(),
        subtitle="",
        empty="现在连不上中心，看不到您的预约。",
        notice=Panel(Tone.ATTENTION, "约好的时间不受影响", "预约单上有时间和窗口，照样可以来。"),
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"),),
    ),
    "review-members": _MEMBERS,
    "review-members-none": replace(_MEMBERS, rows=(), empty="还没有写。请点“添加一位”。\n家里只有您一个人，就点“都写全了”。"),
    "review-members-paged": replace(
        _MEMBERS,
        rows=(
            *_MEMBERS.rows,
            ReviewRow("第 4 位", "张福贵，公公", "身体残疾，二级", edit=Button("edit-4", _EDIT, RowChosen("4"))),
            ReviewRow("第 5 位", "王秀兰，婆婆", "230903********0027", edit=Button("edit-5", _EDIT, RowChosen("5"))),
        ),
        info=Panel(Tone.INFO, "每一位的身份证、户口簿都要拍。"),
        previous=FIRST,
        next=NEXT,
        page="1 / 2 页",
    ),
}
