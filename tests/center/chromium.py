"""The browser of the tests and of the pictures."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_MODULE = "playwright.sync_api"
#: Nothing that asks the network by itself.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Any]:
    """A real browser without a window. Missing: skipped aloud on a desk, a failure in CI."""
    if os.environ.get("CI"):
        playwright: Any = importlib.import_module(_MODULE)
    else:
        playwright = pytest.importorskip(_MODULE, reason="the browser extra is not installed: no page is tried in one")
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed: no page is tried in a browser")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()
