"""The drawn paper: sizes, edges, and characters that the font lacks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from devices.printer.job import job_bytes, raster_fragments
from devices.printer.measures import MEASURES, module_px, qr_code
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.typeface import drawable
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Row, Rows


def document(*blocks: object, **parts: object) -> Document:
    return Document.model_validate(
        {"document": DocumentKind.GUIDE, "issuer": "万宝河镇政务服务中心", "title": "告知单", "blocks": blocks} | parts
    )


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(("width", "pixels"), [(80, 576), (58, 384)])
def test_paper_is_one_bit_and_as_wide_as_the_head(width: int, pixels: int) -> None:
    picture = render(SAMPLE, width)

    assert (picture.mode, picture.width) == ("1", pixels)


def test_the_sample_has_the_designs_head() -> None:
    picture = render(SAMPLE.model_copy(update={"band": "", "subtitle": ""}))

    # The mark's frame: 84 px at (24, 32), 6 px thick; the rule: 6 px at y 140, from margin to margin.
    assert ink(picture.crop((0, 0, 118, 139))) == (24, 32, 108, 116)
    assert not any(picture.crop((24, 32, 108, 38)).get_flattened_data())
    assert not any(picture.crop((24, 140, 552, 146)).get_flattened_data())
    assert all(picture.crop((0, 146, 576, 150)).get_flattened_data())
    # The number ends at the rule at y 364.
    assert not any(picture.crop((24, 364, 552, 366)).get_flattened_data())
    assert ink(picture)[0] == 24
    assert ink(picture)[2] == 552


def test_the_band_is_inverted_from_edge_to_edge() -> None:
    picture = render(SAMPLE)

    strip = picture.crop((0, 0, 576, 64))
    pixels = list(strip.get_flattened_data())
    assert strip.getpixel((0, 0)) == strip.getpixel((575, 63)) == 0
    assert 0 < sum(1 for pixel in pixels if pixel) < len(pixels) / 8


def test_a_code_has_whole_pixels_and_its_quiet_zone() -> None:
    text = "OS1RWBH 20261124-0031   " + "A" * 96
    picture = render(document(Heading(text="上"), Qr(text=text, caption="下")))

    side = 37 * 6
    left = (576 - side) // 2
    columns = picture.crop((left, 0, left + side, picture.height))
    code = qr_code(text)
    assert str(code.version) == "5"
    assert code.error == "M"
    expected = Image.frombytes("L", (37, 37), bytes(0 if dark else 255 for row in code.matrix for dark in row))
    wanted = expected.resize((side, side), Image.Resampling.NEAREST).convert("1", dither=Image.Dither.NONE).tobytes()
    tops = [y for y in range(picture.height - side) if columns.crop((0, y, side, y + side)).tobytes() == wanted]
    assert len(tops) == 1
    quiet = picture.crop((left - 24, tops[0] - 24, left + side + 24, tops[0] + side + 24))
    assert ink(quiet) == (24, 24, 24 + side, 24 + side)


@pytest.mark.parametrize(("length", "wide", "narrow"), [(26, 7, 5), (80, 6, 5), (120, 6, 5), (800, 5, 3)])
def test_modules_are_as_wide_as_the_design_says_or_the_paper_allows(length: int, wide: int, narrow: int) -> None:
    code = qr_code("A" * length)

    assert module_px(code, MEASURES[80]) == wide
    assert module_px(code, MEASURES[58]) == narrow


def test_a_character_the_font_lacks_is_seen_to_be_missing() -> None:
    assert drawable("𠮷㛃䶮") == "〓㛃䶮"


def test_control_characters_are_not_drawn() -> None:
    assert drawable("张\x1b@\x10三\u200b") == "张@三"


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([58, 80]),
    st.text(st.sampled_from("城乡居民养老保险参保登记（）“”，。、WMxi0123456789 ¥"), min_size=1, max_size=80),
)
def test_long_text_wraps_and_never_leaves_the_margins(width: int, text: str) -> None:
    picture = render(
        document(
            Heading(text=text),
            Rows(rows=(Row(label=text[:9], value=text, strong=True), Row(label="事项", value=text))),
            Bullets(items=(text, f"{text}\n{text}"), tick=True),
            Bullets(items=(text,)),
            Paragraph(text=text),
            Qr(text="A", caption=text),
            issuer=text,
            issuer_line=text,
            title=text,
            subtitle=text,
            number=text,
            foot=(text,),
        ),
        width,
    )

    left, _, right, _ = ink(picture)
    # A letter may lean a pixel or two out of its box.
    assert left >= MEASURES[width].margin - 2
    assert right <= picture.width - MEASURES[width].margin + 2


def test_fragments_carry_every_row_once_and_fit_a_cheap_buffer() -> None:
    picture = render(SAMPLE)

    fragments = raster_fragments(picture)

    assert sum(int.from_bytes(fragment[6:8], "little") for fragment in fragments) == picture.height
    assert all(2 * len(fragment) < 4096 for fragment in fragments)
    # White is not sent: 104 KB of pixels.
    assert len(job_bytes(SAMPLE, "raster", 80).whole) < 60_000
