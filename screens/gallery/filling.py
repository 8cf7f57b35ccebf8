"""Gallery: the first steps of an application: who it is, consent, the form."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, ChoiceMade, ConsentAnswered, PageTurned, PrimaryPressed, RowChosen
from kiosk.views import Button, ConsentView, FieldRow, FormView, IdentifyView, KeyboardKind, Panel, Tone, Typed, ViewData
from screens.gallery import fields
from screens.gallery.fields import form, typing
from screens.gallery.keyboards import numbers
from screens.gallery.shell import FOREIGN_PERSON, PERSON, RARE_PERSON, chrome

_PRIVACY = Panel(Tone.PLAIN, "证件信息只用于这次办理，屏幕上不完整显示。", "没有提交就离开，全部立即清除。")
_TYPE_NUMBER = Button("type_number", "输入证件号", ActionPressed("type_number"), "keyboard-outline", "没带身份证，按数字键输入")
_GUIDE = Button("guides", "先看办事指南", ActionPressed("guides"), "text-box-search-outline", "不用身份证")

_WAITING = IdentifyView(
    chrome(0),
    "请把身份证放在读卡区",
    "放好后请不要动，大约 2 秒。",
    spoken="请把身份证放在读卡区。",
    state="waiting",
    place="读卡区在屏幕右下方",
    notes=(_PRIVACY,),
    actions=(_GUIDE,),
)

_CONSENT = ConsentView(
    chrome(1, person=PERSON),
    "申报须知",
    "请看一看，同意就往下办。",
    spoken="申报须知。同意请点同意。",
    sentences=(
        "您的姓名、证件号码、住址和拍下的材料，只用于办理“城乡居民养老保险参保登记”。",
        "由镇政务服务中心保存，交给负责核办的单位；不给别人，不作他用。",
        "填写的内容和材料要真实，虚假申报要承担责任。",
        "没有提交就离开，全部立即清除。",
    ),
    person_rows=(("姓名", "李桂英"), ("证件号码", "230903********1234"), ("住址", "桃山区万宝河镇****")),
    agreement="点“同意”就是同意为办这件事使用这些信息。不同意也能看指南，也能到窗口办。",
    agree=Button("agree", "同意，继续办", ConsentAnswered(agreed=True), "check-bold"),
    refuse=Button("refuse", "不同意", ConsentAnswered(agreed=False), "close"),
)


def _choices(code: str, labels: tuple[str, ...], chosen: str = "") -> tuple[Button, ...]:
    return tuple(Button(f"choice-{code}-{i}", label, ChoiceMade(code, label), selected=label == chosen) for i, label in enumerate(labels))


def _tap(code: str, label: str) -> Button:
    return Button(f"field_{code}", label, RowChosen(code))


_NAME = FieldRow("name", "姓名", "李桂英", locked=True)
_NUMBER = FieldRow("number", "证件号码", "230903********1234", locked=True)
_PHONE = FieldRow("phone", "手机号", "139****6120", "11 位数字", button=_tap("phone", "手机号"))
_PHONE_EMPTY = replace(_PHONE, value="")
_ADDRESS = FieldRow(
    "address", "现住地址", "桃山区万宝河镇万宝村二组17号", "从身份证读入，住处变了可以改", button=_tap("address", "现住地址")
)
_LEVELS = ("每年 200 元", "每年 500 元", "每年 1000 元", "每年 2000 元")
_LEVEL = FieldRow("level", "缴费档次", "", choices=_choices("level", _LEVELS))
_ACCOUNT = FieldRow("account", "社会保障卡号", "", "卡片正面的号码", button=_tap("account", "社会保障卡号"))

_PREVIOUS = Button("previous", "上一页", PageTurned(-1), "chevron-left")
_NEXT = Button("primary", "下一页", PrimaryPressed(), "arrow-right")

#: What stands around the field that is typed into.
_PERSON = (fields.NAME, fields.NUMBER)
_AFTER = (fields.beside("address", "现住地址", "桃山区万宝河镇万宝村二组17号"), fields.LEVEL)

_FORM = FormView(
    chrome(2, person=PERSON),
    "请填写，没错就下一步",
    "姓名和证件号已从身份证读入，不用再填",
    spoken="请填写。",
    fields=(_NAME, _NUMBER, _PHONE, _ADDRESS),
    previous=None,
    primary=_NEXT,
    page="第 1 页，共 2 页",
)

#: The last page of the form.
_LAST = replace(_FORM, previous=_PREVIOUS, primary=Button("primary", "下一步", PrimaryPressed(), "arrow-right"), page="第 2 页，共 2 页")

VIEWS: dict[str, ViewData] = {
    "identify": _WAITING,
    "identify-type-number": replace(_WAITING, actions=(_TYPE_NUMBER, _GUIDE)),
    "identify-reading": replace(_WAITING, title="正在读身份证", subtitle="请不要动，大约 2 秒。", state="reading", actions=()),
    "identify-failed": replace(
        _WAITING,
        title="这次没有读出来",
        subtitle="请拿起身份证，再平放一次。卡套请取下来。",
        state="failed",
        notes=(Panel(Tone.ATTENTION, "身份证没有读出来", "三次都不行，可能是消磁了，请到综合窗口办理。"), _PRIVACY),
    ),
    "identify-reader-absent": replace(
        _WAITING,
        title="读卡器现在用不了",
        subtitle="这个问题已经记下。",
        state="absent",
        place="",
        notes=(Panel(Tone.ATTENTION, "办事指南、扫码查进度都能照常用", "急着办，请到综合窗口：周一至周五 8:30–17:00。"),),
    ),
    "consent": _CONSENT,
    "consent-long": replace(
        _CONSENT,
        title="办之前，请看一看",
        subtitle="困难残疾人生活补贴和重度残疾人护理补贴资格认定",
        sentences=(
            "请带身份证、户口簿、残疾人证和银行卡，都要原件。",
            "由残联审核、民政审定；每年要认证一次，户籍迁走或不再符合条件，要在一个月内告诉我们。",
            "填写的内容和材料要真实，虚假申报要承担责任。",
            "打印机现在打不了，可以照常办，回执以后来打印。",
            "高拍仪现在不能用，可以先提交申请，材料到窗口补交。",
        ),
        person_rows=_CONSENT.person_rows[:2],
        agreement="为办理这件事，万宝河镇政务服务中心要使用您身份证上的姓名、性别、民族、出生日期、住址和证件号码，以及您填写和拍摄的内容；"
        "只用于办理和查询，依法保存。不同意也可以看指南，或到窗口办理。",
    ),
    "consent-cases": replace(
        _CONSENT,
        chrome=chrome(person=PERSON),
        title="同意后就能查看",
        subtitle="查自己的办件",
        sentences=("您可以查看自己的办件：办到哪一步、什么时候办好、还缺什么。",),
        person_rows=_CONSENT.person_rows[:2],
    ),
    "consent-rare-name": replace(
        _CONSENT,
        chrome=chrome(1, person=RARE_PERSON),
        person_rows=(("姓名", "𠮷㛃䶮"), ("证件号码", "230903********0021"), ("住址", "桃山区万宝河镇****")),
    ),
    "consent-foreign-name": replace(
        _CONSENT,
        chrome=chrome(1, person=FOREIGN_PERSON),
        person_rows=(("姓名", "ROSALIND FEATHERSTONEHAUGH MONTGOMERY"), ("证件号码", "CHN3********0012"), ("有效期至", "2031-05-08")),
    ),
    "form": _FORM,
    "form-choices": replace(_LAST, fields=(_LEVEL, _ACCOUNT)),
    "form-chosen": replace(
        _LAST,
        fields=(
            replace(_LEVEL, value="每年 500 元", choices=_choices("level", _LEVELS, "每年 500 元")),
            replace(_ACCOUNT, value="6217********6120"),
        ),
    ),
    "form-digits": form(
        typing("phone", "手机号", "11 位数字", Typed("1391234", 7)),
        numbers(KeyboardKind.DIGITS),
        "怎么联系您？",
        before=_PERSON,
        after=_AFTER,
    ),
    "form-digits-empty": form(
        typing("phone", "手机号", "11 位数字", Typed("", 0)), numbers(KeyboardKind.DIGITS), "怎么联系您？", before=_PERSON, after=_AFTER
    ),
    "form-id-number": form(
        typing("other_number", "老人的证件号码", "18 位，最后一位可能是 X", Typed("23090319580309", 14, counter="14/18")),
        numbers(KeyboardKind.ID_NUMBER, "填好了"),
        "老人的证件号码是多少？",
        after=(),
    ),
    "form-amount": form(
        typing("income", "全家年收入", "种地、打工、补贴都算上，单位：元", Typed("12500.5", 7)),
        numbers(KeyboardKind.AMOUNT, "填好了"),
        "家里一年收入多少？",
        after=(),
    ),
    "form-date": form(
        typing("birth", "出生日期", "按年月日填8位数字，如 19560301", Typed("1958-03", 7)),
        numbers(KeyboardKind.DATE),
        "老人是哪一天出生的？",
    ),
    "form-faults": replace(
        _LAST,
        fields=(
            _NAME,
            replace(_PHONE, value="1391234", error="号码不对：手机11位，座机要带区号"),
            replace(_ADDRESS, value="", error="这一项还没有填"),
            replace(_ACCOUNT, error="这一项还没有填"),
        ),
        notice=Panel(Tone.ATTENTION, "有 3 处要改：手机号、现住地址、社会保障卡号"),
    ),
    "form-later": replace(
        _FORM,
        fields=(_NAME, _NUMBER, replace(_ADDRESS, value="", hint="", error="这一项还没有填"), replace(_PHONE, hint="")),
        notice=Panel(Tone.ATTENTION, "有 1 处要改：现住地址"),
        later=Button("later", "不会写？到窗口补填", ActionPressed("later")),
        page="第 1 页，共 2 页",
    ),
    "form-later-last": replace(
        _LAST,
        fields=(
            replace(_ADDRESS, value="", hint="", error="这一项还没有填"),
            FieldRow(
                "earlier",
                "以前参保情况",
                "",
                choices=_choices("earlier", ("没有参加过", "居民养老保险", "职工养老保险", "不清楚"), "不清楚"),
            ),
        ),
        notice=Panel(Tone.ATTENTION, "有 1 处要改：现住地址"),
        later=Button("later", "不会写？到窗口补填", ActionPressed("later")),
    ),
    "form-faults-typing": form(
        typing("phone", "手机号", "11 位数字", Typed("1391234", 7), error="号码不对：手机11位，座机要带区号"),
        numbers(KeyboardKind.DIGITS),
        "怎么联系您？",
        before=_PERSON,
        after=(fields.beside("address", "现住地址", error="这一项还没有填"), fields.LEVEL),
    ),
    "form-choice-fault": replace(
        _LAST,
        fields=(replace(_LEVEL, error="请选一个"), replace(_ACCOUNT, value="6217********6120")),
        notice=Panel(Tone.ATTENTION, "有 1 处要改：缴费档次"),
    ),
    "form-two-choices": replace(
        _LAST,
        fields=(
            FieldRow(
                "earlier",
                "以前参保情况",
                "",
                error="请选一个",
                choices=_choices("earlier", ("没有参加过", "居民养老保险", "职工养老保险", "不清楚")),
            ),
            FieldRow("when", "方便联系的时间（可不填）", "都可以", choices=_choices("when", ("上午", "下午", "都可以"), "都可以")),
        ),
        notice=Panel(Tone.ATTENTION, "有 1 处要改：以前参保情况"),
    ),
    "form-rare-name": replace(
        _FORM,
        chrome=chrome(2, person=RARE_PERSON),
        fields=(replace(_NAME, value="𠮷㛃䶮"), _NUMBER, _PHONE, _ADDRESS),
    ),
    "form-long-name": replace(
        _FORM,
        chrome=chrome(2, person=FOREIGN_PERSON),
        fields=(
            replace(_NAME, value="ROSALIND FEATHERSTONEHAUGH MONTGOMERY"),
            replace(_NUMBER, value="CHN3********0012"),
            _PHONE_EMPTY,
            replace(_ADDRESS, value="黑龙江省七台河市桃山区万宝河镇万宝村第二居民组幸福小区三期17号楼2单元301室"),
        ),
    ),
}
