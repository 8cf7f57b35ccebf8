"""The papers that the center issues: what each is called, how it is numbered, and whether the seal goes on it (R7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """Which paper."""

    FILING_RECEIPT = "filing_receipt"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    PROMISE_NOTICE = "promise_notice"
    ONE_TIME_NOTICE = "one_time_notice"
    REFUSAL_NOTICE = "refusal_notice"
    SPECIAL_PROCEDURE_NOTICE = "special_procedure_notice"
    HANDOVER_SLIP = "handover_slip"
    DEPARTMENT_OPINION = "department_opinion"
    DECISION = "decision"
    COMPLETION_VOUCHER = "completion_voucher"
    MATERIALS_RETURNED = "materials_returned"
    COMPLAINT_ACCEPTANCE = "complaint_acceptance"
    COMPLAINT_SUPPLEMENT = "complaint_supplement"
    COMPLAINT_REFUSAL = "complaint_refusal"
    COMPLAINT_REFERRAL = "complaint_referral"
    COMPLAINT_EXTENSION = "complaint_extension"
    COMPLAINT_RESULT = "complaint_result"
    OVERDUE_REPORT = "overdue_report"
    DAILY_CHECK = "daily_check"
    STATISTICS = "statistics"


@dataclass(frozen=True)
class PaperForm:
    """`title` as printed; `mark` stands in its number, 〔2026〕12号 after it; `sealed`: the administrative approval seal goes on it (R7.3)."""

    title: str
    mark: str
    sealed: bool


PAPER_FORMS: dict[PaperKind, PaperForm] = {
    # For what is registered at the window; the terminal prints its own. It is no acceptance, so no seal goes on it.
    PaperKind.FILING_RECEIPT: PaperForm("提交回执", "回", False),
    PaperKind.ACCEPTANCE_NOTICE: PaperForm("受理通知书", "受", True),
    PaperKind.PROMISE_NOTICE: PaperForm("承诺件告知书", "承", True),
    PaperKind.ONE_TIME_NOTICE: PaperForm("一次性告知单", "补", True),
    PaperKind.REFUSAL_NOTICE: PaperForm("不予受理通知书", "不受", True),
    PaperKind.SPECIAL_PROCEDURE_NOTICE: PaperForm("特别程序告知书", "特", True),
    PaperKind.HANDOVER_SLIP: PaperForm("交接表", "交", False),
    # Filled in by the department on the center's form; who is responsible there signs it (R5.3).
    PaperKind.DEPARTMENT_OPINION: PaperForm("职能单位核办意见表", "意", False),
    PaperKind.DECISION: PaperForm("审批决定书", "决", True),
    PaperKind.COMPLETION_VOUCHER: PaperForm("办结凭证", "结", True),
    PaperKind.MATERIALS_RETURNED: PaperForm("材料退还单", "退", False),
    # Complaints are not matters of administrative approval: the center's own official seal, not this one (R7.3).
    PaperKind.COMPLAINT_ACCEPTANCE: PaperForm("效能投诉受理告知书", "投受", False),
    PaperKind.COMPLAINT_SUPPLEMENT: PaperForm("效能投诉补充材料告知书", "投补", False),
    PaperKind.COMPLAINT_REFUSAL: PaperForm("效能投诉不予受理告知书", "投不受", False),
    PaperKind.COMPLAINT_REFERRAL: PaperForm("效能投诉转送告知书", "投转", False),
    PaperKind.COMPLAINT_EXTENSION: PaperForm("效能投诉延期告知书", "投延", False),
    PaperKind.COMPLAINT_RESULT: PaperForm("效能投诉处理结果告知书", "投结", False),
    PaperKind.OVERDUE_REPORT: PaperForm("超期办件书面报告", "报", False),
    PaperKind.DAILY_CHECK: PaperForm("每日办件检查记录", "查", False),
    PaperKind.STATISTICS: PaperForm("政务服务统计报告", "统", False),
}


def paper_number(prefix: str, kind: PaperKind, year: int, sequence: int) -> str:
    """`万宝河受〔2026〕12号`: place, kind, year, and the how-many-th of its kind that year."""
    return f"{prefix}{PAPER_FORMS[kind].mark}〔{year}〕{sequence}号"
