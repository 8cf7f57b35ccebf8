"""Content of what is printed: receipts, guides, notices, progress slips. No printer bytes and no fonts: the terminal prints it, the center makes PDF of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Block(BaseModel):
    # A paper is about somebody, as a message is (see `base.Message`).
    model_config = ConfigDict(extra="forbid", frozen=True, cache_strings="none")


class Heading(_Block):
    """A heading inside the document (32–36 px bold on 80 mm paper)."""

    kind: Literal["heading"] = "heading"
    text: str


class Paragraph(_Block):
    """Running text; `strong` is bold."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    strong: bool = False


class Row(_Block):
    """One line of two columns: label left (justified to four characters), value right."""

    label: str
    value: str
    strong: bool = False


class Rows(_Block):
    """Two aligned columns."""

    kind: Literal["rows"] = "rows"
    rows: tuple[Row, ...]


class Bullets(_Block):
    """A list; `tick` draws a box that can be ticked at home."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[str, ...]
    tick: bool = False


class Qr(_Block):
    """A QR code with its caption. `text` is what the code holds."""

    kind: Literal["qr"] = "qr"
    text: str
    caption: str = ""


class Rule(_Block):
    """A thin line across."""

    kind: Literal["rule"] = "rule"


Block = Annotated[Heading | Paragraph | Rows | Bullets | Qr | Rule, Field(discriminator="kind")]


class DocumentKind(StrEnum):
    """Which paper this is."""

    FILING_RECEIPT = "filing_receipt"
    SUPPLEMENT_RECEIPT = "supplement_receipt"
    COMPLAINT_RECEIPT = "complaint_receipt"
    COMPLAINT = "complaint"
    BOOKING = "booking"
    NOTICE = "notice"
    GUIDE = "guide"
    PROGRESS = "progress"
    SAMPLE = "sample"
    ISSUED = "issued"


class Document(_Block):
    """One paper. `issuer` and `issuer_line` make the head beside the mark 印; `foot` is the small print, a line each."""

    document: DocumentKind
    issuer: str = Field(description="The center's name.")
    issuer_line: str = ""
    title: str
    subtitle: str = Field(default="", description="A line under the title, e.g. 不是受理通知书.")
    number_label: str = ""
    number: str = ""
    blocks: tuple[Block, ...] = ()
    foot: tuple[str, ...] = ()
    seal: str = Field(default="", description="Which seal goes on it; empty: none.")
    band: str = Field(default="", description="示例 or 补打: printed inverted across the top.")
