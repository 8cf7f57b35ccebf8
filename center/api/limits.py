"""How often a terminal, or an address that does not sign, may ask: token buckets in this process.

Every process counts for itself: with n workers, n times as many requests pass. The limits are there against a program that has
gone wrong and a crowd, not to be exact.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from center.center import Refusal
from center.config import ApiSection

#: Buckets remembered at a time: far more than a center has terminals. Who is forgotten has a full one again.
_REMEMBERED = 4096

#: Where an ID number alone opens something. They share one bucket.
_BY_NUMBER = ("/api/v1/cases/lookup", "/api/v1/cases/papers", "/api/v1/bookings/lookup", "/api/v1/complaints/lookup")


class TooMany(Refusal):
    """Asked too often. `retry_after`: whole seconds, as the header of that name says it (RFC 9110 §10.2.3)."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too_many_requests", "请求太频繁，中心暂时不处理；请稍后再试。")
        self.retry_after = max(1, math.ceil(retry_after))


class Buckets:
    """A bucket of `burst` tokens for each name, filled again at `per_second`. May be used from any thread."""

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_second
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str) -> None:
        """Take one token. Raises TooMany."""
        with self._lock:
            now = self._clock()
            level, at = self._levels.pop(name, (self._burst, now))
            level = min(self._burst, level + (now - at) * self._rate)
            enough = level >= 1
            self._levels[name] = (level - 1 if enough else level, now)
            if len(self._levels) > _REMEMBERED:
                self._levels.popitem(last=False)
        if not enough:
            raise TooMany((1 - level) / self._rate)


class Limits:
    """Every limit of the API."""

    def __init__(self, config: ApiSection) -> None:
        self._terminals = Buckets(config.terminal_per_second, config.terminal_burst)
        self._addresses = Buckets(config.address_per_second, config.address_burst)
        # Any terminal may look up any ID number, for it stands in for the card that lies on it. One that was taken over shall not
        # be able to go through all numbers of a township.
        lookups = Buckets(config.lookups_per_minute / 60, config.lookups_per_minute)
        self._tighter: dict[str, Buckets] = dict.fromkeys(_BY_NUMBER, lookups)

    def from_terminal(self, terminal_id: str, path: str) -> None:
        """A request whose signature is right. Raises TooMany."""
        self._terminals.take(terminal_id)
        if path in self._tighter:
            self._tighter[path].take(terminal_id)

    def from_address(self, address: str) -> None:
        """A request that nobody signed, or whose signature is wrong. Raises TooMany."""
        self._addresses.take(address)
