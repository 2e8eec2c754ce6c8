"""Whatever a parser gets, only claimtrack's own errors come out; ``make fuzz`` does the same for long."""

import random

import pytest
from fuzz.targets import TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = 15
QUIET = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.parametrize("name", TARGETS)
def test_good_input_is_taken(name):
    for seed in seeds(name):
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name):
    @QUIET
    @given(st.binary(max_size=300))
    def check(raw):
        TARGETS[name](raw)

    check()


@pytest.mark.parametrize("name", [name for name in TARGETS if seeds(name)])
def test_spoilt_input(name):
    """Good input with bytes replaced, left out and doubled, and cut off anywhere."""

    @QUIET
    @given(st.sampled_from(seeds(name)), st.integers(0, 2**32))
    def check(raw, seed):
        TARGETS[name](spoilt(raw, random.Random(seed)))

    check()


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    broken = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(broken)) if broken else 0
        match chance.randrange(4):
            case 0:
                broken[place : place + 1] = chance.randbytes(1)
            case 1:
                del broken[place : place + chance.randint(1, 20)]
            case 2:
                broken[place:place] = broken[place : place + chance.randint(1, 200)] * chance.randint(1, 9)
            case _:
                broken[place:place] = chance.choice(TOKENS)
    return bytes(broken[: chance.choice((len(broken), chance.randint(0, len(broken))))])


TOKENS = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"]]>", b"<!--", b"-->", b"{{", b'"', b"\\u0000", b"\\ud800"),
    *(b"&#x110000;", b"%00", b"=?utf-8?q?=00?=", b"99999999999999999999", b"-1", b"1e999", b"NaN"),
)
