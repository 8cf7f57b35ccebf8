"""王桂兰, 78, from the first touch to the finished case: a whole journey by real touches, a picture of each step."""

from __future__ import annotations

from demo.hand import Hand

#: 王, as a farmer writes it slowly, and a flourish: strokes in the pad's unit square.
SIGNATURE = (
    ((0.16, 0.34), (0.24, 0.33), (0.34, 0.32)),
    ((0.18, 0.50), (0.26, 0.49), (0.33, 0.48)),
    ((0.25, 0.33), (0.25, 0.50), (0.25, 0.66)),
    ((0.14, 0.67), (0.26, 0.66), (0.37, 0.64)),
    ((0.46, 0.32), (0.56, 0.31), (0.52, 0.42), (0.46, 0.55), (0.58, 0.50), (0.66, 0.46)),
    ((0.52, 0.28), (0.53, 0.50), (0.52, 0.70)),
    ((0.72, 0.40), (0.76, 0.60), (0.82, 0.42), (0.86, 0.62), (0.92, 0.44)),
)


def files_an_application(hand: Hand) -> None:
    """王桂兰, 78: from the attract screen to the receipt, without help."""
    hand.sees("attract")
    hand.snaps("attract")
    hand.touches("anywhere", "attract")
    hand.sees("home")
    hand.snaps("home")
    hand.touches("way_guides", "home")
    hand.touches("topic_2", "item_list")
    hand.sees("item_list", ident="item_YLBX")
    hand.snaps("items-by-topic")
    hand.touches("dock_home")
    opens_the_form(hand)
    fills_the_form(hand)
    _hands_in_papers(hand)
    hand.sees("signature")
    hand.draws("signature_pad", SIGNATURE)
    hand.snaps("signature")
    hand.touches("primary", "signature")
    hand.sees("review")
    hand.snaps("review")
    hands_in(hand)
    hand.takes_the_paper()
    hand.snaps("done")
    hand.touches("primary", "done")
    hand.sees("rate")
    hand.snaps("rate-at-once")
    hand.touches("skip", "rate")
    hand.sees("message")
    hand.snaps("take-your-card")
    hand.acts("lift")
    hand.sees("attract")


def hands_in(hand: Hand) -> None:
    """What is checked is sent, and the last page is there."""
    hand.touches_until("primary", "review", "message", "done")
    hand.sees("done", ident="primary", seconds=40)


def goes_home(hand: Hand) -> None:
    """The end of a session, with the card."""
    hand.acts("lift")
    hand.acts("qr")
    hand.settles()
    if hand.sees() != "attract":
        hand.touches("dock_end")
    hand.sees("attract")


def opens_the_form(hand: Hand) -> None:
    """From home to the form by search and guide, with the card."""
    hand.touches("search", "home")
    hand.sees("item_list", ident="key_y")
    hand.types("ylbx")
    hand.snaps("items-by-initials")
    hand.touches("item_YLBX", "item_list")
    hand.sees("guide")
    hand.snaps("guide")
    hand.touches("print", "guide")
    hand.takes_the_paper()
    hand.sees("message", ident="primary")
    hand.snaps("guide-printed")
    hand.touches("primary", "message")
    hand.touches("primary", "guide")
    hand.sees("ways")
    hand.snaps("for-whom")
    hand.touches("for_self", "ways")
    hand.sees("identify")
    hand.snaps("identify")
    hand.acts("card", person="wang-guilan")
    hand.sees("consent")
    hand.snaps("consent")
    hand.touches("agree", "consent")


