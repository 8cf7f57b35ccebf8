"""What surrounds every page: header, stepper and the bar at the bottom. A button stands there only when its mode exists."""

from __future__ import annotations

from kiosk.events import BackPressed, EndPressed, HomePressed
from kiosk.journeys.help import HelpStep, help_button
from kiosk.journeys.step import Step, Workplace
from kiosk.views import Button, Chrome, StepMark
from kiosk.wire.masking import mask_name


def chrome_for(work: Workplace, step: Step, marks: tuple[StepMark, ...], *, at_home: bool) -> Chrome:
    """The surroundings of `step`'s page."""
    t = work.texts.t
    now = work.clock.now()
    card = work.session.card
    leave = Button("dock_end", t("结束"), EndPressed(), "exit-to-app")
    back = Button("dock_back", t("返回"), BackPressed() if step.can_go_back else None, "arrow-left")
    home = Button("dock_home", t("首页"), HomePressed(), "home-outline", selected=at_home)
    around = (leave, home) if at_home else (back, home, leave)
    return Chrome(
        center_name=work.center_name,
        product_line=t("24小时自助终端·一印通"),
        clock=work.texts.time(now),
        date=f"{work.texts.day(now.date())} {work.texts.weekday(now.date())}",
        dock=(*around, help_button(work, shown=isinstance(step, HelpStep))),
        person=mask_name(card.name) if card else "",
        card_line=t("身份证已读") if card else "",
        band=demo_band(work),
        steps=marks,
    )


def demo_band(work: Workplace) -> str:
    """The band over everything that is not confirmed (domain.md, never forgotten no. 2)."""
    return work.texts.t("示例：演示数据，未经核实，不能作为办事依据") if work.config.demo else ""
