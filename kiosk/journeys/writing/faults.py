"""What a citizen is told when a way of typing cannot be used, and what is refused."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.journeys.writing.asking import TypingEngines
from kiosk.journeys.writing.page import Refusal
from kiosk.typing.answers import Way
from kiosk.views import KeyboardKind, Panel, Tone

#: The engine that a keyboard needs.
NEEDS = {KeyboardKind.PINYIN: Way.PINYIN, KeyboardKind.NINE: Way.PINYIN, KeyboardKind.HANDWRITING: Way.HANDWRITING}


def missing(engines: TypingEngines, kind: KeyboardKind) -> bool:
    """Whether what a keyboard needs is not on this machine."""
    way = NEEDS.get(kind)
    return way is not None and engines.gone(way)


def fault_note(texts: Texts, kind: KeyboardKind, engines: TypingEngines) -> Panel | None:
    """What is wrong with the way of typing that is open; None: nothing."""
    t = texts.t
    if all(engines.gone(way) for way in Way):
        return Panel(Tone.ATTENTION, t("这台机器现在打不了汉字"), t("这一项可以先空着，窗口会帮您补填；数字和英文照常能用"))
    way = NEEDS.get(kind)
    if way is None or engines.down(way) is None:
        return None
    if way is Way.PINYIN:
        return Panel(Tone.INFO, t("拼音正在恢复，请稍等"), t("写好的都还在，没选的拼音也留着"))
    return Panel(Tone.INFO, t("手写正在恢复，请稍等"), t("写好的都还在，这个字的笔画也留着"))


def moved_note(texts: Texts, way: Way, *, kept: bool) -> Panel:
    """The keyboard changed by itself because `way` is missing; `kept`: nothing that was begun is lost by it."""
    t = texts.t
    detail = t("写好的都还在") if kept else t("写好的都还在，刚才没写完的那个要重写")
    return Panel(Tone.ATTENTION, t("这台机器现在不能打拼音，请手写") if way is Way.PINYIN else t("这台机器现在不能手写，请打拼音"), detail)


def refusal_note(texts: Texts, refusal: Refusal, limit: int) -> Panel:
    """What was pressed is not written, and why."""
    t = texts.t
    return Panel(
        Tone.ATTENTION,
        {
            Refusal.FULL: t("写不下了：这里最多写{n}个字", n=limit),
            Refusal.TOO_LONG_INPUT: t("先选好前面的字，再接着打"),
            Refusal.NOT_HERE: t("这一项不用写这个"),
            Refusal.NO_CHARACTER: t("一次写一个字，写好就选"),
            Refusal.NOT_READ_YET: t("手写的字还没认出来，请等一下或按退格"),
            Refusal.NOTHING_SPELLED: t("刚才按的键拼不成字，请按退格"),
            Refusal.NO_AMOUNT: t("这样写不成金额：小数点后最多两位，开头不多写0"),
            Refusal.NO_ID_NUMBER: t("X只能是第18位，它后面没有数字"),
        }[refusal],
    )
