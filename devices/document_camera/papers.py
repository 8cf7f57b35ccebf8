"""Draws the papers that citizens bring, as flat pictures of invented people marked 样张. For demonstration and tests; no form here is official."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

#: Pixels per millimeter of a drawn paper: 203 dpi for sheets, 356 for cards, each more than the camera sees of it.
_SHEET_SCALE = 8
_CARD_SCALE = 14

_FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
_INK = (38, 38, 44)
_FORM_GREEN = (58, 92, 74)
_SEAL_RED = (206, 46, 44)

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist; the last digits of the number are crossed out so that it is nobody's."""

    name: str
    relative: str
    sex: str
    birth: str
    number: str
    address: str


def invent_person(seed: int) -> Person:
    """The same invented person for the same seed."""
    chance = random.Random(seed)
    surname = chance.choice("张王李赵刘陈杨孙周吴")
    given, sex = chance.choice([("桂兰", "女"), ("秀珍", "女"), ("玉梅", "女"), ("建国", "男"), ("德福", "男"), ("永强", "男")])
    year, month, day = chance.randint(1944, 1992), chance.randint(1, 12), chance.randint(1, 28)
    village = chance.choice(["万宝村", "向阳村", "柳树村", "河口村"])
    return Person(
        name=surname + given,
        relative=surname + chance.choice(["长河", "树林", "小军", "志远"]),
        sex=sex,
        birth=f"{year}年{month}月{day}日",
        number=f"230903{year}{month:02d}××××××",
        address=f"桃山区万宝河镇{village}{chance.choice('一二三四')}组{chance.randint(1, 90)}号",
    )


@lru_cache(maxsize=64)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / ("NotoSansSC_700Bold.ttf" if bold else "NotoSansSC_400Regular.ttf")), size)


