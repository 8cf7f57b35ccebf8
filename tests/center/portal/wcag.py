"""What a machine can check of WCAG 2.1 AA on a page that a real browser shows: `wcag.js` at rest, and here what needs keys or another window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_AT_REST = (Path(__file__).parent / "wcag.js").read_text("utf-8")

#: What reaches out of the window sideways, or is cut off by something that does not scroll.
_TOO_WIDE = """() => {
  const root = document.documentElement, wide = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth} of ${root.clientWidth}`] : [];
  for (const each of document.querySelectorAll("body *")) {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    if (!each.checkVisibility({visibilityProperty: true}) || box.width <= 1 || box.right <= 0) continue;
    const name = `<${each.localName}> ${each.textContent.trim().slice(0, 20)}`;
    if (box.right > root.clientWidth + 1) wide.push(`outside ${name}`);
    const across = style.overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1;
    const down = style.overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1;
    if ((across || down) && !each.matches("input")) wide.push(`cut off ${name}`);
  }
  return wide;
}"""
#: WCAG 1.4.12: the spacing that a reader may set. Through the object model, which a content policy leaves alone.
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
    "p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
#: What has the focus, where it stands in the page, and what is drawn around it.
_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const places = [...document.querySelectorAll("*")];
  return {
    name: `<${at.localName}> ${at.textContent.trim().slice(0, 20)}`, place: places.indexOf(at),
    drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/, 0\\)$/.test(style.outlineColor),
    inside: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
}"""
_REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled && each.tabIndex >= 0).length"""


def at_rest(page: Any) -> list[str]:
    """The faults of the page as it stands: contrast, structure, names, labels, targets."""
    found: list[str] = page.evaluate(_AT_REST)
    return found


def too_wide(page: Any, width: int, height: int) -> list[str]:
    """What is not to be read without scrolling sideways in a window of this size."""
    page.set_viewport_size({"width": width, "height": height})
    found: list[str] = page.evaluate(_TOO_WIDE)
    return [f"at {width}: {each}" for each in found]


def spaced(page: Any) -> list[str]:
    """What is cut off or reaches out when the reader sets wider spacing (WCAG 1.4.12). The spacing stays."""
    page.evaluate(_SPACED)
    found: list[str] = page.evaluate(_TOO_WIDE)
    return [f"spaced: {each}" for each in found]


def by_keyboard(page: Any) -> list[str]:
    """Walk the page with the Tab key: everything is reached, in the page's order, in sight, with something drawn around it."""
    wanted, last, faults = page.evaluate(_REACHABLE), -1, []
    for reached in range(wanted):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUSED)
        if at is None:
            return [*faults, f"keyboard: only {reached} of {wanted} reached"]
        if at["place"] <= last:
            return [*faults, f"keyboard: out of order or caught at {at['name']}"]
        last = at["place"]
        if not at["drawn"]:
            faults.append(f"focus: nothing drawn around {at['name']}")
        if not at["inside"]:
            faults.append(f"focus: out of sight at {at['name']}")
    return faults
