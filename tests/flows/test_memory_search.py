"""The search of memory finds what is there, wherever it lies, and nothing else."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.flows.memory_search import Search, patterns

TOLD = {"name": "王桂兰", "digits": "390517", "pinyin": "erlou"}
WANTED = patterns(TOLD)


@given(
    st.lists(st.sampled_from(sorted(WANTED)) | st.binary(max_size=40) | st.sampled_from([b"\0", b"3", b"e\0", "王".encode()]), max_size=40)
)
def test_every_form_is_counted_wherever_it_lies(pieces: list[bytes]) -> None:
    block = b"".join(pieces)
    there = Counter[tuple[str, str]]()
    for pattern, name in WANTED.items():
        there[name] += block.count(pattern)
    assert Search(WANTED).count(block) == +there


def test_what_begins_before_or_goes_on_behind_a_block_is_not_there() -> None:
    for pattern in WANTED:
        assert not Search({pattern: ("it", "")}).count(pattern[1:] + b"\xff" + pattern[:-1])
        assert Search({pattern: ("it", "")}).count(pattern) == {("it", ""): 1}
