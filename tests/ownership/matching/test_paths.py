"""Paths as patterns, beside what the package `codeowners` makes of them."""

import pytest
from codeowners import CodeOwners
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.ownership.matching.paths import PathPattern, path_keys, read_path


def fits(pattern: str, text: str) -> bool:
    read, path = PathPattern.read(pattern), read_path(text)
    if read is None or path is None or read.fit(path, len(text)) is None:
        return False
    assert set(read.keys) & set(path_keys(path, set(read.keys))), (pattern, text)
    return True


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("*", "any/where.txt"),
        ("*.py", "src/app.py"),
        ("/docs/", "docs/guide/intro.md"),
        ("docs/", "src/docs/intro.md"),
        ("/docs", "docs/intro.md"),
        ("docs/*", "docs/intro.md"),
        ("**/logs", "a/b/logs/today"),
        ("/src/**/test_?.py", "src/a/b/test_1.py"),
        ("a/**/b", "a/b"),
        ("a/**", "a/b/c"),
        ("with\\ blank/x", "with blank/x"),
        ("\\#notes", "#notes"),
        ("[ab].txt", "[ab].txt"),
        ("/docs/", "./docs/x"),
        ("/docs/", "/docs/"),
        ("/src/app/main.py", "src/app/main.py:17:4"),
        ("/src/app/api/*", "/home/ci/build/src/app/api/x.py"),
        ("src/app/api/*", r"C:\build\src\App\api\x.py"),
        (r"C:\Program Files\ERP", r"c:\program files\erp\bin\erp.dll"),
        ("C:/Program Files/ERP/*", r"C:\Program Files\ERP\erp.ini"),
        (r"\\fs01\finance", r"\\FS01\Finance\2026\q1.xlsx"),
        ("/srv/erp/", "file:///srv/erp/log"),
    ],
)
def test_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("*.PY", "src/app.py"),
        ("/docs/", "src/docs/intro.md"),
        ("docs/*", "docs/guide/intro.md"),
        ("docs/", "docs"),
        ("/*", "a/b"),
        ("[ab].txt", "a.txt"),
        ("/docs/", "/srv/docs/x"),
        (r"\\fs01\finance", r"\\fs01\personnel\x"),
        (r"C:\ERP", r"D:\ERP\x"),
        ("fs01/finance", r"\\fs01\fin"),
        ("/", "a"),
        ("", "a"),
    ],
)
def test_does_not_fit(pattern: str, text: str) -> None:
    assert not fits(pattern, text)


@pytest.mark.parametrize("stars", ["*a" * 60 + "b", "**/a/" * 40 + "b", "?*" * 60 + "b"])
def test_many_stars_take_no_time(stars: str) -> None:
    assert not fits(stars, "/".join(["a" * 60] * 60))


PART = st.sampled_from(["a", "b", "ab", "*", "**", "*.py", "a*", "?b", "x.py", "*b*", "a**", "*.*"])
SEGMENT = st.sampled_from(["a", "b", "ab", "x.py", "xb", "aab"])


@settings(max_examples=500)
@given(
    st.sampled_from(["", "/"]),
    st.lists(PART, min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
    st.lists(SEGMENT, min_size=1, max_size=5),
)
def test_rules_cover_what_the_package_says(lead: str, parts: list[str], trail: str, path: list[str]) -> None:
    pattern, text = lead + "/".join(parts) + trail, "/".join(path)
    assert fits(pattern, text) == bool(CodeOwners(f"{pattern} @team").of(text))
