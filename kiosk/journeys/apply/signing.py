"""The signature on the glass."""

from __future__ import annotations

import itertools
import math

from kiosk.events import BackPressed, Event, PrimaryPressed, SignatureCleared, StrokeDrawn
from kiosk.i18n import noted
from kiosk.journeys.apply.draft import applicant_card, applicant_name, ensure_draft, for_another
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.step import Ignore, Next, Stay, Step
from kiosk.session import Draft
from kiosk.views import Button, Chrome, SignatureView, ViewData
from kiosk.wire.masking import mask_name

#: A touch by mistake is shorter than any name: the ink must be at least this long, in widths of the pad.
_LEAST_INK = 0.25


def is_signed(draft: Draft) -> bool:
    """Whether there is a signature, and not a touch by mistake."""
    points = (itertools.pairwise(stroke) for stroke in draft.strokes)
    return sum(math.dist(one, other) for one, other in itertools.chain.from_iterable(points)) >= _LEAST_INK


class SignStep(Step):
    """请签名."""

    label = noted("签名")

    def view(self, chrome: Chrome) -> ViewData:
        """What is being signed, and the pad."""
        t = self.t
        draft = ensure_draft(self.work)
        return SignatureView(
            chrome=chrome,
            title=t("请用手指签名"),
            subtitle=t("不方便写字的话，请到人工窗口办理"),
            spoken=t("请在方框里用手指签上您的名字。"),
            statement=t("我替{applicant}为“{item}”填写和提交的内容属实。", applicant=self._applicant(), item=draft.item.task_name)
            if for_another(self.work)
            else t("我为“{item}”填写和提交的内容属实。", item=draft.item.task_name),
            strokes=tuple(draft.strokes),
            pad_hint=t("请在这里签名"),
            clear=Button("clear", t("重签"), SignatureCleared() if draft.strokes else None, "eraser"),
            primary=Button("primary", t("签好了"), PrimaryPressed() if is_signed(draft) else None, "check-bold"),
        )

    def _applicant(self) -> str:
        """A person's name is not to be read over a shoulder."""
        name = applicant_name(self.work)
        return mask_name(name) if applicant_card(self.work) else name

    def handle(self, event: Event) -> Next:
        """Ink, again, done."""
        draft = ensure_draft(self.work)
        match event:
            case StrokeDrawn(points):
                draft.strokes.append(points)
                draft.signed_at = self.work.clock.now()
            case SignatureCleared():
                draft.strokes.clear()
                draft.signed_at = None
            case PrimaryPressed() if is_signed(draft):
                return onward(draft, check_page())
            case BackPressed():
                return backward(draft, check_page())
            case _:
                return Ignore()
        return Stay()