def fills_the_form(hand: Hand) -> None:
    """Address, telephone and a choice; the rest is from the card."""
    hand.sees("form")
    hand.snaps("form")
    # The card says where she lives, but not on which floor: 二楼.
    hand.turns_to("field_address")
    hand.touches("field_address", "form")
    hand.types("erlou")
    hand.sees("form", ident="candidate_0")
    hand.snaps("form-pinyin")
    hand.touches("candidate_0")
    hand.gone("candidate_9")  # five letters mean more than this; what may follow them is less
    hand.snaps("form-pinyin-written")
    hand.touches("key_done")
    # 下一项 leads to the telephone, which is still open.
    hand.sees("form", ident="key_1")
    hand.types("13904640000")
    hand.snaps("form-keyboard")
    hand.touches("key_done")
    hand.gone("key_1")
    hand.turns_to("choice_earlier_insurance_never")
    hand.touches("choice_earlier_insurance_never", "form")
    hand.settles()
    hand.snaps("form-choices")
    hand.touches_until("primary", "form", "materials")


def _hands_in_papers(hand: Hand) -> None:
    hand.sees("materials")
    hand.acts("page", name="register-cover-dark")
    hand.sees("materials", ident="capture")
    hand.settles(1.0)
    hand.snaps("material-too-dark")
    hand.acts("page", name="register-cover-skewed")
    hand.settles(1.5)
    hand.snaps("material-good")
    hand.captures("register-cover-skewed")
    hand.captures("register-person-straight")
    hand.sees("materials", ident="primary")
    hand.snaps("materials-complete")
    hand.acts("page", name=None)
    hand.touches("primary", "materials")
    # At the window, and by asking: so it is if nobody says otherwise.
    hand.sees("form")
    hand.snaps("result")
    hand.touches("primary", "form")


def sees_how_far_it_is(hand: Hand) -> None:
    """She comes back with the receipt, and then with her card."""
    hand.touches("anywhere", "attract")
    hand.touches("way_progress", "home")
    hand.sees("scan")
    hand.snaps("scan")
    hand.acts("qr", receipt="latest")
    hand.sees("progress")
    hand.snaps("progress-by-code")
    hand.acts("qr")
    hand.acts("card", person="wang-guilan")
    hand.touches("agree", "consent")
    hand.sees("progress", ident="print")
    hand.snaps("progress-by-card")
    hand.touches("print", "progress")
    hand.takes_the_paper()
    hand.touches("primary", "message")
    goes_home(hand)


def finds_no_paper(hand: Hand) -> None:
    """The next one finds the printer without paper: the case is filed all the same, and the paper comes when there is a roll."""
    hand.acts("paper", present=False)
    hand.touches("anywhere", "attract")
    hand.touches("search", "home")
    hand.types("sydj")
    hand.touches("item_SYDJ", "item_list")
    hand.touches("primary", "guide")
    hand.touches("for_self", "ways")
    hand.acts("card", person="jin-meihua")
    hand.touches("agree", "consent")
    hand.sees("form")
    hand.settles()
    hand.snaps("second-citizen-form")
    hand.touches("dock_back")
    hand.touches("dock_home")
    hand.touches("search", "home")
    hand.types("ylbx")
    hand.touches("item_YLBX", "item_list")
    hand.sees("guide")
    hand.snaps("guide-without-paper")
    hand.acts("paper", present=True)
    goes_home(hand)


def rates_what_is_finished(hand: Hand) -> None:
    """She has fetched the result; her card shows every step to the end, and she says how it was."""
    hand.touches("anywhere", "attract")
    hand.touches("way_progress", "home")
    hand.sees("scan")
    hand.acts("card", person="wang-guilan")
    hand.touches("agree", "consent")
    hand.touches("case_1", "case_list")
    hand.sees("progress", ident="print")
    hand.snaps("progress-finished")
    hand.touches("primary", "progress")
    hand.touches("level_5", "rate")
    hand.sees("rate", ident="primary")
    hand.touches(sorted(ident for ident in hand.targets() if ident.startswith("tag_"))[0], "rate")
    hand.snaps("rate")
    hand.touches("primary", "rate")
    hand.sees("message", ident="primary")
    hand.snaps("rated")
    goes_home(hand)
