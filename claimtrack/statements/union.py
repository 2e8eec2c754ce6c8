"""Groups joined pair by pair."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Union:
    """Numbers joined into sets (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        """Puts the sets of two numbers together."""
        low, high = sorted((self._root(a), self._root(b)))
        self._parent[high] = low

    def merged(self, groups: Sequence[Sequence[T]]) -> list[list[T]]:
        """Returns the groups joined as their numbers are, in the order of their first members."""
        sets: dict[int, list[T]] = {}
        for number, members in enumerate(groups):
            sets.setdefault(self._root(number), []).extend(members)
        return [members for _, members in sorted(sets.items())]
