"""One complaint, for who opened it: where it stands, until when what, its papers, and what can be done."""

from __future__ import annotations

from datetime import date

from kiosk.events import ActionPressed, DeviceChanged, Event, RowChosen
from kiosk.i18n import Texts
from kiosk.journeys.complaints.sheet import LaterAct, Opened, act_label, acts_of, begin_act
from kiosk.journeys.papers import complaint_progress
from kiosk.journeys.printing import PrintStep, print_button
from kiosk.journeys.read import ReadPages, papers_step
from kiosk.journeys.step import Ignore, Next, Open, Stay, Step, Workplace
from kiosk.views import Button, Chrome, Panel, ReadPart, Tone, ViewData, WaysView
from kiosk.wire.complaints import ComplaintDetail
from kiosk.wire.documents import Document
from kiosk.wire.masking import group_number


class ComplaintStep(ReadPages):
    """您的投诉: read in pages; one button leads on to what can be done."""

    def __init__(self, workplace: Workplace, opened: Opened) -> None:
        self._opened = opened
        t = workplace.texts.t
        number = t("投诉编号 {number}", number=group_number(opened.detail.number))
        super().__init__(workplace, t("您的投诉"), _parts(workplace.texts, opened.detail), subtitle=number)

    def spoken(self) -> str:
        """Where it stands."""
        return self.t("您的投诉。{state}", state=self._opened.detail.state_label)

    def panel(self) -> Panel:
        """Whether the complainant has to do something, and until when."""
        t = self.t
        detail = self._opened.detail
        if detail.wanted:
            return Panel(Tone.ATTENTION, t("要补 {n} 样，请一次补齐。", n=len(detail.wanted)), t("可以现在补，也可以送到中心。"))
        if detail.may_answer or detail.may_ask_review:
            until = _until(self.work.texts, detail.answer_until, detail.answer_note)
            return Panel(Tone.ATTENTION, t("不同意结果的，可以申辩或申请复查。"), t("最迟{until}提出。", until=until))
        return Panel(Tone.DONE, t("现在不用您做什么。"), t("有变化，来这里就能看到。"))

    def actions(self) -> tuple[Button, ...]:
        """To take along where it stands, its papers, and what the center allows now."""
        t = self.t
        detail = self._opened.detail
        papers = len(detail.papers)
        printing = print_button(self.work, t("打印进度"))
        read = (Button("papers", t("看文书（{n}）", n=papers), ActionPressed("papers"), "file-document-outline"),) if papers else ()
        acts = acts_of(detail)
        if not acts:
            return (printing, *read, *super().actions())
        label = act_label(self.work.texts, acts[0], detail) if len(acts) == 1 else t("我要补充或提意见")
        return (printing, *read, Button("primary", label, ActionPressed("act"), "arrow-right"))

    def handle(self, event: Event) -> Next:
        """Read on, print, read a paper, do something."""
        match event:
            case ActionPressed("print"):
                return Open(PrintStep(self.work, self._paper()))
            case DeviceChanged():
                return Stay()
            case ActionPressed("papers"):
                return Open(papers_step(self.work, self._opened.detail.papers))
            case ActionPressed("act"):
                acts = acts_of(self._opened.detail)
                return begin_act(self.work, self._opened, acts[0]) if len(acts) == 1 else Open(ActsStep(self.work, self._opened))
        return super().handle(event)

    def _paper(self) -> Document:
        catalogue = self.work.catalogue
        return complaint_progress(
            self._opened.detail,
            by_card=bool(self._opened.access.card_number),
            center_name=self.work.center_name,
            printed_at=self.work.clock.now(),
            terminal_id=self.work.config.terminal.id,
            window_hours=catalogue.window_hours if catalogue else "",
            qr_text=self._opened.code,
            demo=self.work.config.demo,
        )


# ------------------------------------------------------------------ what is read


def _parts(texts: Texts, detail: ComplaintDetail) -> tuple[ReadPart, ...]:
    return (*_standing(texts, detail), *_days(texts, detail), *_told(texts, detail))


def _standing(texts: Texts, detail: ComplaintDetail) -> tuple[ReadPart, ...]:
    t = texts.t
    wanted = (ReadPart("heading", t("请补充这些")), *(ReadPart("tick", each) for each in detail.wanted)) if detail.wanted else ()
    finding = (ReadPart("heading", t("处理结果")), ReadPart("paragraph", detail.finding)) if detail.finding else ()
    return (ReadPart("strong", detail.state_label), *wanted, *finding)


def _days(texts: Texts, detail: ComplaintDetail) -> tuple[ReadPart, ...]:
    """The center's days; where it named none, why."""
    t = texts.t
    days = (
        (t("是否受理"), detail.acceptance_due_on, detail.acceptance_note),
        (t("办理期限"), detail.handling_due_on, detail.handling_note),
        (t("补交证据"), detail.evidence_due_on, detail.evidence_note),
        (t("申辩、复查"), detail.answer_until, detail.answer_note),
    )
    rows = [ReadPart("row", label, _until(texts, day, note)) for label, day, note in days if day or note]
    if detail.review_body:
        rows.append(ReadPart("row", t("谁来复查"), detail.review_body))
    return (ReadPart("heading", t("期限")), *rows) if rows else ()


def _until(texts: Texts, day: date | None, note: str) -> str:
    return texts.day(day) if day else note


def _told(texts: Texts, detail: ComplaintDetail) -> tuple[ReadPart, ...]:
    t = texts.t
    steps = (
        t("{moment} {label}", moment=texts.moment(step.at), label=t("：").join(part for part in (step.label, step.note) if part))
        for step in detail.steps
    )
    return (
        ReadPart("heading", t("办理过程")),
        *(ReadPart("bullet", step) for step in steps),
        ReadPart("heading", t("您写的")),
        ReadPart("row", t("反映谁"), detail.about),
        ReadPart("row", t("原因"), detail.matter),
        ReadPart("row", t("证据"), t("{n} 页", n=detail.evidence) if detail.evidence else t("没有")),
        ReadPart("paragraph", detail.statement),
    )


class ActsStep(Step):
    """您要做什么？"""

    def __init__(self, workplace: Workplace, opened: Opened) -> None:
        super().__init__(workplace)
        self._opened = opened

    def view(self, chrome: Chrome) -> ViewData:
        """A way for each act that the center allows now."""
        t = self.t
        detail = self._opened.detail
        until = _until(self.work.texts, detail.answer_until, detail.answer_note)
        looks = {
            LaterAct.EVIDENCE: ("camera-outline", t("拍照，或写几句")),
            LaterAct.ANSWER: ("comment-text-outline", t("向本中心说明意见，最迟{until}提出；以后还可以申请复查", until=until)),
            LaterAct.REVIEW: (
                "account-arrow-up-outline",
                t("由中心转送{body}，最迟{until}提出", body=detail.review_body or t("上一级机关"), until=until),
            ),
        }
        return WaysView(
            chrome=chrome,
            title=t("您要做什么？"),
            spoken=t("您要做什么？"),
            ways=tuple(
                Button(f"act_{act.value}", act_label(self.work.texts, act, detail), RowChosen(act.value), *looks[act])
                for act in acts_of(detail)
            ),
        )

    def handle(self, event: Event) -> Next:
        """Into its pages."""
        return begin_act(self.work, self._opened, LaterAct(event.key)) if isinstance(event, RowChosen) else Ignore()
