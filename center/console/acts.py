"""What can be done with a case from its page: one table from the act to its page's path and words."""

from __future__ import annotations

from dataclasses import dataclass

from center.domain.application import ApplicationAct, ApplicationState, acts_in
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
}


def acts_for(member: Member, state: ApplicationState) -> tuple[ActPage, ...]:
    """What `member` may do with a case in `state`, by the transition table and the roles table."""
    allowed = set(acts_in(state))
    return tuple(page for act, page in ACT_PAGES.items() if act in allowed and member.may(page.right))
