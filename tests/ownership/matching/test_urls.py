"""URLs as patterns."""

import pytest

from workbench.ownership.matching.hosts import read_location
from workbench.ownership.matching.urls import UrlPattern, url_keys


def fits(pattern: str, text: str) -> bool:
    read, location = UrlPattern.read(pattern), read_location(text)
    assert read is not None
    assert location is not None
    fit = read.fit(location, len(text))
    if fit is not None:
        assert set(read.keys) & set(url_keys(location, set(read.keys)))
    return fit is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("https://shop.example/checkout", "https://shop.example/checkout"),
        ("https://shop.example/checkout", "http://shop.example/checkout/"),
        ("https://shop.example/checkout/", "shop.example/checkout?step=2#top"),
        ("https://shop.example/checkout/*", "https://shop.example/checkout"),
        ("shop.example/checkout", "HTTPS://Shop.Example:443/checkout/v2/pay"),
        ("shop.example", "https://me:pw@shop.example/any/thing"),
        ("https://*.shop.example/api", "https://eu.shop.example/api/7"),
        ("shop.example/*/cart", "shop.example/de/cart/3"),
        ("shop.example/v*/cart", "shop.example/v12/cart"),
        ("shop.example/a/**/z", "shop.example/a/b/c/z"),
        ("shop.example/a b", "https://shop.example/a%20b"),
        ("https://10.1.2.3/admin", "https://10.1.2.3/admin/x"),
        ("http://[2001:db8::1]/x", "http://[2001:DB8:0::1]:80/x"),
        ("ftp://files.example/pub", "ftp://files.example/pub/x"),
    ],
)
def test_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("shop.example/check", "shop.example/checkout"),
        ("shop.example/checkout", "shop.example/"),
        ("shop.example/Checkout", "shop.example/checkout"),
        ("shop.example/checkout", "other.example/checkout"),
        ("shop.example:8443/x", "shop.example:9443/x"),
        ("ftp://shop.example/x", "https://shop.example/x"),
        ("shop.example/*/cart", "shop.example/cart"),
    ],
)
def test_does_not_fit(pattern: str, text: str) -> None:
    assert not fits(pattern, text)
