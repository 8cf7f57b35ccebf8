"""金美花 applies for her mother and supplies what the window says is missing; 临时救助 is an item with a family, and a paper that lets her act."""

from __future__ import annotations

from demo.citizens import SIGNATURE, goes_home, hands_in
from demo.hand import Hand


def applies_for_her_mother(hand: Hand) -> None:
    """Both cards, what her mother's trouble is, who lives with her, the papers, her own signature."""
    hand.touches("anywhere", "attract")
    hand.touches("search", "home")
    hand.types("lsjz")
    hand.touches("item_LSJZ", "item_list")
    hand.touches("primary", "guide")
    hand.touches("for_agent", "ways")
    hand.sees("identify")
    hand.acts("card", person="wang-guilan")
    hand.sees("identify", ident="was_own")
    hand.snaps("mother-now-your-own-card")
    hand.acts("lift")
    hand.settles(2.0)  # the reader has to see that it is gone
    hand.acts("card", person="jin-meihua")
    hand.sees("consent")
    hand.snaps("mother-consent-of-both")
    hand.touches("agree", "consent")
    hand.touches("authority_power_of_attorney", "ways")
    _fills_in(hand)
    _lays_three_papers(hand)
    hand.sees("form")  # how the result is given and told: so it is if she says nothing
    hand.touches("primary", "form")
    hand.sees("signature")
    hand.draws("signature_pad", SIGNATURE)
    hand.touches("primary", "signature")
    hand.sees("review")
    hand.snaps("mother-review")
    hands_in(hand)
    hand.takes_the_paper()
    hand.snaps("mother-done")
    goes_home(hand)


def _fills_in(hand: Hand) -> None:
    hand.turns_to("field_phone")
    hand.touches("field_phone", "form")
    hand.types("13904640000")
    hand.touches("key_done")
    hand.turns_to("choice_difficulty_illness")
    hand.touches("choice_difficulty_illness", "form")
    hand.turns_to("field_family_size")
    hand.touches("field_family_size", "form")
    hand.types("2")
    hand.touches("dock_back")
    hand.turns_to("field_family")
    hand.touches("field_family", "form")
    hand.sees("form", ident="key_l")
    hand.types("lijianguo")
    hand.touches("candidate_0")  # 李建国
    hand.touches("key_done")
    hand.turns_to("choice_relation_spouse")
    hand.touches("choice_relation_spouse", "form")
    hand.snaps("mother-family-member")
    hand.touches_until("primary", "form", "review")
    hand.snaps("mother-family")
    hand.touches("primary", "review")
    hand.touches_until("primary", "form", "materials")


def _lays_three_papers(hand: Hand) -> None:
    for page in ("register-cover-skewed", "register-person-straight", "register-cover-straight"):
        hand.captures(page)
    hand.sees("materials", ident="primary")
    hand.snaps("mother-papers")
    hand.acts("page", name=None)
    hand.touches("primary", "materials")


def supplies_what_is_missing(hand: Hand) -> None:
    """Her own card opens her mother's case; what the window wants is laid under the camera."""
    hand.touches("anywhere", "attract")
    hand.touches("way_progress", "home")
    hand.sees("scan")
    hand.acts("card", person="jin-meihua")
    hand.touches("agree", "consent")
    hand.touches("case_1", "case_list")
    hand.sees("progress", ident="primary")
    hand.snaps("supply-what-is-wanted")
    hand.touches("primary", "progress")
    hand.captures("register-cover-straight")
    hand.captures("register-person-skewed")
    hand.acts("page", name=None)
    hand.sees("materials", ident="primary")
    hand.snaps("supply-papers")
    hand.touches("primary", "materials")
    hand.sees("review")
    hand.snaps("supply-review")
    hands_in(hand)
    hand.takes_the_paper()
    hand.snaps("supply-done")
    goes_home(hand)