class Sheet:
    """A paper being drawn: all lengths in millimeters from its top left corner."""

    def __init__(self, width: float, height: float, color: Color, scale: int = _SHEET_SCALE) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (round(width * scale), round(height * scale)), color)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, words: str, size: float, color: Color = _INK, bold: bool = False, anchor: str = "lm") -> None:
        """Words `size` mm high at (x, y); `anchor` as Pillow's (`lm`: left, middle)."""
        self.draw.text((x * self.scale, y * self.scale), words, color, _font(round(size * self.scale), bold), anchor)

    def fit(self, words: str, width: float, size: float) -> int:
        """How many of the words fit a line `width` mm long; a line never begins with a comma or a full stop."""
        font, end = _font(round(size * self.scale), False), len(words)
        while font.getlength(words[:end]) > width * self.scale:
            end -= 1
        while end < len(words) and words[end] in "，。、：":
            end += 1
        return end

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.3, color: Color = _INK) -> None:
        """A straight line `width` mm thick."""
        self.draw.line((x0 * self.scale, y0 * self.scale, x1 * self.scale, y1 * self.scale), color, max(1, round(width * self.scale)))

    def box(
        self, x: float, y: float, width: float, height: float, line: float = 0.3, color: Color = _INK, fill: Color | None = None
    ) -> None:
        """A rectangle with a frame `line` mm thick (0: none)."""
        box = (x * self.scale, y * self.scale, (x + width) * self.scale, (y + height) * self.scale)
        self.draw.rectangle(box, fill, color if line else None, round(line * self.scale))

    def table(self, x: float, y: float, columns: list[float], rows: int, pitch: float, color: Color = _FORM_GREEN) -> None:
        """A ruled table: column widths, number of rows and their height."""
        width = sum(columns)
        for row in range(rows + 1):
            self.line(x, y + row * pitch, x + width, y + row * pitch, 0.25, color)
        for left in [0.0, *(sum(columns[: i + 1]) for i in range(len(columns)))]:
            self.line(x + left, y, x + left, y + rows * pitch, 0.25, color)
        self.box(x, y, width, rows * pitch, 0.6, color)

    def seal(self, x: float, y: float, words: str, below: str = "", diameter: float = 38) -> None:
        """A round red seal around (x, y): words along the rim, a star, a line below."""
        size = round(diameter * self.scale * 1.1)
        layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        pen = ImageDraw.Draw(layer)
        middle, radius, red = size / 2, diameter * self.scale / 2, (*_SEAL_RED, 215)
        pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), None, red, round(diameter * self.scale * 0.03))
        high = round(diameter * self.scale * min(0.15, 1.5 / len(words)))
        spread = min(280.0, 30.0 * len(words))
        for i, char in enumerate(words):
            angle = -90 - spread / 2 + spread * i / max(1, len(words) - 1)
            tile = Image.new("RGBA", (high * 2, high * 2), (0, 0, 0, 0))
            ImageDraw.Draw(tile).text((high, high), char, red, _font(high, True), "mm")
            tile = tile.rotate(-(angle + 90), Image.Resampling.BICUBIC)
            ring = radius * 0.80
            left = round(middle + ring * math.cos(math.radians(angle)) - high)
            layer.alpha_composite(tile, (left, round(middle + ring * math.sin(math.radians(angle)) - high)))
        star = [
            (middle + r * math.sin(math.pi * k / 5), middle - r * math.cos(math.pi * k / 5))
            for k in range(10)
            for r in [radius * (0.3 if k % 2 == 0 else 0.115)]
        ]
        pen.polygon(star, red)
        if below:
            pen.text((middle, middle + radius * 0.52), below, red, _font(round(high * 0.75), True), "mm")
        layer = layer.rotate(7, Image.Resampling.BICUBIC)
        self.image.paste(layer, (round(x * self.scale - middle), round(y * self.scale - middle)), layer)

    def portrait(self, x: float, y: float, width: float, height: float, ground: Color = (214, 226, 236)) -> None:
        """A head and shoulders that are nobody's."""
        self.box(x, y, width, height, 0, fill=ground)
        pixel = [round(v * self.scale) for v in (x, y, width, height)]
        tile = Image.new("RGB", (pixel[2], pixel[3]), ground)
        pen = ImageDraw.Draw(tile)
        w, h = pixel[2], pixel[3]
        pen.ellipse((w * 0.08, h * 0.66, w * 0.92, h * 1.5), (70, 78, 96))
        pen.rectangle((w * 0.42, h * 0.52, w * 0.58, h * 0.74), (205, 166, 140))
        pen.ellipse((w * 0.27, h * 0.12, w * 0.73, h * 0.62), (52, 46, 44))
        pen.ellipse((w * 0.30, h * 0.20, w * 0.70, h * 0.64), (222, 184, 158))
        self.image.paste(tile, (pixel[0], pixel[1]))

    def mark_sample(self) -> None:
        """样张 across the paper, pale, so that nobody takes it for a document."""
        size = round(min(self.width, self.height) * self.scale * 0.3)
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        center = (self.image.width / 2, self.image.height / 2)
        ImageDraw.Draw(layer).text(center, "样张", (150, 70, 70, 46), _font(size, True), "mm")
        layer = layer.rotate(18, Image.Resampling.BICUBIC)
        self.image.paste(layer, (0, 0), layer)


def _register_cover(seed: int) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(143, 105, (244, 240, 226))
    sheet.text(71.5, 12, "居 民 户 口 簿", 7, _FORM_GREEN, True, "mm")
    sheet.table(10, 24, [24, 42, 20, 37], 2, 13)
    sheet.table(10, 50, [24, 99], 1, 16)
    cells = [("户别", "家庭户", "户主姓名", person.relative), ("户号", "0102××××", "登记日期", "2019年6月3日")]
    for row, (a, b, c, d) in enumerate(cells):
        y = 30.5 + row * 13
        sheet.text(22, y, a, 4, _FORM_GREEN, anchor="mm")
        sheet.text(37, y, b, 4.4)
        sheet.text(86, y, c, 4, _FORM_GREEN, anchor="mm")
        sheet.text(98, y, d, 4.2)
    sheet.text(22, 58, "住址", 4, _FORM_GREEN, anchor="mm")
    sheet.text(37, 58, person.address, 4.6)
    sheet.text(12, 78, "省级公安机关", 3.6, _FORM_GREEN)
    sheet.text(12, 85, "户口专用章", 3.6, _FORM_GREEN)
    sheet.text(78, 78, "户口登记机关", 3.6, _FORM_GREEN)
    sheet.text(78, 85, "户口专用章", 3.6, _FORM_GREEN)
    sheet.seal(52, 83, "样张省公安厅", "户口专用章", 27)
    sheet.seal(118, 83, "样张派出所", "户口专用章", 27)
    return sheet


