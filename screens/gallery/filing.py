"""Gallery: the last steps of an application: papers, signature, check, filed."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, EndPressed, PageTurned, PrimaryPressed, RowChosen, SignatureCleared
from kiosk.ports import PageFault
from kiosk.views import (
    Button,
    DoneView,
    MaterialRow,
    MaterialsView,
    Panel,
    ReviewRow,
    ReviewView,
    SignatureView,
    TakeCard,
    Tone,
    ViewData,
)
from screens.gallery.handwriting import SIGNATURE
from screens.gallery.paper import StillPicture, frame, taken_page
from screens.gallery.shell import END, HELP, HOME, NO_WAY_BACK, PERSON, RARE_PERSON, chrome

_TAKE = Button("capture", "拍这一页", ActionPressed("capture"), "camera-outline")
_TAKE_OFF = Button("capture", "拍这一页", None, "camera-outline")
_SKIP = Button("skip_material", "现在没有带", ActionPressed("skip_material"), "close-circle-outline")
_PAGE_DONE = Button("material_done", "这样拍齐了", ActionPressed("material_done"), "check-bold")
_NEXT = Button("primary", "下一步：签名", PrimaryPressed(), "arrow-right")


def _material(key: str, title: str, status: str, state: str) -> MaterialRow:
    return MaterialRow(Button(f"material-{key}", title, RowChosen(key), selected=state == "now"), title, status, state)


_ID_CARD = _material("id", "身份证", "读卡时已取得", "done")
_HOUSEHOLD = _material("household", "户口簿（首页、本人页）", "正在拍 第 2 页", "now")
_BANK = _material("bank", "社会保障卡或银行卡", "还缺，点这里拍", "missing")

_MATERIALS = MaterialsView(
    chrome(3, person=PERSON),
    "请拍户口簿“本人页”",
    "共 3 样：已有 1 样，正在拍 1 样，还缺 1 样",
    spoken="请拍户口簿本人页。",
    rows=(_ID_CARD, _HOUSEHOLD, _BANK),
    camera=StillPicture(frame()),
    sentence="四个角都看到了，很清楚，可以拍",
    good=True,
    taken=(taken_page(8),),
    taken_count=1,
    actions=(_PAGE_DONE, _TAKE),
)


def _fault(fault: PageFault, sentence: str) -> MaterialsView:
    return replace(
        _MATERIALS,
        camera=StillPicture(frame(faults=(fault,))),
        sentence=sentence,
        good=False,
        taken=(),
        taken_count=0,
        actions=(_SKIP, _TAKE_OFF),
    )


_SIGN = SignatureView(
    chrome(4, person=PERSON),
    "请您签名",
    "不会写字也能办：请到综合窗口，工作人员陪您办。",
    spoken="请您签名。",
    statement="我保证所填内容和材料真实，同意用于办理“城乡居民养老保险参保登记”。",
    pad_hint="用手指在框内写您的姓名，写多大都可以",
    clear=Button("clear", "重写", None, "refresh"),
    primary=Button("primary", "签好了", None, "check-bold"),
)


def _edit(key: str) -> Button:
    return Button(f"edit-{key}", "修改", RowChosen(key))


_ROWS = (
    ReviewRow("申请人", "李桂英，女，汉族", "230903********1234", locked_note="证件读入"),
    ReviewRow("手机号", "139****6120", edit=_edit("phone")),
    ReviewRow("现住地址", "桃山区万宝河镇万宝村二组17号", edit=_edit("address")),
    ReviewRow("缴费档次", "每年 500 元", "从社会保障卡扣缴", edit=_edit("level")),
    ReviewRow("材料", "3 样，已齐", "身份证、户口簿 2 页、社会保障卡", edit=_edit("materials")),
    ReviewRow("签名", "已签", "11月24日 10:31", edit=_edit("signature")),
)

_REVIEW = ReviewView(
    chrome(5, person=PERSON),
    "请核对，没错就提交",
    "城乡居民养老保险参保登记",
    spoken="请核对，没错就提交。",
    rows=_ROWS,
    info=Panel(Tone.INFO, "提交后综合窗口审看；受理后 3 个工作日内办结。不收费。", "打印的是提交回执，不是受理通知书。"),
    primary=Button("primary", "确认提交", PrimaryPressed(), "check-bold"),
)

_FINISH = Button("primary", "都拿好了，结束", EndPressed(), "check-bold")
_PAPER = TakeCard("回执打好了", "请拿好，上面有码", "出纸口在屏幕下方中间", "done")
_CARD = TakeCard("请取回身份证", "身份证还在读卡区", "别忘了拿", "attention")
_NEXT_LINES = ("综合窗口审看材料，受理后 3 个工作日内办结。", "带身份证来这里，或者扫码，随时看办到哪一步。")

_DONE = DoneView(
    chrome(7, person=PERSON, dock=(NO_WAY_BACK, HOME, END, HELP)),
    "已经收到您的申请",
    spoken="已经收到您的申请。请拿好回执和身份证。",
    number_label="回执编号",
    number="2026 1124 0031",
    paper=TakeCard("正在打印回执", "请稍等一下", "出纸口在屏幕下方中间", "busy", 0.6),
    card=_CARD,
    next_title="接下来",
    next_lines=_NEXT_LINES,
    qr="OS1.R.20261124003100.sample.receipt.code.of.the.gallery.not.a.signed.one",
    qr_title="拍下这个码，随时看进度",
    qr_note="回执上也有这个码；在本机扫一扫就行",
    actions=(_FINISH,),
)

VIEWS: dict[str, ViewData] = {
    "materials": _MATERIALS,
    "materials-no-page": _fault(PageFault.NO_PAGE, "请把户口簿翻到本人页，平放在拍照区"),
    "materials-cut-off": _fault(PageFault.CUT_OFF, "有一边没拍全，请往左挪一挪"),
    "materials-dark": _fault(PageFault.DARK, "太暗了，请不要挡住灯"),
    "materials-blurred": _fault(PageFault.BLURRED, "有点模糊，请放平，不要动"),
    "materials-first-page": replace(_MATERIALS, taken=(), taken_count=0, actions=(_SKIP, _TAKE)),
    "materials-many-pages": replace(
        _MATERIALS, taken=(taken_page(8), taken_page(5), taken_page(9), taken_page(7), taken_page(6)), taken_count=5
    ),
    "materials-starting": replace(
        _MATERIALS,
        camera=StillPicture(None),
        sentence="摄像头正在打开，请稍等一下",
        good=False,
        taken=(),
        taken_count=0,
        actions=(_SKIP, _TAKE_OFF),
    ),
    "materials-taking": replace(_MATERIALS, actions=(Button("capture", "正在拍，请不要动", None, "camera-outline", busy=True),)),
    "materials-camera-absent": replace(
        _MATERIALS,
        title="摄像头现在用不了",
        subtitle="这个问题已经记下。",
        camera=None,
        sentence="",
        good=False,
        taken=(),
        taken_count=0,
        rows=(
            _ID_CARD,
            _material("household", "户口簿（首页、本人页）", "以后补", "later"),
            _material("bank", "社会保障卡或银行卡", "以后补", "later"),
        ),
        notice=Panel(Tone.ATTENTION, "材料可以以后补，今天照样能提交", "窗口收到后一次告诉您要补什么，带原件来就行。"),
        actions=(_NEXT,),
    ),
    "materials-complete": replace(
        _MATERIALS,
        title="材料都齐了",
        subtitle="共 3 样，已有 3 样",
        rows=(
            _ID_CARD,
            _material("household", "户口簿（首页、本人页）", "已拍 2 页", "done"),
            _material("bank", "社会保障卡或银行卡", "已拍 1 页", "done"),
        ),
        camera=None,
        sentence="",
        taken=(taken_page(8), taken_page(5), taken_page(9)),
        taken_count=3,
        notice=Panel(Tone.DONE, "都拍清楚了，可以往下办。", "要重拍哪一样，点一下那一行。"),
        actions=(_NEXT,),
    ),
    "materials-paged": replace(
        _MATERIALS,
        title="请拍结婚证",
        subtitle="共 7 样：已有 4 样，还缺 3 样",
        rows=(
            _material("marriage", "结婚证（原件，双方照片页）", "正在拍 第 1 页", "now"),
            _material("income", "家庭成员收入情况书面材料和相关证明", "没有就不用拍", "optional"),
            _material("proof", "残疾人证或者疾病诊断证明", "还缺，点这里拍", "missing"),
        ),
        taken=(),
        taken_count=0,
        actions=(_SKIP, _TAKE),
        page="2 / 3 页",
        previous=Button("previous", "上一页", PageTurned(-1), "chevron-left"),
        next=Button("next", "下一页", PageTurned(1), "chevron-right"),
    ),
    "signature-empty": _SIGN,
    "signature": replace(
        _SIGN,
        strokes=SIGNATURE,
        clear=Button("clear", "重写", SignatureCleared(), "refresh"),
        primary=Button("primary", "签好了", PrimaryPressed(), "check-bold"),
    ),
    "signature-begun": replace(_SIGN, strokes=SIGNATURE[:7], clear=Button("clear", "重写", SignatureCleared(), "refresh"), subtitle=""),
    "review": _REVIEW,
    "review-rare-name": replace(
        _REVIEW,
        chrome=chrome(5, person=RARE_PERSON),
        rows=(ReviewRow("申请人", "𠮷㛃䶮，男，汉族", "230903********0021", locked_note="证件读入"), *_ROWS[1:]),
    ),
    "review-long": replace(
        _REVIEW,
        rows=(
            ReviewRow("申请人", "ROSALIND FEATHERSTONEHAUGH MONTGOMERY", "CHN3********0012", locked_note="证件读入"),
            _ROWS[1],
            replace(_ROWS[2], value="黑龙江省七台河市桃山区万宝河镇万宝村第二居民组幸福小区三期17号楼2单元301室"),
            _ROWS[3],
            replace(_ROWS[4], value="还缺 2 样，以后补", detail="户口簿、社会保障卡或银行卡"),
            _ROWS[5],
        ),
        primary=Button("primary", "看下一页", PageTurned(1), "arrow-right"),
        page="第 1 页，共 2 页",
    ),
    "review-last-page": replace(
        _REVIEW,
        rows=_ROWS[4:],
        previous=Button("previous", "上一页", PageTurned(-1), "chevron-left"),
        page="第 2 页，共 2 页",
    ),
    "review-busy": replace(_REVIEW, primary=Button("primary", "正在提交……", None, busy=True)),
    "done-printing": _DONE,
    "done": replace(_DONE, paper=_PAPER),
    "done-card-gone": replace(_DONE, paper=_PAPER, card=TakeCard("身份证拿走了", "谢谢", "", "done")),
    "done-no-card": replace(_DONE, paper=_PAPER, card=None, chrome=chrome(7, dock=(NO_WAY_BACK, HOME, END, HELP))),
    "done-deferred": replace(
        _DONE,
        title="已经存好，联网后自动提交",
        tone=Tone.ATTENTION,
        paper=_PAPER,
        notice=Panel(Tone.ATTENTION, "现在连不上中心，您的申请存在本机，不会丢。", "网络通了自己会发出去，不用再来一次。"),
        next_lines=("发出去的时间就是提交时间，以后扫码看得到。", "办结的日子要等中心收到后才定：待定。"),
    ),
    "done-printer-out": replace(
        _DONE,
        paper=TakeCard("回执没有打出来", "打印机没有纸了", "拍下下面的码，就是您的回执", "attention"),
        actions=(Button("retry", "再试一次", ActionPressed("retry"), "refresh"), _FINISH),
    ),
    "done-printer-absent": replace(
        _DONE,
        paper=TakeCard("这次不打印回执", "打印机没有接好", "拍下下面的码，就是您的回执", "plain"),
        card=TakeCard("身份证拿走了", "谢谢", "", "done"),
    ),
}
