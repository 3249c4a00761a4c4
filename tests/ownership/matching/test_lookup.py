"""Whose a thing is, by whatever is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from codeowners import CodeOwners
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.offices import HOSTILE, copied
from workbench.database import Database
from workbench.ownership.matching.findings import Answers
from workbench.ownership.matching.lookup import MOST_TEXT, Lookup
from workbench.ownership.model import Component, PathRule
from workbench.ownership.store import ComponentStore

CATALOGUE = (
    Component(
        "checkout-gateway",
        title="Checkout Gateway",
        aliases=("till", "CGW"),
        hosts=("*.checkout.corp.example", "pay01.corp.example"),
        urls=("https://shop.example/checkout/*",),
        signatures=("upstream timeout after 3017 ms at 0x7ffe", "ORA-00942"),
        paths=(PathRule("/srv/checkout/gateway/"),),
        owners=("frontline",),
        needs=("identity",),
    ),
    Component(
        "identity",
        title="Identity",
        aliases=("SSO", "it", "AD"),
        hosts=("sso.corp.example", "10.1.0.0/16"),
        owners=("engineering",),
    ),
    Component("platform", hosts=("*.corp.example", "10.0.0.0/8"), urls=("shop.example",), owners=("second-line",)),
    Component("directory", aliases=("sso",), owners=("service-desk",)),
    Component("mail", hosts=("mail.corp.example",)),
    Component("payroll export"),
    Component("émigré-库"),
)
RULES = """
* @second-line
*.py @engineering
/docs/ @service-desk
/docs/private/
/docs/*.md @frontline
src/**/test_* @frontline
apps/my\\ app/ @engineering
"""


@pytest.fixture
def database(office_file: Path, tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(copied(office_file, tmp_path))
    yield opened
    opened.close()


def write(database: Database, *components: Component) -> None:
    with database.transaction():
        for component in components:
            ComponentStore(database).write(component)


@pytest.fixture
def lookup(database: Database) -> Lookup:
    write(database, *CATALOGUE)
    return Lookup(database)


def slugs(found: Answers) -> list[str]:
    return [answer.component for answer in found.answers]


@pytest.mark.parametrize(
    ("query", "component", "how", "text"),
    [
        ("a.b.checkout.corp.example", "checkout-gateway", "host", "a.b.checkout.corp.example"),
        ("https://PAY01.corp.example:8443/x", "checkout-gateway", "host", "PAY01.corp.example"),
        ("pay01", "checkout-gateway", "host", "pay01"),
        ("db.corp.example", "platform", "host", "db.corp.example"),
        ("10.1.200.3", "identity", "host", "10.1.200.3"),
        ("10.2.0.1", "platform", "host", "10.2.0.1"),
        ("::ffff:10.1.0.1", "identity", "host", "10.1.0.1"),
        ("shop.example/checkout/pay?x=1", "checkout-gateway", "url", "shop.example/checkout/pay?x=1"),
        ("https://shop.example/cart", "platform", "url", "https://shop.example/cart"),
        ("/srv/checkout/gateway/main.c:77", "checkout-gateway", "path", "/srv/checkout/gateway/main.c:77"),
        ("error ora-00942 again", "checkout-gateway", "signature", "ora-00942"),
        ("Upstream  timeout after 2 ms at 0x1", "checkout-gateway", "signature", "Upstream  timeout after 2 ms at 0x1"),
        ("cgw", "checkout-gateway", "alias", "cgw"),
        ("it", "identity", "alias", "it"),
        ("Checkout gateway", "checkout-gateway", "name", "Checkout gateway"),
        ("payroll_EXPORT", "payroll export", "name", "payroll_EXPORT"),
        ("check", "checkout-gateway", "name", "check"),
        ("gateway", "checkout-gateway", "name", "gateway"),
        ("gateway check", "checkout-gateway", "name", "gateway check"),
        ("chekout gateway", "checkout-gateway", "fuzzy", "chekout gateway"),
        ("chekcout-gateway", "checkout-gateway", "fuzzy", "chekcout-gateway"),
        ("gatewya", "checkout-gateway", "fuzzy", "gatewya"),
        ("pay02.corp.exampl", "checkout-gateway", "fuzzy", "pay02.corp.exampl"),
        ("emigre 库", "émigré-库", "name", "emigre 库"),
    ],
)
def test_the_first_answer_and_why(lookup: Lookup, query: str, component: str, how: str, text: str) -> None:
    first = lookup.find(query).answers[0]
    assert (first.component, first.match.how, first.match.text) == (component, how, text)


def test_patterns_come_before_names_aliases_and_slips(lookup: Lookup) -> None:
    scores = [lookup.find(query).answers[0].match.score for query in ("mail.corp.example", "mail", "cgw", "maill")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("timeout-error", ["timeout-error", "alias-of-all", "alias-of-part"]),
        ("timeout error", ["timeout-error", "alias-of-all"]),
        ("a timeout error at noon", ["timeout-error", "alias-of-all"]),
    ],
)
def test_an_own_name_comes_before_what_others_are_also_called(database: Database, query: str, found: list[str]) -> None:
    write(
        database,
        Component("alias-of-all", aliases=("timeout error",)),
        Component("alias-of-part", aliases=("timeout",)),
        Component("timeout-error"),
    )
    answers = Lookup(database).find(query).answers
    assert [answer.component for answer in answers] == found
    assert not any(answer.tied for answer in answers)


def test_the_less_specific_patterns_come_after(lookup: Lookup) -> None:
    assert slugs(lookup.find("a.checkout.corp.example")) == ["checkout-gateway", "platform"]
    assert slugs(lookup.find("10.1.2.3")) == ["identity", "platform"]


def test_ties_are_told(lookup: Lookup) -> None:
    tied = lookup.find("sso")
    assert {answer.component: answer.tied for answer in tied.answers[:2]} == {"identity": True, "directory": True}
    assert not lookup.find("cgw").answers[0].tied


TRACE = """\
Since lunch the till is slow!! Fwd:
Traceback (most recent call last):
  File "/srv/checkout/gateway/pay.py", line 88, in charge
    raise Timeout(upstream)