def _register_person(seed: int) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(143, 105, (243, 240, 228))
    sheet.text(71.5, 9, "常 住 人 口 登 记 卡", 5.6, _FORM_GREEN, True, "mm")
    rows = [
        ("姓名", person.name, "户主或与户主关系", "妻" if person.sex == "女" else "子"),
        ("曾用名", "", "性别", person.sex),
        ("出生地", "桃山区", "民族", "汉族"),
        ("籍贯", "桃山区", "出生日期", person.birth),
        ("公民身份号码", person.number, "身高", "163厘米"),
        ("文化程度", "初中", "婚姻状况", "已婚"),
        ("服务处所", person.address[:9], "职业", "粮农"),
    ]
    pitch = 9.6
    sheet.table(8, 16, [25, 44, 28, 30], len(rows), pitch)
    for i, (a, b, c, d) in enumerate(rows):
        y = 16 + pitch * (i + 0.5)
        sheet.text(20.5, y, a, 3.3 if len(a) < 6 else 2.9, _FORM_GREEN, anchor="mm")
        sheet.text(35, y, b, 3.8)
        sheet.text(91, y, c, 3.3 if len(c) < 6 else 2.7, _FORM_GREEN, anchor="mm")
        sheet.text(107, y, d, 3.6)
    sheet.text(9, 90, "承办人签章：", 3.3, _FORM_GREEN)
    sheet.text(72, 96, "登记日期：2019年6月3日", 3.3, _FORM_GREEN)
    sheet.seal(40, 90, "样张派出所", "户口专用章", 24)
    return sheet


def _id_card_copy(seed: int) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(210, 297, (250, 250, 248))
    for top in (52, 152):
        card = (62 * sheet.scale, top * sheet.scale, 148 * sheet.scale, (top + 54) * sheet.scale)
        sheet.draw.rounded_rectangle(card, 3 * sheet.scale, (228, 231, 232), (120, 124, 128), 3)
    gray, label = (60, 62, 66), (118, 122, 128)
    rows = [("姓名", person.name), ("性别", f"{person.sex}　民族　汉"), ("出生", person.birth), ("住址", person.address[:10])]
    for i, (a, b) in enumerate(rows):
        sheet.text(67, 61 + i * 8, a, 2.9, label)
        sheet.text(77, 61 + i * 8, b, 3.4, gray)
    sheet.text(77, 91, person.address[10:], 3.4, gray)
    sheet.text(67, 101, "公民身份号码", 2.9, label)
    sheet.text(88, 101, person.number, 3.8, gray, True)
    sheet.portrait(120, 58, 23, 30, (205, 206, 208))
    sheet.text(117, 168, "居民身份证（样张）", 5.4, gray, True, "mm")
    sheet.draw.ellipse((68 * sheet.scale, 160 * sheet.scale, 86 * sheet.scale, 178 * sheet.scale), None, (110, 112, 116), 8)
    sheet.text(78, 192, "签发机关", 2.9, label)
    sheet.text(96, 192, "样张市公安局桃山分局", 3.3, gray)
    sheet.text(78, 199, "有效期限", 2.9, label)
    sheet.text(96, 199, "2016.05.12 - 长期", 3.3, gray)
    sheet.text(105, 232, "此复印件仅用于办理政务服务事项", 5, (70, 70, 76), anchor="mm")
    sheet.text(140, 262, f"申请人：{person.name}", 5, (40, 48, 110))
    return sheet


def _application_letter(seed: int) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(210, 297, (249, 248, 243))
    sheet.text(105, 34, "申　请　书", 10, bold=True, anchor="mm")
    body = (
        f"万宝河镇人民政府：本人{person.name}，{person.sex}，{person.birth}出生，身份证号{person.number}，"
        f"现住{person.address}。因本人年老多病，无稳定收入，家中承包地无力耕种，生活困难，现申请办理最低生活保障。"
        f"家庭成员共三人，{person.relative}常年患病，需要照料。以上情况属实，如有不实，本人愿意承担相应责任。恳请镇政府给予审批。"
    )
    first, rest = body.split("：", 1)
    sheet.text(24, 58, first + "：", 6)
    words, y = "　　" + rest, 72.0
    while words:
        end = sheet.fit(words, 162, 6)
        sheet.text(24, y, words[:end], 6)
        words, y = words[end:], y + 13
    sheet.text(130, y + 16, f"申请人：{person.name}", 6, (34, 44, 120))
    sheet.text(130, y + 30, "2026年11月24日", 6)
    sheet.text(24, y + 52, "村民委员会意见：", 6)
    sheet.text(40, y + 66, "情况属实，同意上报。", 6, (34, 44, 120))
    sheet.seal(150, y + 66, person.address[7:10] + "民委员会样张", "", 40)
    return sheet


