"""A filing receipt of an invented person, to try a printer with."""

from __future__ import annotations

from kiosk.wire.documents import Document, DocumentKind, Heading, Paragraph, Qr, Row, Rows, Rule

#: Same length and alphabet as a signed code (kiosk.wire.codes), but signed by nobody, so every terminal refuses it.
_CODE = "OS1R" + "DEMO" + "20261124-0031   " + ("SAMPLE-UNSIGNED-" * 6)

SAMPLE = Document(
    document=DocumentKind.SAMPLE,
    issuer="万宝河镇政务服务中心",
    issuer_line="24小时自助终端·一印通",
    title="提交回执",
    subtitle="本回执不是受理通知书",
    number_label="办件编号",
    number="2026 1124 0031",
    blocks=(
        Rows(
            rows=(
                Row(label="事项", value="城乡居民养老保险参保登记", strong=True),
                Row(label="申请人", value="张秀兰"),
                Row(label="证件号码", value="230903********1234"),
                Row(label="提交时间", value="2026-11-24 10:31"),
                Row(label="已收材料", value="身份证、户口簿 2 页、社会保障卡 1 页"),
                Row(label="承诺时限", value="受理后 3 个工作日", strong=True),
                Row(label="收费", value="不收费"),
            )
        ),
        Rule(),
        Qr(text=_CODE, caption="在本终端扫码看进度，放身份证看详情"),
        Rule(),
        Heading(text="接下来"),
        Paragraph(
            text="窗口工作人员核对材料后受理；可凭回执上的二维码或身份证在自助终端查看进度。是否受理、哪天受理，以窗口出具的通知为准。"
        ),
    ),
    foot=("人工窗口：周一至周五 8:30–17:00", "终端 DEMO-01　第 1 次打印"),
    band="示例",
)
