"""张秀兰 complains without a card, comes back to see what became of it, and drops a suggestion into the box."""

from __future__ import annotations

from demo.citizens import goes_home, hands_in
from demo.hand import Hand

#: What she types: her name, how she is reached, and her own six digits, which nobody can look up.
NAME, CONTACT, DIGITS = "zhangxiulan", "13904641234", "390517"


def complains_without_a_card(hand: Hand, story: str = "taidubuhao") -> None:
    """Three pages to read, then whom, what, what happened, a paper as evidence, how she is reached, and six digits."""
    hand.touches("anywhere", "attract")
    hand.touches("way_grievances", "home")
    hand.sees("ways")
    hand.snaps("grievances")
    hand.touches("way_complain", "ways")
    hand.sees("read")
    hand.snaps("complain-what-to-know")
    hand.touches_until("primary", "read", "consent")
    hand.touches("agree", "consent")
    hand.sees("people")
    hand.snaps("complain-about-whom")
    hand.touches("about_1", "people")
    hand.sees("grid")
    hand.snaps("complain-what")
    hand.touches("matter_1", "grid")
    _writes(hand, "statement", story)
    hand.snaps("complain-what-happened")
    hand.touches_until("primary", "form", "ways")
    hand.touches("evidence_now", "ways")
    hand.captures("register-cover-skewed")
    hand.snaps("complain-evidence")
    hand.acts("page", name=None)
    hand.touches("primary", "materials")
    hand.touches("without_card", "ways")
    hand.touches("capacity_self", "ways")
    _writes(hand, "name", NAME)
    _types(hand, "phone", CONTACT)
    hand.snaps("complain-how-to-be-reached")
    hand.touches("primary", "form")
    hand.sees("form", ident="field_digits")
    _types(hand, "digits", DIGITS)
    _types(hand, "digits_again", DIGITS)
    hand.snaps("complain-six-digits")
    hand.touches_until("primary", "form", "review")
    hand.snaps("complain-review")
    hands_in(hand)
    hand.takes_the_paper()
    hand.snaps("complain-done")
    goes_home(hand)


def opens_it_again(hand: Hand) -> None:
    """The receipt under the scanner asks for the digits; they open it."""
    hand.touches("anywhere", "attract")
    hand.touches("way_grievances", "home")
    hand.touches("way_complaints", "ways")
    hand.sees("scan")
    hand.acts("qr", receipt="latest")
    hand.sees("form", ident="field_digits")
    hand.snaps("complaint-asks-for-the-digits")
    _types(hand, "digits", DIGITS)
    hand.touches("primary", "form")
    hand.sees("read")
    hand.snaps("complaint-opened")
    goes_home(hand)


def suggests(hand: Hand) -> None:
    """A few words, without a name."""
    hand.touches("anywhere", "attract")
    hand.touches("way_grievances", "home")
    hand.touches("way_suggestion", "ways")
    _writes(hand, "words", "xiwangzhoumokaimen")
    hand.snaps("suggestion")
    hand.touches("primary", "form")
    hand.sees("message", ident="primary")
    hand.snaps("suggestion-thanks")
    goes_home(hand)


def _writes(hand: Hand, field: str, letters: str) -> None:
    """Pinyin into a field, and what is offered first."""
    _opens(hand, field)
    hand.types(letters)
    hand.sees("form", ident="candidate_0")
    hand.settles()
    hand.touches("candidate_0", "form")
    hand.settles()
    _closes(hand)


def _types(hand: Hand, field: str, digits: str) -> None:
    _opens(hand, field)
    hand.types(digits)
    _closes(hand)


def _opens(hand: Hand, field: str) -> None:
    hand.turns_to(f"field_{field}")
    hand.touches(f"field_{field}", "form")
    hand.sees("form", ident="key_done")


def _closes(hand: Hand) -> None:
    hand.touches("dock_back", "form")
    hand.gone("key_done")
