"""您还在吗？ The question before a session is wiped for want of a touch."""

from __future__ import annotations

import math

from kiosk.events import ContinuePressed
from kiosk.journeys.step import Workplace
from kiosk.views import Button, IdleView


def idle_view(work: Workplace, seconds_left: float) -> IdleView:
    """The question with `seconds_left` to go; any touch goes on."""
    t = work.texts.t
    left = max(0, math.ceil(seconds_left))
    return IdleView(
        question=t("您还在吗？"),
        explanation=t("时间到了会清除您填写的内容，别人看不到。"),
        seconds_left=left,
        seconds_total=math.ceil(work.config.session.countdown_seconds),
        seconds_label=t("秒"),
        button=Button("continue", t("继续"), ContinuePressed(), "gesture-tap"),
        card_reminder=t("身份证还在读卡区，请别忘了拿") if work.hub.card_present else "",
        spoken=t("您还在吗？要继续，请点一下屏幕。"),
    )
