"""Passwords: hashed by argon2id, judged by length and by what everybody would guess; no rule about kinds of characters."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from center.center import Refusal

#: 19 MiB, two passes: 39 ms on a plain machine (OWASP's first choice for argon2id).
_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
#: Verified when there is no such login, so that the answer takes as long.
_NOBODY = _HASHER.hash(secrets.token_hex(16))

MIN_PASSWORD = 12
MAX_PASSWORD = 200

#: What a password of twelve characters and more is guessed to be first; compared without case, spaces and marks.
_COMMON = (
    "password", "passw0rd", "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "qazwsx", "qazwsxedc",
    "admin", "administrator", "root", "letmein", "welcome", "iloveyou", "woaini", "mima", "changeme", "secret", "default", "oneseal", "yiyintong",
    "wanbaohe", "wanbaohezhen", "qitaihe", "taoshan", "zhengwu", "zhengwufuwu", "heilongjiang", "abcdef", "abcdefg", "abcdefgh", "abcabc", "abc",
)  # fmt: skip

_SEQUENCES = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def hash_password(password: str) -> str:
    """What is kept."""
    return _HASHER.hash(password)


def verified(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. None: nobody's, which takes as long and is never right."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password[:MAX_PASSWORD]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def new_password() -> str:
    """An initial password: 16 characters that nobody chose."""
    return secrets.token_urlsafe(12)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def weakness(password: str, *known: str) -> str:
    """Why a password is not taken, as a sentence, or "". `known` is what anybody knows of the person: login and name."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        return f"密码要 {MIN_PASSWORD} 到 {MAX_PASSWORD} 个字符。可以用几个不相干的词连成一句，好记又难猜。"
    plain = _plain(password)
    for word in known:
        if len(_plain(word)) >= 2 and _plain(word) in plain:
            return "密码里不要有自己的用户名或姓名。请换一个。"
    rest = plain
    for word in sorted((*_COMMON,), key=len, reverse=True):
        rest = rest.replace(word, "")
    if any(plain in sequence * 8 for sequence in _SEQUENCES) or len(set(plain)) < 5:
        return "这个密码有规律，太容易猜到。请换一个。"
    # What is left beside well-known words, other than digits at an end, is what an attacker has to guess.
    if len(rest.strip("0123456789")) < 4 and rest != plain:
        return "这个密码是常见的词，太容易猜到。请换一个。"
    return ""


def require_good_password(password: str, *known: str) -> None:
    """Raises Refusal with the sentence."""
    fault = weakness(password, *known)
    if fault:
        raise Refusal("password_weak", "密码没有改，请换一个。", {"password": fault})
