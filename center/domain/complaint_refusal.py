"""What a complainant whose complaint is not accepted is told (R6.4): for each ground its basis and the lawful channel. A table."""

from __future__ import annotations

from dataclasses import dataclass

from center.domain.complaint import GROUND_NAMES, Ground

_RULES = "《乡镇便民服务中心行政效能投诉管理制度》第三部分第（二）项第"


@dataclass(frozen=True)
class GroundWords:
    """`reason` and `basis` as printed; `channel` is where the complainant can turn to."""

    reason: str
    basis: str
    channel: str


_CHANNELS: dict[Ground, tuple[int, str]] = {
    Ground.LEGAL_ROUTE: (
        1,
        "您可以依法向人民法院提起诉讼、向仲裁机构申请仲裁，或者向行政复议机关申请行政复议。请留意法律规定的期限；"
        "需要咨询时，可以拨打12348公共法律服务热线。",
    ),
    Ground.ALREADY_PENDING: (2, "这件事正在由受理它的信访、行政复议、仲裁机构或者人民法院办理，您可以向该机关了解进展、补充意见。"),
    Ground.OUTCOME_DISPUTED: (
        3,
        "您可以按照处理决定或者裁判文书中写明的途径和期限提出：信访事项申请复查、复核，行政复议决定依法提起诉讼，"
        "仲裁裁决依法申请撤销，法院裁判依法上诉或者申请再审。",
    ),
    Ground.OTHER_BODY: (
        4,
        "请向依法有权处理的单位提出；已经提出的，由该单位答复您。不清楚是哪个单位的，可以拨打12345政务服务便民热线查询。",
    ),
}

GROUND_WORDS: dict[Ground, GroundWords] = {
    ground: GroundWords(GROUND_NAMES[ground], f"{_RULES}{number}目", channel) for ground, (number, channel) in _CHANNELS.items()
}
