"""All checks in a row, and what they found."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from .crowd import Crowd, crowd, dead_holder
from .desk import KINDS
from .kills import Tally, kill_often
from .mishaps import Unavailable, clock_back, full_disk, read_only_in_the_middle
from .noise import Heard, listen
from .power import log_cuts, power_cuts


@dataclass(frozen=True)
class Size:
    """How much is done: kills for each kind of store, processes at once, changes of each, bytes of noise."""

    kills: int
    processes: int
    changes: int
    noise: int
    kinds: tuple[str, ...] = KINDS

    def with_options(self, kills: int | None, kinds: Sequence[str] | None) -> "Size":
        """Returns the size with what was asked for otherwise."""
        return replace(self, kills=kills or self.kills, kinds=tuple(kinds or self.kinds))


LONG = Size(kills=300, processes=8, changes=6, noise=1_000_000)
SHORT = Size(kills=4, processes=3, changes=2, noise=20_000)


@dataclass
class Found:
    """What came of everything, by kind of store where it is about one."""

    size: Size
    seed: int
    kills: dict[str, Tally] = field(default_factory=dict)
    crowds: dict[str, Crowd] = field(default_factory=dict)
    dead: dict[str, float] = field(default_factory=dict)
    checks: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    unavailable: dict[tuple[str, str], str] = field(default_factory=dict)
    noise: list[Heard] = field(default_factory=list)

    def wrong(self) -> list[str]:
        """Returns everything that must not be."""
        lines = [f"{kind}: {line}" for kind, tally in self.kills.items() for line in tally.wrong]
        lines += [f"{kind}: {line}" for kind, crowd in self.crowds.items() for line in crowd.wrong]
        lines += [f"{kind}: {what}: {line}" for (kind, what), told in self.checks.items() for line in told]
        return lines + [line for heard in self.noise for line in heard.wrong]


def soak(folder: Path, size: Size, seed: int, tell: Callable[[str], None] = print) -> Found:
    """Returns what came of all checks; the kinds of store and the noise are seen to at the same time."""
    found = Found(size, seed)
    with ThreadPoolExecutor(len(size.kinds) + 1) as pool:
        tasks = [
            pool.submit(_one_kind, folder / kind.replace(".", "-"), kind, found, tell) for kind in size.kinds
        ]
        tasks.append(pool.submit(_noise, folder, found, tell))
        for task in tasks:
            task.result()
    return found


def _one_kind(place: Path, kind: str, found: Found, tell: Callable[[str], None]) -> None:
    size = found.size
    for what, check in mishaps(kind).items():
        tell(f"{kind}: {what}")
        try:
            found.checks[kind, what] = check(place / what.replace(" ", "-"))
        except Unavailable as reason:
            found.unavailable[kind, what] = str(reason)
        except AssertionError as error:
            found.checks[kind, what] = [str(error)]
    tell(f"{kind}: {size.processes} processes at once")
    found.crowds[kind] = crowd(place, kind, size.processes, size.changes)
    found.dead[kind] = dead_holder(place, kind)
    tell(f"{kind}: {size.kills} kills")
    found.kills[kind] = kill_often(place / "kills", kind, size.kills, found.seed)
    tell(f"{kind}: done")


def _noise(folder: Path, found: Found, tell: Callable[[str], None]) -> None:
    tell("random bytes")
    found.noise = listen(folder, found.seed, found.size.noise)
    tell("random bytes: done")


def mishaps(kind: str) -> dict[str, Callable[[Path], list[str]]]:
    """Returns what may happen to a store of a kind, by what it is called."""
    return {
        "full disk": lambda place: full_disk(place, kind),
        "read-only in the middle": lambda place: read_only_in_the_middle(place, kind),
        "clock jumps back": lambda place: clock_back(place, kind),
        "power cut": power_cuts if kind == "claims.json" else log_cuts,
    }
