"""Items and guides (R1): when one is in force, and what a guide must hold to be published."""

from __future__ import annotations

from datetime import date

import pytest

from center.domain.item import Publication, in_force, missing_for_publication, publication
from kiosk.wire.items import Elsewhere, Fact, Fee, Limit, Material, ServiceItem


def item(**changes: object) -> ServiceItem:
    whole: dict[str, object] = {
        "code": "TEST",
        "version": 1,
        "effective_from": date(2026, 1, 1),
        "confirmed": True,
        "task_name": "测试事项",
        "dept_name": Fact(text="综合窗口"),
        "by_law": (Fact(text="依据"),),
        "accept_condition": (Fact(text="条件"),),
        "materials": (Material(code="a", material_name="甲"),),
        "handle_flow": (Fact(text="流程"),),
        "promise": Limit(days=3),
        "fee": Fee(is_fee=False),
    }
    return ServiceItem.model_validate(whole | changes)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"dept_name": Fact()}, "受理部门"),
        ({"by_law": ()}, "办理依据"),
        ({"accept_condition": ()}, "办理条件"),
        ({"materials": ()}, "申请材料"),
        ({"handle_flow": ()}, "办理流程"),
        ({"promise": Limit()}, "承诺时限"),
        ({"fee": Fee()}, "收费依据及标准"),
    ],
)
@pytest.mark.rule("R1.2")
def test_a_guide_that_lacks_one_of_the_eight_fields_is_not_published_and_says_which(changes: dict[str, object], name: str) -> None:
    lacking = item(**changes)
    assert missing_for_publication(lacking) == (name,)
    assert publication(lacking, demo=False) is Publication.NOT


@pytest.mark.rule("R1.2")
def test_a_whole_confirmed_guide_is_published() -> None:
    assert publication(item(), demo=False) is Publication.PUBLISHED


@pytest.mark.rule("R1.2")
def test_an_unconfirmed_guide_is_a_sample_in_demonstration_and_nowhere_else() -> None:
    assert publication(item(confirmed=False), demo=True) is Publication.SAMPLE
    assert publication(item(confirmed=False), demo=False) is Publication.NOT


@pytest.mark.rule("R1.4")
def test_an_item_handled_elsewhere_needs_no_guide_of_ours() -> None:
    elsewhere = item(handled_here=False, elsewhere=Elsewhere(body="区民政局"), by_law=(), fee=Fee())
    assert publication(elsewhere, demo=False) is Publication.PUBLISHED


@pytest.mark.rule("R1.1")
def test_an_item_is_in_force_from_its_day_until_the_day_it_is_withdrawn() -> None:
    version = item(withdrawn_on=date(2026, 12, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 1)]
    assert [in_force(version, day) for day in days] == [False, True, True, False]
