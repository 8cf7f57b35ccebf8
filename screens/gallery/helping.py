"""Gallery: help that was called, and what is taken along without paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, BackPressed, EndPressed, PrimaryPressed
from kiosk.views import Button, MessageView, Panel, Tone, ViewData
from screens.gallery.shell import COMPLAINT_STEPS, END, HELP, HOME, NO_WAY_BACK, PERSON, chrome

_GO_ON = Button("primary", "继续办", BackPressed(), "arrow-right")
_FINISH = Button("primary", "都拿好了，结束", EndPressed(), "check-bold")

_CALLED = MessageView(
    chrome(person=PERSON),
    "已经叫人了，请稍等一下",
    spoken="已经叫人了，请稍等一下。",
    tone=Tone.INFO,
    icon="bell-ring-outline",
    lines=("工作人员这就过来。", "填好的都在，您也可以先接着办。"),
    actions=(Button("cancel", "不用来了", ActionPressed("cancel")), _GO_ON),
)
_FILED = MessageView(
    chrome(5, labels=COMPLAINT_STEPS, person=PERSON, dock=(NO_WAY_BACK, HOME, END, HELP)),
    "已经收到您的投诉",
    spoken="已经收到您的投诉。",
    tone=Tone.DONE,
    lines=("3 个工作日内告诉您收不收。", "被反映的窗口和人看不到您的名字。"),
    panel=Panel(Tone.ATTENTION, "打印机没有纸了，这次没有打出回执", "请拍下这个码，它就是您的回执。"),
    qr="OS1.C.20261124000700.sample.complaint.code.of.the.gallery.not.a.signed.one",
    qr_title="投诉回执",
    qr_note="拿它在本机扫一扫，看办到哪一步。只有码，看不到您写的内容。",
    actions=(Button("retry", "再打一次", ActionPressed("retry"), "refresh"), _FINISH),
)

VIEWS: dict[str, ViewData] = {
    "message-help-called": _CALLED,
    "message-help-coming": replace(
        _CALLED, title="王敏正在过来", tone=Tone.DONE, lines=("请在这里等一下，填好的都在。",), actions=(_GO_ON,)
    ),
    "message-help-night": replace(
        _CALLED,
        title="窗口现在没有人",
        icon="weather-night",
        lines=("申办、投诉、预约、查进度，现在都能在这里办。", "人工窗口明天 8:30 开始，周三。"),
        panel=Panel(Tone.INFO, "要紧的事请打 12345，白天晚上都有人接。", "身体不舒服请打 120，有危险请打 110。"),
        actions=(Button("message", "留话，明天给您回电", ActionPressed("message"), "comment-text-outline"), _GO_ON),
    ),
    "message-help-offline": replace(
        _CALLED,
        title="没有叫到人",
        tone=Tone.ATTENTION,
        lines=("现在连不上中心，铃没有响。", "请到综合窗口叫一声，填好的都在。"),
        actions=(Button("retry", "再叫一次", ActionPressed("retry"), "bell-ring-outline"), _GO_ON),
    ),
    "message-filed-code": _FILED,
    "message-booking-code": replace(
        _FILED,
        chrome=chrome(person=PERSON),
        title="约好了",
        icon="calendar-check-outline",
        lines=("11月26日 周四 9:30，综合窗口2号。",),
        panel=None,
        qr="OS1.B.20261126000900.sample.booking.code",
        qr_title="预约单",
        qr_note="到了扫一下这个码，就算您来了。",
        actions=(Button("print", "打印预约单", ActionPressed("print"), "printer-outline"), _FINISH),
    ),
    "message-refused-complaint": MessageView(
        chrome(person=PERSON),
        "这件事要走别的路",
        spoken="这件事要走别的路。",
        tone=Tone.INFO,
        icon="scale-balance",
        lines=("对判决不服的，法律规定由法院处理。", "您反映的已经登记，书面告知单可以打印带走。"),
        panel=Panel(Tone.INFO, "可以去：桃山区人民法院立案大厅", "不会写、不知道怎么走，请打 12348 法律援助。"),
        actions=(
            Button("print", "打印告知单", ActionPressed("print"), "printer-outline"),
            Button("primary", "好了，回到首页", PrimaryPressed(), "home-outline"),
        ),
    ),
}
