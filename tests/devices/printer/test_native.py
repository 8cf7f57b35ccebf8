"""The printer's own characters, byte by byte."""

from __future__ import annotations

import pytest
from PIL import Image

from devices.printer.driver import open_printer
from devices.printer.job import job_bytes
from devices.printer.native import cells, encode, printable
from devices.printer.sample import SAMPLE
from devices.printer.simulator import PrinterSimulator
from devices.printer.target import parse_target
from kiosk.ports import PrintOutcome, PrintResult
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Row, Rows

SMALL = Document(
    document=DocumentKind.PROGRESS,
    issuer="中心",
    title="回执",
    number="0031",
    blocks=(
        Rows(rows=(Row(label="费用", value="¥5，二选一。", strong=True), Row(label="申请人", value="𠮷"))),
        Qr(text="HTTPS://A.CN/1"),
    ),
    foot=("完",),
)


def test_a_small_paper_is_exactly_these_bytes() -> None:
    double, single = b"\x1c!\x0c\x1d!\x11", b"\x1c!\x00\x1d!\x00"
    assert encode(SMALL, 80) == b"".join(
        (
            b"\x1b@\x1c&",
            b"\x1ba\x01\x1bE\x01" + "中心".encode("gbk") + b"\x1bE\x00\n\x1ba\x00",
            b"=" * 48 + b"\n\n",
            b"\x1ba\x01\x1bE\x01" + double + "回执".encode("gbk") + single + b"\x1bE\x00\n\x1ba\x00\n",
            b"\x1ba\x01\x1bE\x01" + double + b"0031" + single + b"\x1bE\x00\n\x1ba\x00",
            b"-" * 48 + b"\n",
            "费    用  ".encode("gbk") + b"\x1bE\x01" + "￥5，二选一。".encode("gbk") + b"\x1bE\x00\n",
            "申 请 人  〓\n".encode("gbk"),
            b"\x1ba\x01\n",
            b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x07\x1d(k\x03\x001E1\x1d(k\x11\x001P0HTTPS://A.CN/1\x1d(k\x03\x001Q0",
            b"\n\x1ba\x00",
            b"-" * 48 + b"\n",
            "完\n".encode("gbk"),
        )
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("¥12", "￥12"),
        ("￥。，", "￥。，"),
        ("𠮷野家", "〓野家"),
        ("😀", "〓"),
        ("一•二", "一·二"),
        ("\x1b@\x10\x04张\u200b三\x00", "@张三"),
        ("a\u3000b", "a\u3000b"),
    ],
)
def test_characters_become_what_gbk_has(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_chinese_takes_two_cells() -> None:
    assert cells("a中，￥") == 7


def test_the_job_ends_with_a_cut_of_its_own() -> None:
    assert job_bytes(SMALL, "native", 80).whole.endswith("完\n".encode("gbk") + b"\x1dVB\x00")
    # 58 mm printers without a cutter: the paper is fed past the tear bar.
    assert job_bytes(SMALL, "native", 58).whole.endswith(b"\x1bd\x04\x1dVB\x00")


@pytest.mark.parametrize("width", [80, 58])
def test_long_and_mixed_text_never_leaves_the_paper(tmp_path, width: int) -> None:
    long = "城乡居民养老保险参保登记，综合窗口 abc WXYZ 2026 1124 0031（原件）“本人页”" * 3
    document = SAMPLE.model_copy(
        update={
            "title": long,
            "number": long,
            "issuer": long,
            "blocks": (
                Heading(text=long),
                Rows(rows=(Row(label="统一社会信用代码和其他", value=long), Row(label="事项", value=long, strong=True))),
                Bullets(items=(long, f"{long}\n{long}"), tick=True),
                Paragraph(text=long, strong=True),
                Qr(text="A" * 120, caption=long),
            ),
            "foot": (long,),
        }
    )
    with PrinterSimulator(tmp_path, width_px={80: 576, 58: 384}[width]) as simulator:
        printer = open_printer(parse_target(simulator.target))
        assert printer.print(document, "native", width) == PrintOutcome(PrintResult.PRINTED)
        printer.close()

        # The simulator notes lines and pictures that leave the paper.
        assert simulator.faults == []


def test_values_stand_in_one_column_whatever_the_label(tmp_path) -> None:
    rows = Rows(rows=tuple(Row(label=label, value="田") for label in ("事项", "申请人", "证件号码", "No.", "QQ号")))
    with PrinterSimulator(tmp_path) as simulator:
        printer = open_printer(parse_target(simulator.target))
        printer.print(SMALL.model_copy(update={"blocks": (rows,), "foot": ()}), "native", 80)
        printer.close()
        paper = Image.open(simulator.receipts[0])

    # Ten cells of label and gap; then the value's 24 px, and nothing after it, on each of the last five lines.
    for line in range(5):
        top = paper.height - 30 * (5 - line)
        value = paper.crop((120, top, 144, top + 30))
        assert value.tobytes() == paper.crop((120, paper.height - 30, 144, paper.height)).tobytes()
        assert not all(value.get_flattened_data())
        assert all(paper.crop((144, top, 576, top + 30)).get_flattened_data())
