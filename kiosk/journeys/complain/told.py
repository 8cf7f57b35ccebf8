"""What is told before a complaint: what it is for, which matters go elsewhere and where (R6.4), who sees the name (R6.8), how long it takes."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.views import ReadPart


def told_pages(texts: Texts, center_name: str, hotline: str) -> tuple[tuple[str, tuple[ReadPart, ...]], ...]:
    """Three pages, each under a question of its own. `hotline`: the one that is configured; empty: none is named."""
    t = texts.t
    return (
        (t("什么事可以在这里投诉"), _what_for(texts, center_name)),
        (t("这几种事，请走别的路"), _elsewhere(texts, hotline)),
        (t("多久有答复"), _limits(texts)),
    )


def _what_for(texts: Texts, center_name: str) -> tuple[ReadPart, ...]:
    t = texts.t
    return (
        ReadPart("paragraph", t("对{center}、窗口或工作人员不满意，都可以投诉：", center=center_name)),
        ReadPart("bullet", t("态度不好，推来推去，没人负责")),
        ReadPart("bullet", t("没有一次说清要带什么")),
        ReadPart("bullet", t("过了时限还没办，乱收费")),
        ReadPart("paragraph", t("个人、企业、单位都可以；可以替别人投诉，几个人也可以推一位代表。")),
        ReadPart("heading", t("谁看得到您的名字")),
        ReadPart("paragraph", t("只有投诉受理人员看得到。")),
        ReadPart("strong", t("被投诉的窗口和人员看不到是谁投诉的。")),
        ReadPart("paragraph", t("谁打击报复，要追究谁的责任。")),
    )


def _elsewhere(texts: Texts, hotline: str) -> tuple[ReadPart, ...]:
    t = texts.t
    ask = (
        t("请找那个单位；不知道是哪个，可以打{hotline}问。", hotline=hotline)
        if hotline
        else t("请找那个单位；不知道是哪个，可以到人工窗口问。")
    )
    return (
        ReadPart("paragraph", t("下面的事，中心依规定不能受理：")),
        ReadPart("strong", t("应当打官司、仲裁、行政复议的")),
        ReadPart("bullet", t("请找法院、仲裁机构或复议机关。")),
        ReadPart("strong", t("信访、复议、仲裁、法院正在办的")),
        ReadPart("bullet", t("请向正在办的机关问进展、补充意见。")),
        ReadPart("strong", t("对它们的处理结果不服的")),
        ReadPart("bullet", t("请按决定书、裁判书上写的办法和期限提出。")),
        ReadPart("strong", t("已经向主管单位提出，或依法归别的单位管的")),
        ReadPart("bullet", ask),
        ReadPart("strong", t("不确定也可以先提交，中心会告诉您去哪里。")),
    )


def _limits(texts: Texts) -> tuple[ReadPart, ...]:
    t = texts.t
    return (
        ReadPart("heading", t("是否受理")),
        ReadPart("paragraph", t("能当场决定的当场决定，其他的三个工作日内决定。")),
        ReadPart("heading", t("办多久")),
        ReadPart("paragraph", t("从办理的单位收到起：一般三个工作日，复杂的十个工作日。")),
        ReadPart("paragraph", t("特别的，领导批准后最长三十个工作日，理由书面告诉您。")),
        ReadPart("heading", t("结果")),
        ReadPart("paragraph", t("书面告诉您。不同意的，十五个工作日内可以申辩，或请上一级复查。")),
        ReadPart("heading", t("证据")),
        ReadPart("paragraph", t("可以现在拍，也可以三个工作日内再来这里交，或送到中心。")),
    )
