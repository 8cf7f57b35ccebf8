"""Gallery: what is written by hand: a signature in the pad's unit square, a character in widths of its box, and the pages it is written on."""

from __future__ import annotations

from dataclasses import replace

from kiosk.views import CandidateBar, KeyLabels, Panel, Tone, Typed, ViewData
from screens.gallery import keyboards as kb
from screens.gallery.fields import address, form, typing

#: 李桂英, an invented person.
SIGNATURE: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.10, 0.34), (0.17, 0.335), (0.24, 0.33), (0.31, 0.32)),
    ((0.205, 0.24), (0.205, 0.33), (0.203, 0.42), (0.20, 0.50)),
    ((0.20, 0.34), (0.17, 0.41), (0.13, 0.46), (0.085, 0.50)),
    ((0.21, 0.345), (0.245, 0.40), (0.29, 0.45), (0.33, 0.475)),
    ((0.13, 0.535), (0.20, 0.53), (0.275, 0.52), (0.25, 0.55), (0.215, 0.58)),
    ((0.21, 0.57), (0.222, 0.63), (0.218, 0.69), (0.195, 0.71), (0.165, 0.69)),
    ((0.08, 0.625), (0.17, 0.62), (0.25, 0.615), (0.33, 0.60)),
    ((0.385, 0.40), (0.43, 0.395), (0.48, 0.385)),
    ((0.435, 0.25), (0.435, 0.38), (0.434, 0.52), (0.43, 0.70)),
    ((0.43, 0.42), (0.41, 0.48), (0.375, 0.55)),
    ((0.445, 0.43), (0.465, 0.46), (0.485, 0.49)),
    ((0.51, 0.35), (0.57, 0.345), (0.63, 0.335)),
    ((0.57, 0.25), (0.57, 0.34), (0.568, 0.43)),
    ((0.50, 0.44), (0.57, 0.435), (0.64, 0.425)),
    ((0.52, 0.55), (0.57, 0.545), (0.62, 0.54)),
    ((0.57, 0.45), (0.57, 0.55), (0.568, 0.66)),
    ((0.49, 0.67), (0.57, 0.665), (0.655, 0.65)),
    ((0.70, 0.31), (0.78, 0.305), (0.86, 0.295), (0.92, 0.29)),
    ((0.765, 0.25), (0.768, 0.30), (0.772, 0.36)),
    ((0.855, 0.235), (0.85, 0.29), (0.84, 0.35)),
    ((0.745, 0.41), (0.748, 0.46), (0.752, 0.51)),
    ((0.745, 0.415), (0.81, 0.405), (0.875, 0.40), (0.87, 0.45), (0.865, 0.50)),
    ((0.70, 0.53), (0.79, 0.52), (0.87, 0.515), (0.935, 0.505)),
    ((0.81, 0.36), (0.808, 0.46), (0.79, 0.56), (0.75, 0.64), (0.70, 0.70)),
    ((0.81, 0.53), (0.84, 0.60), (0.88, 0.66), (0.94, 0.70)),
)

#: 河, as an elderly hand writes it.
RIVER: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.275, 0.205), (0.296, 0.217), (0.315, 0.232), (0.332, 0.25), (0.348, 0.271)),
    ((0.226, 0.37), (0.251, 0.383), (0.274, 0.399), (0.294, 0.418), (0.313, 0.441)),
    ((0.237, 0.694), (0.269, 0.662), (0.302, 0.619), (0.333, 0.563), (0.365, 0.497)),
    ((0.445, 0.254), (0.527, 0.247), (0.613, 0.239), (0.701, 0.231), (0.791, 0.223)),
    ((0.493, 0.372), (0.497, 0.431), (0.5, 0.49), (0.503, 0.549)),
    ((0.493, 0.375), (0.546, 0.369), (0.599, 0.364), (0.652, 0.358), (0.648, 0.4), (0.643, 0.445), (0.636, 0.49), (0.628, 0.538)),
    ((0.503, 0.538), (0.546, 0.532), (0.589, 0.527), (0.632, 0.521)),
    (
        (0.722, 0.233),
        (0.725, 0.347),
        (0.725, 0.457),
        (0.722, 0.562),
        (0.715, 0.663),
        (0.706, 0.676),
        (0.691, 0.678),
        (0.67, 0.667),
        (0.642, 0.646),
    ),
)

_HALF = replace(kb.HANDWRITING, strokes=RIVER[:6], bar=kb.drawn("河 沂 沉 沔 沅 江 污 汀 汾 汴"))
_RIVER_HALF = address("桃山区万宝河", marked=(5, 6))
_STORY = "我家门前的路灯坏了两个多月，晚上出门什么都看不见，前天我老伴在路口摔了一跤，希望早点修好，村里管农业"
_WORDS = replace(kb.HANDWRITING, bar=kb.following("农村局 集体化 现代化 保险 机械 合作 生产 大学 普查 技术"))

VIEWS: dict[str, ViewData] = {
    "handwriting-empty": form(address("桃山区万宝"), kb.HANDWRITING),
    "handwriting-opening": form(address("桃山区万宝"), replace(kb.HANDWRITING, hint="手写正在打开，可以先写")),
    "handwriting-half": form(_RIVER_HALF, _HALF),
    "handwriting-written": form(_RIVER_HALF, replace(_HALF, strokes=RIVER, bar=kb.drawn("河 沔 问 何 阿 泂 诃 可 菏 珂"))),
    "handwriting-next-words": form(
        typing("reason", "申请理由", "一两句话就行", Typed("想参加", 3)),
        replace(kb.HANDWRITING, bar=kb.following("高考 活动 会议 工作 者 了")),
        "为什么申请？",
    ),
    "handwriting-long": form(
        typing(
            "story",
            "您要反映什么事",
            "什么时候、在哪里、怎么回事",
            Typed(_STORY, len(_STORY), counter=f"{len(_STORY)}/200"),
            long=True,
        ),
        _WORDS,
        "请说一说是什么事",
    ),
    "handwriting-missing": form(
        address("桃山区万宝"),
        replace(
            kb.PINYIN,
            switches=(kb.NINE_KEYS, kb.MARKS, kb.ENGLISH, kb.unusable(kb.BY_HAND)),
            note=Panel(Tone.ATTENTION, "这台机器现在不能手写，请打拼音", "写好的都还在"),
        ),
    ),
    "handwriting-instead": form(
        address("桃山区万宝"),
        replace(
            kb.HANDWRITING,
            switches=(kb.MARKS,),
            note=Panel(Tone.ATTENTION, "这台机器现在不能打拼音，请手写", "写好的都还在"),
        ),
    ),
    "handwriting-coming-back": form(
        _RIVER_HALF,
        replace(_HALF, hint="手写正在打开，可以先写", note=Panel(Tone.INFO, "手写正在恢复，请稍等", "写好的都还在，这个字的笔画也留着")),
    ),
    "handwriting-english": replace(
        form(
            replace(_RIVER_HALF, label="Address", hint="Village, group and house number"),
            replace(
                _HALF,
                done_label="Next field",
                bar=replace(_HALF.bar or CandidateBar(), will_type="Will write “河”"),
                switches=(replace(kb.TO_PINYIN, label="Pinyin"), replace(kb.MARKS, label="123")),
                hint="Draw one character at a time, in any stroke order",
                labels=KeyLabels(undo_stroke="Undo", clear_ink="Clear", backspace="Delete"),
            ),
            "Where do you live now?",
        ),
        subtitle="Question 4 of 6",
    ),
}
