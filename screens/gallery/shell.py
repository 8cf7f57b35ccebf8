"""What surrounds the gallery's pages: header, bar and steps as the terminal would fill them, with invented people."""

from __future__ import annotations

from kiosk.events import BackPressed, EndPressed, HelpPressed, HomePressed
from kiosk.views import Button, Chrome, StepMark

APPLY_STEPS = ("身份", "须知", "填表", "材料", "签名", "核对", "完成")
COMPLAINT_STEPS = ("对象和原因", "补充说明", "联系方式", "核对", "完成")
BOOKING_STEPS = ("选窗口", "选日子", "选时间", "核对", "完成")

BACK = Button("dock_back", "返回", BackPressed(), "arrow-left")
NO_WAY_BACK = Button("dock_back", "返回", None, "arrow-left")
HOME = Button("dock_home", "首页", HomePressed(), "home-outline")
END = Button("dock_end", "结束", EndPressed(), "exit-to-app")
HELP = Button("help", "呼叫帮助", HelpPressed(), "bell-ring-outline")
AT_HOME = Button("dock_home", "首页", HomePressed(), "home-outline", selected=True)

#: Who stands there, as the header shows a name: masked.
PERSON = "李*英"
FOREIGN_PERSON = "R*** F*** M***"
RARE_PERSON = "𠮷*䶮"


def steps(now: int, labels: tuple[str, ...] = APPLY_STEPS) -> tuple[StepMark, ...]:
    """The stepper with `now` (from 0) current; `len(labels)`: all done."""
    states = ("done", "now", "to_come")
    return tuple(StepMark(label, states[1 + (i > now) - (i < now)]) for i, label in enumerate(labels))


def chrome(
    now: int | None = None,
    *,
    labels: tuple[str, ...] = APPLY_STEPS,
    person: str = "",
    band: str = "",
    dock: tuple[Button, ...] = (BACK, HOME, END, HELP),
) -> Chrome:
    """A page's surroundings; `now` is the current step of a journey with the steps `labels`, None outside one."""
    return Chrome(
        center_name="万宝河镇政务服务中心",
        product_line="24小时自助终端·一印通",
        clock="10:26",
        date="11月24日 周二",
        dock=dock,
        person=person,
        card_line="身份证已读" if person else "",
        band=band,
        steps=() if now is None else steps(now, labels),
    )