def _marriage_certificate(seed: int) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(176, 125, (246, 238, 232))
    pink = (190, 120, 118)
    sheet.line(88, 0, 88, 125, 0.5, (206, 190, 184))
    for x in (6.0, 94.0):
        sheet.box(x, 7, 76, 111, 0.5, pink)
        sheet.box(x + 1.6, 8.6, 72.8, 107.8, 0.2, pink)
    sheet.portrait(20, 20, 48, 34, (196, 58, 56))
    sheet.text(12, 66, f"持证人　{person.name}", 4.2)
    sheet.text(12, 77, "登记日期　1988年10月1日", 4.2)
    sheet.text(12, 88, "结婚证字号　J230903-××××", 3.8)
    sheet.text(12, 99, "备注", 4.2)
    for i, (name, sex) in enumerate([(person.name, person.sex), (person.relative, "男" if person.sex == "女" else "女")]):
        top = 22 + i * 46
        for j, row in enumerate(
            (f"姓名　{name}　　性别　{sex}", "国籍　中国", f"出生日期　{person.birth}", f"身份证件号　{person.number[:12]}")
        ):
            sheet.text(100, top + j * 9.5, row, 4.0)
    sheet.seal(58, 100, "样张市民政局", "婚姻登记专用章", 30)
    return sheet


def _card(title: str, top: Color, bottom: Color, seed: int, chip: bool) -> Sheet:
    person = invent_person(seed)
    sheet = Sheet(85.6, 54, top, _CARD_SCALE)
    for row in range(sheet.image.height):
        share = row / sheet.image.height
        color = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        sheet.draw.line((0, row, sheet.image.width, row), color)
    white = (246, 248, 250)
    for i in range(7):
        faint = tuple(min(255, c + 14) for c in bottom)
        sheet.draw.arc((40 * sheet.scale + i * 100, 20 * sheet.scale - i * 50, 120 * sheet.scale, 90 * sheet.scale), 150, 290, faint, 10)
    sheet.text(6, 8, title, 5.2, white, True)
    if chip:
        sheet.draw.rounded_rectangle(
            (8 * sheet.scale, 19 * sheet.scale, 20 * sheet.scale, 28 * sheet.scale), 10, (222, 190, 110), (150, 122, 60), 3
        )
        sheet.line(8, 23.5, 20, 23.5, 0.25, (150, 122, 60))
        sheet.line(14, 19, 14, 28, 0.25, (150, 122, 60))
        sheet.text(8, 36, "6231 00×× ×××× 0000", 5.6, white, True)
        sheet.text(8, 47, f"{person.name}　样张", 4.2, white)
    else:
        sheet.portrait(62, 12, 18, 24)
        for i, words in enumerate((f"姓名　{person.name}", f"性别　{person.sex}", person.number, "样张市残疾人联合会")):
            sheet.text(6, 19 + i * 8.4, words, 4.0, white)
    return sheet


def _bank_card(seed: int) -> Sheet:
    return _card("样张农村商业银行", (26, 96, 84), (12, 54, 58), seed, True)


def _social_security_card(seed: int) -> Sheet:
    return _card("社会保障卡（样张）", (66, 126, 176), (34, 84, 140), seed, True)


def _disability_certificate(seed: int) -> Sheet:
    return _card("残疾人证（样张）", (176, 60, 58), (126, 30, 36), seed, False)


#: Name of a paper → who draws it. The names are file names and what the bench and the tests call.
PAPERS: dict[str, Callable[[int], Sheet]] = {
    "register-cover": _register_cover,
    "register-person": _register_person,
    "id-card-copy": _id_card_copy,
    "application-letter": _application_letter,
    "marriage-certificate": _marriage_certificate,
    "social-security-card": _social_security_card,
    "bank-card": _bank_card,
    "disability-certificate": _disability_certificate,
}


def draw_paper(name: str, seed: int = 1) -> tuple[Image.Image, float]:
    """The flat picture and its pixels a millimeter of a paper, 203 dpi (cards 356). Raises KeyError for a name not in PAPERS."""
    sheet = PAPERS[name](seed)
    sheet.mark_sample()
    return sheet.image, sheet.scale
