"""What can be done with a case from its page: one table from the act to its page's path and words."""

from __future__ import annotations

from dataclasses import dataclass

from center.domain.application import ApplicationAct
from center.domain.roles import Right


@dataclass(frozen=True)
class ActPage:
    """`path` after /console/cases/{id}/; `right` is who may; `primary`: the usual next step."""

    label: str
    path: str
    right: Right
    primary: bool = False


#: In the order of the buttons.
ACT_PAGES: dict[ApplicationAct, ActPage] = {
    ApplicationAct.RETURN: ActPage("一次性告知退回", "return", Right.HANDLE_CASES),
    ApplicationAct.ACCEPT: ActPage("受理", "accept", Right.HANDLE_CASES, primary=True),
}
