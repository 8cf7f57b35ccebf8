"""What surrounds the gallery's pages: header, bar and steps as the terminal would fill them, with invented people."""

from __future__ import annotations

from kiosk.events import BackPressed, EndPressed, HomePressed
from kiosk.views import Button, Chrome, StepMark

APPLY_STEPS = ("身份", "须知", "填表", "材料", "签名", "核对", "完成")

BACK = Button("dock_back", "返回", BackPressed(), "arrow-left")
NO_WAY_BACK = Button("dock_back", "返回", None, "arrow-left")
HOME = Button("dock_home", "首页", HomePressed(), "home-outline")
END = Button("dock_end", "结束", EndPressed(), "exit-to-app")
AT_HOME = Button("dock_home", "首页", HomePressed(), "home-outline", selected=True)

#: Who stands there, as the header shows a name: masked.
PERSON = "李*英"
FOREIGN_PERSON = "R*** F*** M***"
RARE_PERSON = "𠮷*䶮"


def steps(now: int) -> tuple[StepMark, ...]:
    """The stepper with `now` (from 0) current; `len(APPLY_STEPS)`: all done."""
    states = ("done", "now", "to_come")
    return tuple(StepMark(label, states[1 + (i > now) - (i < now)]) for i, label in enumerate(APPLY_STEPS))


def chrome(
    now: int | None = None,
    *,
    person: str = "",
    band: str = "",
    dock: tuple[Button, ...] = (BACK, HOME, END),
    dock_note: str = "需要人帮忙？人工窗口 周一至周五 8:30–17:00",
) -> Chrome:
    """A page's surroundings; `now` is the current step of an application, None outside one."""
    return Chrome(
        center_name="万宝河镇政务服务中心",
        product_line="24小时自助终端·一印通",
        clock="10:26",
        date="11月24日 周二",
        dock=dock,
        person=person,
        card_line="身份证已读" if person else "",
        band=band,
        dock_note=dock_note,
        steps=() if now is None else steps(now),
    )
