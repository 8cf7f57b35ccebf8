"""Gallery: looking up what was filed: scan, the card holder's cases, one case."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, HomePressed, PageTurned, PrimaryPressed, RowChosen
from kiosk.views import Button, CaseListView, CaseRow, Panel, ProgressView, ScanView, TimelineStep, Tone, ViewData
from screens.gallery.shell import FOREIGN_PERSON, PERSON, chrome

_CODE = ("qrcode-scan", "扫回执上的码", "码朝上，放在扫码口前，看办到哪一步", "ready")
_CARD = ("card-account-details-outline", "放身份证", "看全部经过，谁在办、还缺什么", "ready")

_SCAN = ScanView(
    chrome(),
    "请扫码或放身份证",
    "两样有一样就行。",
    spoken="请扫码或放身份证。",
    ways=(_CODE, _CARD),
)


def _case(key: str, title: str, detail: str, state: str, tone: Tone) -> CaseRow:
    return CaseRow(Button(f"case-{key}", title, RowChosen(key)), title, detail, state, tone)


_PENSION = _case("1", "城乡居民基本养老保险参保登记", "11月24日 10:31 提交", "正在核办", Tone.PLAIN)
_RELIEF = _case("2", "临时救助对象认定", "11月19日 16:12 提交", "要补材料", Tone.ATTENTION)
_DONE_CASE = _case("3", "生育服务登记", "10月12日 9:05 提交", "已办结", Tone.DONE)
_LONG = _case("4", "困难残疾人生活补贴和重度残疾人护理补贴资格认定", "9月30日 14:40 提交", "已办结", Tone.DONE)

_CASES = CaseListView(
    chrome(person=PERSON),
    "您的办件",
    "点一下，看办到哪一步。",
    spoken="您的办件。",
    rows=(_PENSION, _RELIEF, _DONE_CASE, _LONG),
    previous=Button("previous", "上一页", None, "chevron-left"),
    next=Button("next", "下一页", PageTurned(1), "chevron-right"),
    page="1 / 2 页",
)

_STEPS = (
    TimelineStep("提交申请", "11月24日 10:31·自助终端", "done"),
    TimelineStep("受理登记", "11月24日 14:05·综合窗口1号 陈晓梅", "done"),
    TimelineStep("交给职能单位", "11月24日 15:20·交接表 3 页", "done"),
    TimelineStep("职能单位核办", "现在由社会保障岗 周建国 办理，还有 2 个工作日", "now"),
    TimelineStep("返回窗口", "", "to_come"),
    TimelineStep("办结", "最迟 11月27日 周五", "to_come"),
)
_PRINT = Button("print", "打印进度", ActionPressed("print"), "printer-outline")
_OTHERS = Button("cases", "我的其他办件", ActionPressed("cases"), "arrow-left")

_PROGRESS = ProgressView(
    chrome(person=PERSON),
    "正在核办，11月27日前办结",
    spoken="正在核办，十一月二十七日前办结。",
    number_line="办件编号 2026 1124 0031",
    item_name="城乡居民基本养老保险参保登记",
    steps=_STEPS,
    panel=Panel(Tone.DONE, "材料已齐，现在不用您做什么。", "对办理有意见，请到综合窗口告诉我们。"),
    actions=(_OTHERS, _PRINT),
)

_SIX_WANTED = (
    "户口簿“本人页”：现有一页拍得不清楚，看不到出生日期",
    "社会保障卡或银行卡：正面拍照，要在本人名下",
    "家庭成员收入情况书面材料",
    "残疾人证或者疾病诊断证明",
    "居住证明（村民委员会出具）",
    "授权查询家庭经济状况的书面材料",
)

VIEWS: dict[str, ViewData] = {
    "scan": _SCAN,
    "scan-asking": replace(_SCAN, title="正在查询，请稍等一下", subtitle="", busy=True),
    "scan-unknown": replace(_SCAN, notice=Panel(Tone.ATTENTION, "这个码不是本中心的回执", "请扫提交回执上的码，或者放身份证。")),
    "scan-offline": replace(
        _SCAN,
        notice=Panel(Tone.ATTENTION, "现在连不上中心，查不到进度", "您的办件不受影响。请过一会儿再来，或者到综合窗口问。"),
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"),),
    ),
    "scan-scanner-absent": replace(
        _SCAN, title="请放身份证", subtitle="", ways=((*_CODE[:2], "扫码器没有接好，现在用不了", "absent"), _CARD)
    ),
    "scan-reader-absent": replace(
        _SCAN, title="请扫回执上的码", subtitle="", ways=(_CODE, (*_CARD[:2], "读卡器没有接好，现在用不了", "absent"))
    ),
    "scan-both-absent": replace(
        _SCAN,
        title="现在查不了进度",
        subtitle="",
        ways=((*_CODE[:2], "扫码器没有接好，现在用不了", "absent"), (*_CARD[:2], "读卡器没有接好，现在用不了", "absent")),
        notice=Panel(Tone.ATTENTION, "请到综合窗口问：周一至周五 8:30–17:00", "这个问题已经记下。"),
        actions=(Button("primary", "回到首页", HomePressed(), "home-outline"),),
    ),
    "cases": _CASES,
    "cases-one": replace(_CASES, rows=(_PENSION,), previous=None, next=None, page=""),
    "cases-empty": replace(
        _CASES,
        subtitle="",
        rows=(),
        empty="还没有您的办件。在窗口办的，请到窗口问。",
        previous=None,
        next=None,
        page="",
    ),
    "progress": _PROGRESS,
    "progress-due-unknown": replace(
        _PROGRESS,
        title="正在核办，办结日期待定",
        steps=(
            *_STEPS[:3],
            replace(_STEPS[3], detail="现在由社会保障岗 周建国 办理"),
            _STEPS[4],
            replace(_STEPS[5], detail="待定：明年的放假安排公布后算出"),
        ),
    ),
    "progress-wanted": replace(
        _PROGRESS,
        chrome=chrome(person=PERSON),
        title="要补 2 样材料",
        item_name="临时救助对象认定",
        number_line="办件编号 2026 1119 0007",
        steps=(
            TimelineStep("提交申请", "11月19日 16:12·自助终端", "done"),
            TimelineStep("一次告知", "11月20日 09:30·综合窗口2号 刘海燕", "done"),
            TimelineStep("补齐材料", "补齐的当天开始计算办理时间", "now"),
            TimelineStep("受理登记", "", "to_come"),
            TimelineStep("办结", "受理后 15 个工作日", "to_come"),
        ),
        wanted_title="还要补这 2 样",
        wanted=_SIX_WANTED[:2],
        panel=Panel(Tone.ATTENTION, "请带原件到综合窗口补", "周一至周五 8:30–17:00。补齐就受理，不会再要别的。"),
    ),
    "progress-six-wanted": replace(
        _PROGRESS,
        title="要补 6 样材料",
        item_name="最低生活保障对象认定",
        number_line="办件编号 2026 1119 0007",
        steps=(
            TimelineStep("提交申请", "11月19日 16:12·自助终端", "done"),
            TimelineStep("一次告知", "11月20日 09:30·综合窗口2号 刘海燕", "done"),
            TimelineStep("补齐材料", "补齐的当天开始计算办理时间", "now"),
            TimelineStep("办结", "受理后 15 个工作日", "to_come"),
        ),
        wanted_title="还要补这 6 样，补齐就受理",
        wanted=_SIX_WANTED,
        panel=Panel(Tone.ATTENTION, "请带原件到综合窗口补", "周一至周五 8:30–17:00。"),
        actions=(_PRINT,),
    ),
    "progress-code-only": replace(
        _PROGRESS,
        chrome=chrome(),
        title="正在核办",
        item_name="",
        steps=(),
        panel=Panel(Tone.INFO, "想看经过、经办人和还缺什么？", "请把身份证放在读卡区。只有码，只能看到办到哪一步。"),
        actions=(Button("primary", "好了，回到首页", PrimaryPressed(), "home-outline"),),
    ),
    "progress-completed": replace(
        _PROGRESS,
        chrome=chrome(person=FOREIGN_PERSON),
        title="已经办结",
        steps=(
            *_STEPS[:3],
            TimelineStep("职能单位核办", "11月26日 09:10·社会保障岗 周建国", "done"),
            TimelineStep("返回窗口", "11月26日 14:30·综合窗口1号 陈晓梅", "done"),
            TimelineStep("办结", "11月26日·办结凭证请到综合窗口领取", "done"),
        ),
        panel=Panel(Tone.DONE, "办好了，请带身份证到综合窗口领取结果。"),
    ),
    "progress-printer-out": replace(
        _PROGRESS, actions=(_OTHERS, Button("print", "打印进度", None, "printer-outline", "打印机缺纸，现在打不了"))
    ),
    "progress-three-actions": replace(
        _PROGRESS,
        actions=(
            Button("withdraw", "撤回申请", ActionPressed("withdraw"), "undo"),
            Button("notices", "看告知单", ActionPressed("notices"), "file-document-outline"),
            Button("supply", "现在就补材料", ActionPressed("supply"), "camera-outline"),
        ),
    ),
}
