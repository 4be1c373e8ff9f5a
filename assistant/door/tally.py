"""How often something happened of late, by who did it, in memory that stays small."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

from cachetools import TTLCache

MOST_KEYS = 10_000  # beyond, those that were not seen for longest are forgotten


class Tally:
    """Counts by key. The time of each begins with its first event, and its count is gone when that time is over."""

    def __init__(self, most: int, seconds: float, timer: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._counts: TTLCache[str, list[int]] = TTLCache(MOST_KEYS, seconds, timer)

    def full(self, key: str) -> bool:
        """Counts one more; whether that is too many."""
        count = self._counts.setdefault(key, [0])
        count[0] += 1
        return count[0] > self._most

    def __len__(self) -> int:
        return len(self._counts)

    def forget(self, key: str) -> None:
        self._counts.pop(key, None)


def network(address: str) -> str:
    """Whose address it is, as far as can be told: of IPv6, a customer has a whole /64 (RFC 6177)."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> 64)
    return str(found)
