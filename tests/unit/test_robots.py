import pytest
from patience import spends_less

from claimtrack.documents.web.robots import read_rules

ROOT = "https://post.example"


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        pytest.param("", "/a", True, id="nothing"),
        pytest.param("User-agent: *\nDisallow:", "/a", True, id="nothing forbidden"),
        pytest.param("User-agent: *\nDisallow: /", "/a", False, id="all forbidden"),
        pytest.param("user-AGENT:*\n  dISALLOW :/a#x", "/ab", False, id="spelling"),
        pytest.param("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/ab", False, id="mark and line ends"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True, id="longest wins"),
        pytest.param("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False, id="longest forbids"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True, id="of equal ones the allowing"),
        pytest.param("User-agent: *\nDisallow: /*.php$", "/x/a.php", False, id="end"),
        pytest.param("User-agent: *\nDisallow: /*.php$", "/x/a.php?b", True, id="not at the end"),
        pytest.param("User-agent: *\nDisallow: /*?print=", "/x?print=1", False, id="wildcard"),
        pytest.param("User-agent: *\nDisallow: /a$", "/ab", True, id="end without wildcard"),
        pytest.param("User-agent: *\nDisallow: /a*b*c", "/acb", True, id="pieces in order"),
        pytest.param("User-agent: *\nDisallow: /a*a$", "/a", True, id="pieces do not overlap"),
        pytest.param("User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9", False, id="escapes"),
        pytest.param("User-agent: *\nDisallow: /café", "/caf%C3%A9", False, id="another alphabet"),
        pytest.param("User-agent: ClaimTrack\nDisallow: /", "/a", False, id="named"),
        pytest.param(
            "User-agent: *\nDisallow: /\n\nUser-agent: claimtrack\nDisallow: /b", "/a", True, id="own first"
        ),
        pytest.param("User-agent: claimtrack\nUser-agent: x\nDisallow: /", "/a", False, id="several names"),
        pytest.param("User-agent: x\nUser-agent: y\nDisallow: /", "/a", True, id="others"),
        pytest.param("User-agent: track\nDisallow: /", "/a", True, id="part of the name"),
        pytest.param(
            "User-agent: claimtrack\nDisallow: /a\nUser-agent: x\nDisallow: /c\n"
            "User-agent: claimtrack\nDisallow: /b", "/b", False, id="groups are joined",
        ),
        pytest.param("User-agent: x\nSitemap: /s\nUser-agent: *\nDisallow: /", "/a", False, id="other lines"),
        pytest.param("Disallow: /", "/a", True, id="for nobody"),
    ],
)  # fmt: skip
def test_rules(rules, path, expected):
    assert read_rules(rules, "claimtrack").allow(ROOT + path) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [("2", 2.0), ("0.5", 0.5), ("-1", 0.0), ("inf", 0.0), ("1e9", 0.0), ("x", 0.0)]
)
def test_the_pause(value, expected):
    assert read_rules(f"User-agent: *\nCrawl-delay: {value}", "claimtrack").pause == expected


def test_hostile_patterns_take_no_time():
    text = "User-agent: *\n" + f"Disallow: /{'*a' * 200}b$\n" * 1_000
    address = f"{ROOT}/{'a' * 5_000}"
    assert read_rules(text, "claimtrack").allow(address)
    assert spends_less(2, lambda: read_rules(text, "claimtrack").allow(address))
