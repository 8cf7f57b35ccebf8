"""Pages of browsing, public information and cases as their journeys make them, drawn: nothing is cut, targets are large and apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from demo.place import MORNING, Place, open_place
from kiosk.events import ActionPressed, PrintFinished
from kiosk.journeys.browse.departments import DepartmentsStep
from kiosk.journeys.browse.guide import GuideStep
from kiosk.journeys.browse.listing import ItemListStep
from kiosk.journeys.chrome import chrome_for
from kiosk.journeys.home import HomeStep
from kiosk.journeys.papers import guide_paper
from kiosk.journeys.printing import Along, PrintStep
from kiosk.journeys.progress.doing import WaysStep
from kiosk.journeys.progress.one import CaseStep
from kiosk.journeys.progress.supply.check import SupplyCheckStep
from kiosk.journeys.progress.supply.pages import SupplyFormStep
from kiosk.journeys.progress.supply.sheet import begin_supply
from kiosk.journeys.progress.withdrawing import WithdrawnStep, WithdrawStep
from kiosk.journeys.public.duty import DutyStep
from kiosk.journeys.public.notices import notices_step
from kiosk.journeys.public.ways import PublicStep
from kiosk.journeys.step import Open, Step, Workplace
from kiosk.ports import IdCard, PrinterFault, PrintOutcome, PrintResult
from kiosk.views import MessageView, PageView
from kiosk.wire.cases import CaseDetail, CaseState, Want, WantKind
from kiosk.wire.cases import CaseStep as Reached
from kiosk.wire.filing import WithdrawalAnswer
from kiosk.wire.items import CatalogueAnswer
from kiosk.wire.notices import NoticesAnswer, OnDuty, PublicNotice
from screens.drawing import Rect
from screens.theme import Layout
from tests.kiosk.test_papers import CENTER, NOW
from tests.ui.glass import Glass
from tests.ui.measuring import cut_off, low_targets, near_targets, shown
from tests.ui.test_reading_fits import ITEMS, SCREENS

CENTER_KEY = "A" * 44
GUIDE_PAPER = guide_paper(ITEMS[0], center_name=CENTER, qr_text=None, printed_at=NOW, terminal_id="WBH-01", demo=True)
SENTENCE = "窗口工作人员应当一次告知全部材料、程序和时限，不得分几次说。"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place"), center=False) as here:
        yield here


@pytest.fixture
def work(place: Place) -> Workplace:
    """As if the center had told all of this, with somebody's card laid on."""
    work = place.composition.terminal.work
    work.catalogue = CatalogueAnswer(
        center_name="万宝河镇政务服务中心",
        township_id="230903-wanbaohe",
        center_public_key=CENTER_KEY,
        window_hours="周一至周五 8:30–17:00",
        items=tuple(ITEMS),
    )
    kinds = ("duties", "procedures", "rules", "promises", "complaints", "announcement", "announcement")
    work.notices = NoticesAnswer(
        on=MORNING.date(),
        notices=tuple(
            PublicNotice(
                kind=kind,
                kind_name="规章制度",
                title=f"桃山区万宝河镇人民政府政务服务中心窗口服务规章（{place}）",
                paragraphs=(SENTENCE,) * 20,
                version=1,
                from_on=MORNING.date(),
                to_on=date(2026, 12, 31) if place % 2 else None,
            )
            for place, kind in enumerate(kinds)
        ),
        duty=tuple(
            OnDuty(window=f"综合窗口{place}号", post="社会事务、社会保障", name="欧阳文君" if place % 2 else "", attended=place % 3 > 0)
            for place in range(11)
        ),
    )
    work.session.card = IdCard("resident", "resident", "张得才", "230903195603121234")
    work.session.item = None
    return work


def case(**changes: object) -> CaseDetail:
    values: dict[str, object] = {
        "case_number": "202611240031",
        "receipt_number": "WB0126112400",
        "item_code": "YLBX",
        "item_name": "城乡居民基本养老保险参保登记和待遇领取资格确认办理",
        "state": CaseState.FILED,
        "state_label": "已提交，等待窗口受理",
        "filed_at": MORNING,
        "holder": "综合窗口1号 王敏",
        "steps": tuple(
            Reached(label=label, at=MORNING + timedelta(hours=n), by="综合窗口1号 王敏", current=n == 2)
            for n, label in enumerate(("提交", "收件", "补正告知", "受理登记"))
        ),
        "papers": ("一次性告知单 2026-0001",),
        "may_withdraw": True,
        "may_rate": True,
        "receipt_code": "OS1R" + "A" * 80,
        "applicant_name": "欧阳文君",
    }
    return CaseDetail.model_validate(values | changes)


