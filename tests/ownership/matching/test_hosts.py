"""Hosts, addresses and networks as patterns."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ownership.matching.hosts import HostPattern, Network, host_keys, read_host


def fits(pattern: str, text: str) -> bool:
    read, host = HostPattern.read(pattern), read_host(text)
    assert read is not None
    if host is None or read.fit(host, len(text)) is None:
        return False
    assert host.network or set(read.keys) & set(host_keys(host, set(read.keys)))
    return True


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("web01.corp.example", "web01.corp.example"),
        ("web01.corp.example", "WEB01.Corp.EXAMPLE."),
        ("WEB01.corp.example.", "web01.corp.example"),
        ("web01.corp.example", "https://user:secret@web01.corp.example:8443/x?y#z"),
        ("web01.corp.example", "root@web01.corp.example"),
        ("web01.corp.example:8443", "web01.corp.example:8443"),
        ("web01.corp.example:8443", "web01.corp.example"),
        ("https://web01.corp.example", "web01.corp.example:443"),
        ("web01.corp.example", "web01"),
        ("web01", "web01.corp.example"),
        ("web*.corp.example", "web17.corp.example"),
        ("web*.corp.example", "web17"),
        ("web*", "web17"),
        ("web*", "web17.corp.example"),
        ("mail.example.*", "mail.example.org"),
        ("mail.ex*", "mail.example"),
        ("*.corp.example", "a.corp.example"),
        ("*.corp.example", "a.b.c.corp.example"),
        (".corp.example", "a.corp.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "MÜNCHEN.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("ｗｅｂ01.example", "web01。example"),
        ("10.1.2.3", "10.1.2.3:8080"),
        ("10.0.0.0/8", "10.1.2.3"),
        ("10.0.0.0/255.0.0.0", "10.1.2.3"),
        ("10.1.2.3/8", "10.9.9.9"),
        ("10.1.*", "10.1.2.3"),
        ("10.1.*.*", "http://10.1.2.3/x"),
        ("10.0.0.0/8", "10.1.0.0/16"),
        ("10.0.0.0/8", "::ffff:10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8::1", "[2001:0DB8:0:0:0:0:0:1]:443"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::/32", "https://[2001:db8:1::7]/x"),
        ("fe80::1", "fe80::1%eth0"),
    ],
)
def test_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("*.corp.example", "corp.example"),
        ("*.corp.example", "evilcorp.example"),
        ("*.corp.example", "a.corp.example.evil.example"),
        ("web*.corp.example", "web.a.corp.example"),
        ("web01.corp.example", "web01.other.example"),
        ("web01.corp.example:8443", "web01.corp.example:9443"),
        ("corp.example", "web01.corp.example"),
        ("10.0.0.0/8", "11.0.0.0"),
        ("10.1.0.0/16", "10.0.0.0/8"),
        ("10.0.0.0/8", "a.b.c.d"),
        ("2001:db8::/32", "2001:db9::1"),
        ("::/96", "10.1.2.3"),
    ],
)
def test_does_not_fit(pattern: str, text: str) -> None:
    assert not fits(pattern, text)


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "a b", "a..b", "x" * 300, "host:port", "host:99999999", "[::1", "a\0b", "::g", "{}", "ex[am]ple"],
)
def test_what_is_no_host(text: str) -> None:
    assert read_host(text) is None


def test_the_longer_pattern_scores_higher() -> None:
    host = read_host("db.eu.corp.example")
    assert host is not None
    fitted = [
        HostPattern.read(each) for each in ("*.example", "*.corp.example", "*.eu.corp.example", "db.eu.corp.example")
    ]
    scores = [each.fit(host, len(host.name)) for each in fitted if each]
    assert scores == sorted(scores, key=lambda each: each or (0, 0))
    assert len(set(scores)) == 4


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_a_network_holds_what_the_standard_library_says(address: IPv4Address, length: int) -> None:
    network = ip_network(f"{address}/{length}", strict=False)
    for other in (network.network_address, network.broadcast_address):
        assert fits(str(network), str(other))
        assert fits(str(network), f"::ffff:{other}")
    after = int(network.broadcast_address) + 1
    if after < 2**32:
        assert not fits(str(network), str(IPv4Address(after)))


@given(st.ip_addresses(v=6))
def test_any_spelling_of_an_address_is_one(address: IPv6Address) -> None:
    assert read_host(f"[{address.exploded.upper()}]") == read_host(address.compressed)


@given(st.integers(0, 2**128 - 1), st.integers(0, 128), st.integers(0, 128))
def test_the_keys_of_networks_sort_wider_ones_first(address: int, one: int, other: int) -> None:
    wide, narrow = (Network(address, 128).cut(length) for length in sorted((one, other)))
    assert wide.key <= narrow.key
    assert wide.holds(narrow)


LABEL = st.text("abcxyz09-", min_size=1, max_size=6)


@given(st.lists(LABEL, min_size=1, max_size=4), st.lists(LABEL, max_size=3), st.integers(0, 4), st.integers(0, 4))
def test_whatever_fits_is_found_by_its_keys(below: list[str], labels: list[str], start: int, end: int) -> None:
    first = below[-1]
    starred = first[: min(start, end)] + "*" + first[max(start, end) :]
    name = ".".join((*below, *labels))
    for text in (".".join((starred, *labels)), ".".join(("*", *labels)), name, first):
        pattern, host = HostPattern.read(text), read_host(name)
        if pattern and host and pattern.fit(host, len(name)):
            assert set(pattern.keys) & set(host_keys(host, set(pattern.keys))), (text, name)