UpstreamError: upstream timeout after 25 ms at 0xdeadbeef (host=pay01.corp.example, url=<https://shop.example/checkout/7>)
  while calling [10.1.7.7]:443, it did not answer.
"""


def test_all_components_of_a_text_with_the_seams_between_them(lookup: Lookup) -> None:
    found = lookup.find(TRACE)
    assert slugs(found) == ["checkout-gateway", "identity"]
    assert [(seam.components, seam.teams, seam.lead) for seam in found.seams] == [
        (("checkout-gateway", "identity"), ("frontline", "engineering"), None)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail is down", ["mail"]),
        ("is it down? add it to the list", []),
        ("The AD does not answer", ["identity"]),
        ("please add me", []),
        ("emailing does not work", []),
        ("the checkout gateway and the mail", ["checkout-gateway", "mail"]),
    ],
)
def test_names_in_a_text_are_whole_words_and_no_ordinary_ones(lookup: Lookup, text: str, found: list[str]) -> None:
    assert sorted(answer.component for answer in lookup.find(text).answers if answer.match.score > 0.7) == found


def test_nothing_found_gives_the_nearest_names(lookup: Lookup) -> None:
    found = lookup.find("chkout gatwy")
    assert not found.answers
    assert found.nearest == ["checkout-gateway"]
    assert lookup.find("nothing of the kind is anywhere to be found here").nearest == []


def test_rules_of_a_repository(database: Database) -> None:
    lines = [line for line in RULES.splitlines() if line]
    rules = tuple(
        PathRule(pattern.replace("\0", "\\ "), tuple(owner.removeprefix("@") for owner in owners))
        for pattern, *owners in (line.replace("\\ ", "\0").split() for line in lines)
    )
    write(database, Component("shop", paths=rules, owners=("second-line",)))
    lookup, theirs = Lookup(database), CodeOwners(RULES)
    for path in PATHS:
        first = lookup.find(path).answers[0]
        assert (first.component, first.match.how) == ("shop", "path")
        assert first.owners == tuple(name.removeprefix("@") for _, name in theirs.of(path)), path


PATHS = (
    "README.md",
    "LICENSE",
    "setup.py",
    "docs/intro.md",
    "docs/private/plan.md",
    "docs/deep/intro.md",
    "docs/conf.py",
    "src/test_it.c",
    "src/a/b/test_it/data.json",
    "src/a/b/it.py",
    "other/docs/intro.md",
    "apps/my app/main.go",
    "apps/my",
)


def test_a_rule_for_everything_says_nothing_of_what_else_is_known(database: Database) -> None:
    write(database, Component("shop", paths=(PathRule("*", ("frontline",)),)), *CATALOGUE)
    lookup = Lookup(database)
    assert slugs(lookup.find("cgw")) == ["checkout-gateway"]
    assert slugs(lookup.find("the README is wrong")) == []
    assert slugs(lookup.find("README.md")) == ["shop"]


def test_a_path_that_no_rule_covers_is_nobodys(database: Database) -> None:
    write(database, Component("shop", paths=(PathRule("/src/", ("frontline",)),), owners=("frontline",)))
    answer = Lookup(database).find("docs/intro.md").answers[0]
    assert (answer.component, answer.owners, answer.match.pattern) == ("shop", (), "")
    write(database, Component("other", paths=(PathRule("/lib/", ("frontline",)),)))
    assert not Lookup(database).find("docs/intro.md").answers


def test_changes_of_the_catalogue_are_found_at_once(database: Database, lookup: Lookup) -> None:
    assert not lookup.find("warehouse").answers
    lookup.find("warehose")
    write(database, Component("warehouse", hosts=("wh.corp.example",)))
    assert slugs(lookup.find("warehose")) == ["warehouse"]
    assert slugs(lookup.find("wh.corp.example"))[0] == "warehouse"
    write(database, Component("warehouse", hosts=("other.corp.example",)))
    assert slugs(lookup.find("wh.corp.example")) == ["platform"]
    write(database, replace(CATALOGUE[0], retired=True))
    for query in ("cgw", "checkout gateway", "chekout gateway", "pay01", "gateway"):
        assert "checkout-gateway" not in slugs(lookup.find(query))
    write(database, CATALOGUE[0])
    assert slugs(lookup.find("gateway")) == ["checkout-gateway"]


def test_a_long_text_is_cut_and_says_so(lookup: Lookup) -> None:
    assert lookup.find("pay01.corp.example " + "x" * MOST_TEXT).cut
    assert not lookup.find("x " * 100 + "pay01.corp.example").cut


NASTY = (
    *HOSTILE,
    "",
    " ",
    "\0",
    "\ud800",
    "*",
    "[",
    "[::",
    "%00%ff",
    "\\",
    "\\\\",
    "//",
    "/",
    "://",
    "http://",
    "http://[",
    "@",
    ":",
    "'\" OR 1=1 --",
    "a" * 10_000,
    "*" * 10_000,
    "a.b/" * 5_000,
    "[" * 10_000,
    "\\\\" * 5_000,
    "C:\\" * 3_000,
    "1." * 10_000,
    "0x" * 10_000,
    "xn--" * 2_000,
    "xn--\u00fc.example",
    "👩‍👩‍👧🏽",
    "\u202eexample.proc\u202c",
    "AND OR NOT NEAR(a b)",
    '"a" * b^2 {c}',
)


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
def test_no_text_is_an_error(lookup: Lookup, query: str) -> None:
    assert lookup.find(query).query == query


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(st.characters(), max_size=60) | st.text("ab1.*:/\\[]@%-# \n\"'", max_size=40))
def test_whatever_is_typed_or_catalogued_is_no_error(database: Database, text: str) -> None:
    lookup = Lookup(database)
    lookup.find(text)
    pattern = text.encode("utf-8", "replace").decode().replace("\0", "") or "x"
    rule = (PathRule(pattern),)
    write(
        database,
        Component("any", aliases=(pattern,), hosts=(pattern,), urls=(pattern,), paths=rule, signatures=(pattern,)),
    )
    lookup.find(text)
    lookup.find(f"about {text} and\nmore")