WANTS = (
    Want(kind=WantKind.MATERIAL, code="household_register", label="户口簿", words="户口簿：看不清，请拍清楚"),
    Want(kind=WantKind.FIELD, code="phone", label="手机号", words="手机号：填写有误，少一位数"),
    *(
        Want(
            kind=WantKind.OTHER,
            code=f"other_{n}",
            label="",
            words="本人名下农村信用社或邮政储蓄银行的银行卡复印件一份并写明用途和日期签名按手印",
        )
        for n in range(1, 8)
    ),
)
RETURNED = case(state=CaseState.RETURNED, state_label="材料需要补正", wanted=tuple(want.words for want in WANTS[:3]), wants=WANTS)
REFUSED = case(
    state=CaseState.REFUSED, state_label="不予受理", reason="不在本镇居住，不符合《样例办法》第三条规定的条件，请到户籍地乡镇办理。" * 3
)


def _supplying(work: Workplace) -> None:
    begin_supply(work, RETURNED)
    sheet = SupplyFormStep(work).sheet
    sheet.values["phone"] = "13904641299"
    sheet.missing |= {want.code for want in WANTS if want.kind is not WantKind.FIELD}


def _steps(work: Workplace) -> Iterator[Step]:
    yield HomeStep(work)
    yield ItemListStep(work)
    yield DepartmentsStep(work, lambda name: None)
    for item in work.items():
        yield GuideStep(work, item)
        large = GuideStep(work, item)
        large.handle(ActionPressed("larger"))
        yield large
    yield PublicStep(work)
    yield DutyStep(work)
    notices = work.notices
    assert notices is not None
    yield notices_step(work, "规章和承诺", notices.notices)
    one = notices_step(work, "规章和承诺", notices.notices[:1])
    yield one
    printing = GuideStep(work, work.items()[0]).handle(ActionPressed("print"))
    assert isinstance(printing, Open)
    yield printing.step
    for detail in (
        case(),
        RETURNED,
        REFUSED,
        case(state=CaseState.WITHDRAWN, state_label="已撤回", may_withdraw=False),
        case(state=CaseState.NOTIFIED, state_label="已办结，可以领取", collect="请带身份证到综合窗口1号领取（周一至周五 8:30–17:00）"),
    ):
        yield CaseStep(work, detail)
        yield WaysStep(work, detail)
    yield WithdrawStep(work, RETURNED)
    withdrawn = WithdrawalAnswer(
        case_number="202611240031", receipt_number="WB0126112400", state_label="已撤回", withdrawn_at=RETURNED.filed_at
    )
    yield WithdrawnStep(work, RETURNED, withdrawn)
    _supplying(work)
    yield SupplyFormStep(work)
    yield SupplyCheckStep(work)


def test_no_page_of_browsing_public_information_and_cases_is_cut(glass: Glass, work: Workplace) -> None:
    faults = []
    for step in _steps(work):
        view = step.view(chrome_for(work, step, (), at_home=isinstance(step, HomeStep)))
        assert isinstance(view, PageView)
        assert len(view.title) <= 20
        for shape, size in SCREENS.items():
            glass.app.page.layout = Layout(*size)
            glass.app.router.show(view)
            page = shown(glass.app.page.mounted)
            found = [*cut_off(page, Rect(0, 0, *size)), *low_targets(page), *near_targets(page)]
            faults += [f"{shape} {type(step).__name__} {view.title}: {fault}" for fault in found]
    assert faults == []


def test_what_takes_a_paper_along_has_room_beside_everything_that_is_said(glass: Glass, work: Workplace) -> None:
    # given a page for phones, and a printer that has no paper
    document = GUIDE_PAPER
    step = PrintStep(work, document, Along("https://wbh.example/g/YLBX", "带走这份指南"))
    step.enter()
    job = f"{work.session.number}-{work.print_number}"
    step.handle(PrintFinished(job, work.session.number, PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)))
    # when it failed
    view = step.view(chrome_for(work, step, (), at_home=False))
    assert isinstance(view, MessageView)
    assert view.qr
    # then all of it is seen
    for size in SCREENS.values():
        glass.app.page.layout = Layout(*size)
        glass.app.router.show(view)
        assert cut_off(shown(glass.app.page.mounted), Rect(0, 0, *size)) == []
