"""What can be done with a case from its page: one table from the act to its page's path and words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from center.casework.course_of import Fitting
from center.casework.responsible import may_reassign
from center.domain.application import ENDED, ApplicationAct, ApplicationState, acts_in
from center.domain.roles import Right
from center.members import Member


@dataclass(frozen=True)
class ActPage:
    """`path` after /console/cases/{id}/; `right` is who may; `primary`: the usual next step; `more`: seldom done, under 更多."""

    label: str
    path: str
    right: Right
    primary: bool = False
    more: bool = False


#: In the order of the buttons.
ACT_PAGES: dict[ApplicationAct, ActPage] = {
    ApplicationAct.RETURN: ActPage("一次性告知退回", "return", Right.HANDLE_CASES),
    ApplicationAct.ACCEPT: ActPage("受理", "accept", Right.HANDLE_CASES, primary=True),
    ApplicationAct.HAND_OVER: ActPage("移交职能单位", "hand-over", Right.HANDLE_CASES, primary=True),
    ApplicationAct.TAKE_BACK: ActPage("收回", "take-back", Right.HANDLE_CASES, primary=True),
    ApplicationAct.END_SPECIAL: ActPage("特别程序结束", "special/end", Right.HANDLE_CASES),
    ApplicationAct.DECIDE: ActPage("作出决定", "decide", Right.HANDLE_CASES, primary=True),
    ApplicationAct.ISSUE_VOUCHER: ActPage("办结", "voucher", Right.HANDLE_CASES, primary=True),
    ApplicationAct.NOTIFY: ActPage("通知申请人", "notify", Right.HANDLE_CASES, primary=True),
    ApplicationAct.COLLECT: ActPage("领取", "collect", Right.HANDLE_CASES, primary=True),
    ApplicationAct.POST: ActPage("EMS 寄出", "post", Right.HANDLE_CASES, primary=True),
    ApplicationAct.BEGIN_SPECIAL: ActPage("开始特别程序", "special/begin", Right.HANDLE_CASES),
    ApplicationAct.REFUSE: ActPage("不予受理", "refuse", Right.HANDLE_CASES, more=True),
    ApplicationAct.WITHDRAW: ActPage("登记书面撤回", "withdraw", Right.HANDLE_CASES, more=True),
}


#: What is no step of the application: possible until it has ended.
CORRECT = ActPage("更正录入", "correct", Right.CORRECT_ENTRIES, more=True)
#: After a case ended without a result.
GIVE_BACK = ActPage("退还材料", "give-back", Right.HANDLE_CASES, primary=True)
REASSIGN = ActPage("变更经办人", "reassign", Right.SEE_CASES, more=True)


def acts_for(member: Member, state: ApplicationState, fits: Fitting | None = None, window: str = "") -> tuple[ActPage, ...]:
    """What `member` may do with a case in `state`, by the transition table and the roles table; `fits` leaves out what its item does not ask for."""
    fits = fits or Fitting(frozenset(), frozenset())
    allowed = set(acts_in(state)) - fits.not_now
    offered = ((act, page) for act, page in ACT_PAGES.items() if act in allowed and member.may(page.right))
    steps = tuple(replace(page, primary=False, more=True) if act in fits.seldom else page for act, page in offered)
    if state in ENDED:
        return steps
    beside = ((CORRECT, member.may(CORRECT.right)), (REASSIGN, member.may(REASSIGN.right) and may_reassign(member, window)))
    return steps + tuple(page for page, allowed in beside if allowed)
