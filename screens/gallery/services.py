"""Gallery: the ways on in complaints, bookings, public information and help."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, JourneyChosen, PrimaryPressed, RowChosen
from kiosk.views import Button, Panel, Tone, ViewData, WaysView
from screens.gallery.shell import BOOKING_STEPS, COMPLAINT_STEPS, PERSON, chrome

_KEPT_SECRET = Panel(Tone.INFO, "保密：被反映的窗口和人看不到是谁反映的。", "3 个工作日内答复收不收。")


def _way(key: str, label: str, icon: str, note: str = "") -> Button:
    return Button(f"way-{key}", label, ActionPressed(key), icon, note)


_COMPLAINT = WaysView(
    chrome(0, labels=COMPLAINT_STEPS),
    "您要反映什么？",
    spoken="您要反映窗口，还是反映工作人员？",
    ways=(
        _way("window", "反映一个窗口", "storefront-outline", "办事慢、让我白跑、没有一次说清"),
        _way("person", "反映一个工作人员", "badge-account-outline", "态度、作风、吃拿卡要\n名单上有照片"),
    ),
    notice=_KEPT_SECRET,
)
_WHO = replace(
    _COMPLAINT,
    title="您是替谁反映的？",
    ways=(
        _way("self", "我自己的事", "account-outline", "用身份证，或者写姓名和电话"),
        _way("agent", "替别人反映", "account-arrow-right-outline", "要有他写的委托书"),
        _way("elected", "大家推选我来", "account-group-outline", "五个人以上的事，推选代表来反映"),
    ),
)
_PUBLIC = WaysView(
    chrome(),
    "公示信息",
    "点一下，看一样。",
    spoken="公示信息，您要看哪一样？",
    ways=(
        _way("duties", "机构职责", "bank-outline", "这里管什么、不管什么"),
        _way("staff", "今天谁在岗", "account-group-outline", "每个窗口的人、岗位和照片"),
        _way("flows", "办事程序", "sign-direction", "从申请到办结，一步一步"),
        _way("rules", "服务规范", "book-open-outline", "工作人员要做到什么"),
        _way("fees", "收费标准", "receipt", "哪些收费、依据是什么"),
        _way("channels", "投诉渠道", "message-alert-outline", "电话、信箱、当面，都可以"),
    ),
)
_BOOKING = WaysView(
    chrome(0, labels=BOOKING_STEPS),
    "您要预约，还是看预约？",
    spoken="您要预约，还是看已经约好的？",
    ways=(
        _way("new", "预约新的时间", "calendar-clock", "选窗口、日子和时间，来了少排队"),
        Button("way-mine", "看我的预约", JourneyChosen("bookings"), "calendar-search", "放身份证，或者扫预约单上的码\n可以改、可以取消"),
    ),
)

_ACTS = (
    _way("evidence", "补交证据", "camera-outline", "拍照，或写几句"),
    _way("answer", "提出申辩", "comment-text-outline", "向本中心说明意见，到 12月15日 周二为止；以后还可以申请复查、复核"),
    _way("review", "申请复查", "account-arrow-up-outline", "由中心转送七台河市桃山区人民政府政务服务中心，到 12月15日 周二为止"),
)

VIEWS: dict[str, ViewData] = {
    "ways": _COMPLAINT,
    "ways-three": _WHO,
    "ways-chosen": replace(
        _WHO,
        ways=(replace(_WHO.ways[0], selected=True), *_WHO.ways[1:]),
        actions=(Button("primary", "下一步：选对象", PrimaryPressed(), "arrow-right"),),
    ),
    "ways-four": replace(
        _COMPLAINT,
        title="效能投诉",
        chrome=chrome(),
        ways=(
            _way("new", "我要投诉", "message-alert-outline", "反映窗口或者工作人员"),
            _way("mine", "看我的投诉", "progress-clock", "办到哪一步了，答复写了什么"),
            _way("suggest", "提意见建议", "lightbulb-on-outline", "不用留名字"),
            _way("told", "先看看怎么办理", "book-open-outline", "哪些收、多久答复、谁能看到名字"),
        ),
    ),
    "ways-six": _PUBLIC,
    "ways-six-crowded": replace(
        _PUBLIC,
        chrome=chrome(0, labels=COMPLAINT_STEPS, person=PERSON),
        notice=Panel(Tone.ATTENTION, "现在连不上中心，有些内容看不到", "看得到的是今天早上的内容。连上以后会自己更新。"),
        actions=(Button("primary", "回到首页", PrimaryPressed(), "home-outline"),),
    ),
    "ways-booking": _BOOKING,
    "ways-long-names": replace(
        _BOOKING,
        chrome=chrome(),
        title="您要评价哪一件事？",
        ways=tuple(
            Button(f"row-{key}", label, RowChosen(key), "file-document-outline", note)
            for key, label, note in (
                ("1", "困难残疾人生活补贴和重度残疾人护理补贴资格认定", "11月27日办结"),
                ("2", "城乡居民基本养老保险参保登记", "11月26日办结"),
                ("3", "生育服务登记", "10月12日办结"),
            )
        ),
    ),
    "ways-one-closed": replace(
        _COMPLAINT,
        chrome=chrome(),
        title="您要用什么证明是您？",
        ways=(
            Button("way-card", "放身份证", None, "card-account-details-outline", "读卡器没有接好，现在用不了"),
            _way("typed", "写姓名和电话", "keyboard-outline", "再定六位数字，以后凭它来看"),
        ),
    ),
    "ways-single": replace(_BOOKING, chrome=chrome(person=PERSON), title="您要做什么？", ways=_ACTS[:1]),
    "ways-long-notes": replace(_BOOKING, chrome=chrome(person=PERSON), title="您要做什么？", ways=_ACTS),
}
