"""Pictures of staff as they come over the wire."""

from __future__ import annotations

import base64
import binascii


def photo_of(encoded: str) -> bytes:
    """The JPEG of a base64 text; empty if there is none, or it is none."""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
