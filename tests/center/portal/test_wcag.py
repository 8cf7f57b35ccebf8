"""The checker itself: a page without a fault has none, and each planted fault is found by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.center.chromium import chromium
from tests.center.portal.wcag import at_rest, by_keyboard, spaced, too_wide

_STYLE = """* { box-sizing: border-box } body { color: #222; background: #fff; font: 18px/1.5 sans-serif; overflow-wrap: anywhere }
a { color: #17498A } nav a, button { display: inline-block; min-height: 44px } input { min-height: 44px; border: 2px solid #666 }
:focus-visible { outline: 3px solid #17498A }"""
_BODY = """<header><nav aria-label="甲"><a href="#main">去正文</a></nav></header><main id="main"><h1>标题</h1><h2>小标题</h2>
<p>一段话，里面有<a href="/x">一个链接</a>。</p><label for="q">名称</label><input id="q"><button>查找</button><img src="data:," alt=""></main>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    made = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield made
    made.close()


def _show(page: Any, body: str, style: str = "", root: str = ' lang="zh-CN"', title: str = "一页") -> Any:
    page.set_content(
        f"<!doctype html><html{root}><head><title>{title}</title><style>{_STYLE}{style}</style></head><body>{body}</body></html>"
    )
    return page


def test_a_page_without_a_fault_has_none(page: Any) -> None:
    _show(page, _BODY)
    assert at_rest(page) == []
    assert by_keyboard(page) == []
    assert too_wide(page, 320, 568) == []
    assert spaced(page) == []


@pytest.mark.parametrize(
    ("rule", "planted", "style"),
    [
        ("contrast", "<p class='pale'>看不清</p>", ".pale { color: #999 }"),
        ("contrast", "<p class='pale'>看不清</p>", ".pale { opacity: .5 }"),
        ("contrast", "<div class='dark'><p>看不清</p></div>", ".dark { background: rgba(0, 0, 0, .7) }"),
        ("contrast", "<p class='pale'>大字也看不清</p>", ".pale { color: #999; font-size: 30px }"),
        ("contrast", "<input aria-label='名' placeholder='提示'>", "::placeholder { color: #aaa }"),
        ("contrast unknown", "<p class='drawn'>看不清</p>", ".drawn { background: linear-gradient(#fff, #000) }"),
        ("edge contrast", "<input class='bare' aria-label='名'>", ".bare { border-color: #ddd }"),
        ("h1", "<h1>又一个</h1>", ""),
        ("heading order", "<h4>跳级</h4>", ""),
        ("main", "<main></main>", ""),
        ("nav names", "<nav></nav>", ""),
        ("id twice", "<p id='q'>重了</p>", ""),
        ("leads nowhere", "<p aria-describedby='none'>一段</p>", ""),
        ("leads nowhere", "<p>一段<a href='#none'>链接</a></p>", ""),
        ("list", "<ul><p>不是列表项</p></ul>", ""),
        ("table without headings", "<table><tr><td>格</td></tr></table>", ""),
        ("alt", "<img src='data:,'>", ""),
        ("name", "<a href='/y'><img src='data:,' alt=''></a>", "a { display: inline-block; min-width: 44px; min-height: 44px }"),
        ("label", "<input>", ""),
        ("legend", "<fieldset></fieldset>", ""),
        ("target", "<div><a class='small' href='/y'>小</a></div>", ".small { display: inline-block; width: 20px; height: 20px }"),
        ("link by color alone", "<p>一段<a class='plain' href='/y'>链接</a></p>", ".plain { text-decoration: none }"),
    ],
)
def test_a_planted_fault_is_found(page: Any, rule: str, planted: str, style: str) -> None:
    found = at_rest(_show(page, _BODY + planted, style))
    assert any(each.startswith(f"{rule}: ") for each in found), found


def test_a_page_without_language_or_title_or_zoom_is_found(page: Any) -> None:
    _show(page, _BODY + '<meta name="viewport" content="width=device-width, user-scalable=no">', root="", title="")
    assert {"lang: none", "title: none", "zoom: forbidden"} <= set(at_rest(page))


def test_large_words_may_be_paler(page: Any) -> None:
    assert at_rest(_show(page, _BODY + "<p class='pale'>大字</p>", ".pale { color: #8a8a8a; font-size: 30px }")) == []


@pytest.mark.parametrize(
    ("planted", "style"),
    [
        ("<p class='wide'>宽</p>", ".wide { width: 500px }"),
        ("<p class='cut'>一二三四五六七八九十一二三四五六七八九十</p>", ".cut { height: 1em; overflow: hidden }"),
    ],
)
def test_what_does_not_fit_is_found(page: Any, planted: str, style: str) -> None:
    assert too_wide(_show(page, _BODY + planted, style), 320, 568)


def test_what_fits_until_the_reader_spaces_it_is_found(page: Any) -> None:
    _show(page, _BODY + "<p class='tight'>一二三四五六七八九十</p>", ".tight { width: 10em; white-space: nowrap; overflow: hidden }")
    assert too_wide(page, 320, 568) == []
    assert spaced(page)


@pytest.mark.parametrize(
    ("planted", "style"),
    [
        ("", "a:focus-visible { outline: none }"),
        ("<button tabindex='1'>先到</button>", ""),
        ("<a class='away' href='/y'>藏起来</a>", ".away { position: fixed; left: -999px }"),
    ],
)
def test_what_the_keyboard_misses_is_found(page: Any, planted: str, style: str) -> None:
    assert by_keyboard(_show(page, _BODY + planted, style))
