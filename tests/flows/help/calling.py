"""Somebody who calls for help, and what they read."""

from __future__ import annotations

from demo.place import Place
from kiosk.events import Woken
from kiosk.views import (
    AttractView,
    HomeView,
    MessageView,
)

TOLD, COMING, NOBODY, NOT_RUNG = "已经通知工作人员", "有人过来帮您", "在这里现在就能办", "这次没有叫到人"
#: In one form or another: come tomorrow, we are closed (R8.1).
NEVER = ("下班", "明天", "不知道", "自己看")


def wakes(place: Place) -> None:
    place.citizen.sees(AttractView)
    place.citizen.post(Woken())
    place.citizen.sees(HomeView)


def calls(place: Place, title: str) -> MessageView:
    place.citizen.touches("help")
    return place.citizen.sees(MessageView, lambda view: view.title == title)


def all_of_it(view: MessageView) -> str:
    return "".join((view.title, view.subtitle, *view.lines, view.panel.text if view.panel else ""))
