"""Codes: what fits, what reads back, what is refused."""

from __future__ import annotations

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, strategies

from kiosk.wire.codes import Code, CodeKind, parse_code, read_code, write_code

KEY = Ed25519PrivateKey.generate()
PART = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"


def key_of(issuer: str) -> Ed25519PublicKey | None:
    return KEY.public_key() if issuer == "WB01" else None


@given(kind=strategies.sampled_from(CodeKind), number=strategies.text(PART, min_size=1, max_size=16))
def test_a_code_reads_back_and_fits_version_5_at_level_m(kind: CodeKind, number: str) -> None:
    code = Code(kind, "WB01", number)
    text = write_code(code, KEY)
    assert read_code(text, key_of) == code
    qr = segno.make(text, error="m", boost_error=False)
    assert qr.version == 5
    assert qr.mode == "alphanumeric"


@given(position=strategies.integers(0, 119), other=strategies.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_a_code_changed_anywhere_is_refused(position: int, other: str) -> None:
    text = write_code(Code(CodeKind.RECEIPT, "WB01", "WB012611240031"), KEY)
    changed = text[:position] + other + text[position + 1 :]
    assert (read_code(changed, key_of) is None) == (changed != text)


def test_a_code_signed_with_another_key_is_refused() -> None:
    forged = write_code(Code(CodeKind.RECEIPT, "WB01", "WB012611240031"), Ed25519PrivateKey.generate())
    assert parse_code(forged) is not None
    assert read_code(forged, key_of) is None


def test_a_code_of_an_unknown_issuer_is_refused() -> None:
    assert read_code(write_code(Code(CodeKind.RECEIPT, "WB02", "1"), KEY), key_of) is None


@pytest.mark.parametrize("text", ["", "OS1", "https://example.org/", "OS1R" + "A" * 116, "OS2" + "A" * 117, "示" * 120, "OS1X" + " " * 116])
def test_what_is_none_of_ours_is_none(text: str) -> None:
    assert read_code(text, key_of) is None


@pytest.mark.parametrize(("issuer", "number"), [("WB012", "1"), ("WB01", "A" * 17), ("wb01", "1"), ("WB01", ""), ("WB01", "1 2")])
def test_what_does_not_fit_is_not_written(issuer: str, number: str) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        write_code(Code(CodeKind.RECEIPT, issuer, number), KEY)
