"""What would be a bare code instead of words (R8.1), for tests over all that people read."""

from __future__ import annotations

import re

#: Error numbers, rule numbers, status codes, names of exceptions: for the log, never for people.
_CODE = re.compile(
    r"\bR\d+(\.\d+)+|\b(E|ERR|ERROR|CODE)[-_ ]?\d{2,}\b|0x[0-9A-Fa-f]+|错误(代)?码|\bHTTP\b|\b[A-Za-z]+(Error|Exception)\b|\bNone\b|\bnull\b"
)
_HAN = re.compile(r"[㐀-鿿]")


def is_bare_code(text: str) -> bool:
    """Whether a sentence tells people a code instead of words (R8.1): no Chinese in it at all, or an error's number beside it."""
    return not _HAN.search(text) or _CODE.search(text) is not None
