"""Plots as SVG drawn here, with no script and no inline style: columns, bars, bars against a limit.

Colors come by class from the console's tokens, with a pattern and a label beside every color, and each plot carries its numbers as a table too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

#: Series in their order: the plain one, attention, quiet, good. The class colors it (console.css), the pattern tells it without color.
STYLES = ("plain", "attention", "quiet", "good")

_CHARACTER = 14.0
_LEFT_TICKS = 40.0
_MOST_LABEL = 210.0


@dataclass(frozen=True)
class Plot:
    """A drawing with its title and its numbers. `header` and `rows` are the same in a table. `empty`: there is nothing to draw."""

    title: str
    svg: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: bool = False


@dataclass(frozen=True)
class Series:
    """One row of numbers with its name and its style."""

    name: str
    values: tuple[float, ...]
    style: str = "plain"


def width_of(text: str, size: float = _CHARACTER) -> float:
    """About how wide `text` is drawn: a Chinese character is as wide as it is high, a Latin one a little more than half."""
    return sum(size if ord(character) > 0x2E7F else size * 0.56 for character in text)


def shortened(text: str, width: float) -> str:
    """`text`, or as much of it as fits with a …"""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - _CHARACTER:
        text = text[:-1]
    return f"{text}…"


def _label_width(labels: Sequence[str]) -> float:
    """Room for the longest label, within reason."""
    return min(_MOST_LABEL, max((width_of(label) for label in labels), default=0) + 26)


def ceiling(value: float) -> int:
    """A round number not under `value`, that divides into a few even steps."""
    step = 1
    while True:
        for factor in (1, 2, 3, 4, 5, 6, 8):
            if value <= step * factor * 4:
                return step * factor * 4
        step *= 10


def _number(value: float) -> str:
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def _text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(words)}</text>'


def _bar(prefix: str, style: str, x: float, y: float, width: float, height: float, told: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"'
    pattern = "" if style == "plain" else f'<rect {place} fill="url(#{prefix}-{style})"/>'
    return f'<g><title>{escape(told)}</title><rect {place} class="fill-{style}"/>{pattern}</g>'


_MARKS = {
    "attention": '<path d="M0 8 8 0M-2 2 2-2M6 10 10 6" class="mark-attention"/>',
    "quiet": '<circle cx="2" cy="2" r="1.2" class="mark-quiet"/><circle cx="6" cy="6" r="1.2" class="mark-quiet"/>',
    "good": '<path d="M0 4H8" class="mark-good"/>',
}


def _definitions(prefix: str, styles: Sequence[str]) -> str:
    wanted = dict.fromkeys(style for style in styles if style in _MARKS)
    patterns = "".join(
        f'<pattern id="{prefix}-{style}" width="8" height="8" patternUnits="userSpaceOnUse">{_MARKS[style]}</pattern>' for style in wanted
    )
    return f"<defs>{patterns}</defs>" if patterns else ""


def _legend(prefix: str, series: Sequence[Series], x: float, y: float) -> str:
    drawn = ""
    for each in series:
        drawn += _bar(prefix, each.style, x, y - 11, 14, 14, each.name) + _text(x + 20, y, each.name)
        x += 20 + width_of(each.name) + 24
    return drawn


def _svg(prefix: str, title: str, width: float, height: float, body: str, styles: Sequence[str]) -> Markup:
    return Markup(
        f'<svg class="plot" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="{prefix}-title">'
        f'<title id="{prefix}-title">{escape(title)}</title>{_definitions(prefix, styles)}{body}</svg>'
    )


def _runs(shaded: Sequence[bool]) -> list[tuple[int, int]]:
    """Where each stretch of shaded places begins and how long it is: one ground for a weekend, without a seam."""
    found: list[tuple[int, int]] = []
    for n, dark in enumerate(shaded):
        if dark and found and sum(found[-1]) == n:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((n, 1))
    return found


def columns(
    prefix: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    width: float = 547,
    height: float = 240,
    shaded: Sequence[bool] = (),
    every: int = 1,
    legend: str = "",
) -> Plot:
    """Columns side by side, series on top of each other; `shaded` places have a darker ground, which `legend` explains; each `every`th has its label."""
    several = len(series) > 1 or bool(legend)
    top, bottom = (38.0 if several else 16.0), 28.0
    totals = [sum(each.values[n] for each in series) for n in range(len(labels))]
    highest = ceiling(max(totals, default=0))
    plot_height, step = height - top - bottom, (width - _LEFT_TICKS) / max(1, len(labels))
    body = ""
    for first, count in _runs(shaded):
        body += f'<rect x="{_LEFT_TICKS + first * step:.1f}" y="{top}" width="{count * step:.1f}" height="{plot_height}" class="rest"/>'
    for quarter in range(5):
        y = top + plot_height * (1 - quarter / 4)
        body += f'<line x1="{_LEFT_TICKS}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" class="{"axis" if quarter == 0 else "grid"}"/>'
        body += _text(_LEFT_TICKS - 8, y + 5, _number(highest * quarter / 4), "end")
    for n, label in enumerate(labels):
        x, base = _LEFT_TICKS + n * step, top + plot_height
        for each in series:
            tall = plot_height * each.values[n] / highest
            if tall:
                base -= tall
                told = f"{label} {each.name} {_number(each.values[n])}"
                body += _bar(prefix, each.style, x + step * 0.16, base, step * 0.68, tall, told)
        if totals[n] and step >= 16:
            body += _text(x + step / 2, base - 4, _number(totals[n]), "middle", "value")
        if (len(labels) - 1 - n) % every == 0:
            body += _text(x + step / 2, height - 8, label, "middle")
    if several:
        body += _legend(prefix, series, _LEFT_TICKS, 14) if len(series) > 1 else ""
        if legend:
            x = width - 20 - width_of(legend)
            body += f'<rect x="{x:.1f}" y="3" width="14" height="14" class="rest edge"/>' + _text(x + 20, 14, legend)
    rows = tuple((label, *(_number(each.values[n]) for each in series)) for n, label in enumerate(labels))
    svg = _svg(prefix, title, width, height, body, [each.style for each in series])
    return Plot(title, svg, ("", *(each.name for each in series)), rows, not any(totals))


def bars(prefix: str, title: str, labels: Sequence[str], series: Sequence[Series], *, width: float = 547) -> Plot:
    """Lying bars, a line for each label, series one after the other, the sum at the end."""
    label_width = _label_width(labels)
    row, top = 32.0, (30.0 if len(series) > 1 else 4.0)
    height = top + row * max(1, len(labels)) + 4
    totals = [sum(each.values[n] for each in series) for n in range(len(labels))]
    highest, room = max([*totals, 1]), width - label_width - 44
    body = _legend(prefix, series, label_width, 14) if len(series) > 1 else ""
    body += f'<line x1="{label_width}" x2="{label_width}" y1="{top}" y2="{height - 4}" class="axis"/>'
    for n, label in enumerate(labels):
        y, x = top + n * row, label_width
        body += f"<g><title>{escape(label)}</title>{_text(label_width - 10, y + 21, shortened(label, label_width - 14), 'end')}</g>"
        for each in series:
            long = room * each.values[n] / highest
            if long:
                body += _bar(prefix, each.style, x, y + 6, long, row - 12, f"{label} {each.name} {_number(each.values[n])}")
                x += long
        body += _text(x + 8, y + 21, _number(totals[n]), kind="value")
    rows = tuple((label, *(_number(each.values[n]) for each in series)) for n, label in enumerate(labels))
    svg = _svg(prefix, title, width, height, body, [each.style for each in series])
    return Plot(title, svg, ("", *(each.name for each in series)), rows, not any(totals))


@dataclass(frozen=True)
class Measured:
    """A value against its limit; `limit` None: no source gives one. `words` stand in the table."""

    label: str
    value: float
    limit: float | None
    words: str


def against_limits(prefix: str, title: str, measured: Sequence[Measured], *, width: float = 547) -> Plot:
    """Lying bars, each with a mark where its limit ends; past the limit a bar is marked for attention."""
    label_width = _label_width([each.label for each in measured])
    row, top = 36.0, 30.0
    height = top + row * max(1, len(measured)) + 4
    highest = max([1.0, *(each.value for each in measured), *(each.limit or 0 for each in measured)])
    room = width - label_width - 60
    body = _bar(prefix, "plain", label_width, 3, 14, 14, "平均用时") + _text(label_width + 20, 14, "平均用时")
    x = label_width + 110
    body += f'<line x1="{x}" x2="{x}" y1="1" y2="19" class="limit"/>' + _text(x + 10, 14, "承诺时限")
    body += f'<line x1="{label_width}" x2="{label_width}" y1="{top}" y2="{height - 4}" class="axis"/>'
    for n, each in enumerate(measured):
        y, long = top + n * row, room * each.value / highest
        style = "attention" if each.limit is not None and each.value > each.limit else "plain"
        body += f"<g><title>{escape(each.label)}</title>"
        body += _text(label_width - 10, y + 23, shortened(each.label, label_width - 14), "end") + "</g>"
        body += _bar(prefix, style, label_width, y + 9, max(long, 2), row - 18, f"{each.label}：{each.words}")
        end = label_width + long
        if each.limit is not None:
            mark = label_width + room * each.limit / highest
            body += f'<line x1="{mark:.1f}" x2="{mark:.1f}" y1="{y + 4:.1f}" y2="{y + row - 4:.1f}" class="limit"/>'
            # The number stands where the mark does not cross it.
            end = mark if 0 <= mark - end < 46 else end
        body += _text(end + 8, y + 23, f"{_number(round(each.value, 1))} 天", kind="value")
    rows = tuple((each.label, each.words) for each in measured)
    return Plot(title, _svg(prefix, title, width, height, body, ["attention"]), ("事项", "用时"), rows, not measured)
