"""CODEOWNERS of GitHub and GitLab, line by line."""

import pytest

from workbench.intake.owners.codeowners import Dialect, dialect_of, is_codeowners, read_codeowners
from workbench.intake.owners.model import Catalogue, Entry

Told = list[tuple[str, list[str] | None]]

GITHUB = """# Everything
*       @acme/core

docs/** @maya dana@x.example # who writes
a\\ file.md @acme/docs
/vendor/
!skipped @acme/core
\\#skipped @acme/core
src/[ab].py @acme/core
"""

GITLAB = """* @everyone
[Docs][2] @writers @acme/docs
docs/
README.md @maya
!docs/generated/
^[Database] @acme/data
db/*.sql
[empty]
tools/
[DOCS]
later.md
config/ @@maintainer
both/ @maya @@developer
"""


def read(text: str, folder: str = "") -> tuple[Told, list[str], list[str]]:
    """The rules, the faults and the doubts."""
    into = Catalogue()
    read_codeowners(text, "CODEOWNERS", "shop", into, folder)
    (entry,) = into.entries
    return rules(entry), list(map(str, into.faults)), into.doubts


def rules(entry: Entry) -> Told:
    """Each pattern with its owners as they are written."""
    assert entry.paths is not None
    return [
        (rule.pattern, None if rule.owners is None else [name.written for name in rule.owners]) for rule in entry.paths
    ]


def test_github_names_owners_behind_each_pattern_and_nobody_where_none_stand() -> None:
    told, faults, doubts = read(GITHUB, ".github")
    assert told == [
        ("*", ["@acme/core"]),
        ("docs/**", ["@maya", "dana@x.example"]),
        ("a\\ file.md", ["@acme/docs"]),
        ("/vendor/", []),
    ]
    assert faults == []
    assert [doubt.partition(":")[0] for doubt in doubts] == [f"CODEOWNERS, line {number}" for number in (7, 8, 9)]
    assert all("GitHub skips" in doubt for doubt in doubts)


def test_gitlab_has_sections_with_owners_of_their_own() -> None:
    told, faults, doubts = read(GITLAB)
    assert faults == []
    assert told == [
        ("*", ["@everyone"]),
        ("docs/", ["@writers", "@acme/docs"]),
        ("README.md", ["@maya"]),
        ("later.md", ["@writers", "@acme/docs"]),
        ("config/", []),
        ("both/", ["@maya"]),
        ("docs/generated/", []),
        ("db/*.sql", ["@acme/data"]),
        ("tools/", []),
    ]
    assert [doubt for doubt in doubts if "role" in doubt] == doubts
    assert [doubt.partition(":")[0] for doubt in doubts] == ["CODEOWNERS, line 12", "CODEOWNERS, line 13"]


@pytest.mark.parametrize(
    ("text", "folder", "dialect"),
    [
        ("* @a\n", "", Dialect.GITHUB),
        ("", "", Dialect.GITHUB),
        ("[Docs]\n* @a\n", "", Dialect.GITLAB),
        ("^[Docs][1] @b\n", "", Dialect.GITLAB),
        ("* @a\n!docs/\n", "", Dialect.GITLAB),
        ("* @@owner\n", "", Dialect.GITLAB),
        ("[ab]c @a\n", "", Dialect.GITHUB),
        ("[Docs]\n", ".github", Dialect.GITHUB),
        ("* @a\n", ".gitlab", Dialect.GITLAB),
        ("# [Docs] and !x\n", "", Dialect.GITHUB),
    ],
)
def test_the_dialect_is_told_by_the_folder_or_by_what_only_one_knows(text: str, folder: str, dialect: Dialect) -> None:
    assert dialect_of(text, folder) is dialect


@pytest.mark.parametrize(
    ("line", "folder", "reason"),
    [
        ("src/[ab @acme/core", ".github", "opens a range that is not closed"),
        ("src/[ab @acme/core", ".gitlab", "opens a range that is not closed"),
        ("src/[ab] @acme/core", ".gitlab", "has a range in [ ]"),
        ("src/ core-team", ".github", "'core-team' is no owner"),
        ("src/ @acme/", ".github", "'@acme/' is no owner"),
        ("src/ @@maintainer", ".github", "'@@maintainer' is no owner"),
        ("src/\\", ".github", "ends in a backslash"),
        ("/ @acme/core", ".github", "matches nothing"),
        ("x" * 501 + " @acme/core", ".github", "501 characters"),
        ("a\x07b @acme/core", ".github", "cannot be seen"),
        ("[ ] @acme/core", ".gitlab", "the section has no name"),
        ("[Docs] core", ".gitlab", "'core' is no owner"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_stay(line: str, folder: str, reason: str) -> None:
    told, faults, _ = read(f"* @acme/core\n\n{line}\ndocs/ @acme/docs\n", folder)
    assert [pattern for pattern, _ in told if pattern in ("*", "docs/")] == ["*", "docs/"]
    assert len(told) == 2
    (fault,) = faults
    assert fault.startswith("CODEOWNERS, line 3: ")
    assert reason in fault


def test_what_looks_like_a_comment_names_owners_on_gitlab_only() -> None:
    line = "src/ @acme/core # and @maya too\n"
    assert read(line, ".github")[0] == [("src/", ["@acme/core"])]
    assert read(line, ".gitlab")[0] == [("src/", ["@acme/core", "@maya"])]


def test_an_owner_named_twice_is_one() -> None:
    assert read("src/ @Maya @maya\n")[0] == [("src/", ["@Maya"])]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("CODEOWNERS", True),
        ("codeowners", True),
        ("CODEOWNERS.rejected", True),
        ("OWNERS", False),
        ("codeowners-1.whl", False),
    ],
)
def test_codeowners_are_known_by_their_name(name: str, known: bool) -> None:
    assert is_codeowners(name) is known
