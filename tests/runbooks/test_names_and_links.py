"""How runbooks are named after their files, and where links between them lead."""

import pytest

from workbench.errors import InvalidInput
from workbench.runbooks.links import Link, links_of
from workbench.runbooks.naming import checked_slug, folder_tags, is_named, slug_of, title_of


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("etcd/etcdNoLeader.md", "etcd-no-leader"),
        ("KubeAPIDown.md", "kube-api-down"),
        ("CPUThrottlingHigh.markdown", "cpu-throttling-high"),
        ("a b/Disk full (new).md", "disk-full-new"),
        ("node/_index.md", "node"),
        ("node/README.md", "node"),
        ("_index.md", "index"),
        ("Störung.md", "storung"),
        ("Sto\u0308rung.md", "storung"),
        ("StørrelseŁódź.md", "storrelselodz"),
        ("Gruß/ÆrøDB.md", "aerodb"),
        ("Сервер.md", "runbook-b81761"),
        ("日本.md", "runbook-fab1aa"),
        ("net/日本.md", "runbook-9e69e1"),
        ("日本/README.md", "runbook-d8d2d9"),
        ("x" * 300 + ".md", "x" * 100),
    ],
)
def test_a_slug_is_made_of_the_path(path: str, slug: str) -> None:
    assert slug_of(path) == slug


def test_a_taken_slug_gets_its_folders_and_then_a_number() -> None:
    taken: list[str] = []
    for _ in range(4):
        taken.append(slug_of("deep/net/dns.md", taken))
    assert taken == ["dns", "net-dns", "deep-net-dns", "dns-2"]


def test_files_without_latin_letters_are_told_apart_by_their_paths_in_whatever_order() -> None:
    paths = ["Сервер.md", "日本.md", "net/日本.md"]
    assert [slug_of(path, ["runbook"]) for path in paths] == [slug_of(path) for path in reversed(paths)][::-1]
    assert len({slug_of(path) for path in paths}) == 3


@pytest.mark.parametrize(("name", "is_so"), [("Störung", True), ("störung", True), ("Storung", True), ("rung", False)])
def test_a_file_is_named_as_it_is_written(name: str, is_so: bool) -> None:
    assert is_named("net/Störung.md", name) == is_so


def test_titles_and_tags_of_a_path() -> None:
    assert title_of("net/dnsIsDown.md") == "Dns is down"
    assert title_of("net/Störung_der-Leitung.md") == "Störung der leitung"
    assert title_of("日本/README.md") == "日本"
    assert title_of("---.md") == "Runbook"
    assert folder_tags("net/core/x.md") == ("net", "core")


@pytest.mark.parametrize("text", ["", "Disk", "disk_full", "-disk", "disk-", "a--b", "x" * 101, "ä", "a b", "../a"])
def test_what_cannot_be_a_slug_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no name for a runbook"):
        checked_slug(text)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("dns.md", "net/dns.md"),
        ("./dns.md#step-2", "net/dns.md"),
        ("../servers/disk%20full.md", "servers/disk full.md"),
        ("sub/../dns.MD?x=1", "net/dns.MD"),
        ('{{< ref "./dns.md" >}}', "net/dns.md"),
        ('{{% relref "dns" %}}', "net/dns.md"),
        ("../../outside.md", None),
        ("/absolute.md", None),
        ("https://example.com/x.md", None),
        ("mailto:a@b.md", None),
        ("#here", None),
        ("picture.png", None),
        ("", None),
    ],
)
def test_where_a_link_leads(href: str, target: str | None) -> None:
    assert [link.path for link in links_of(f"[there]({href})", "net/vpn.md")] == [target] * (target is not None)


def test_links_are_found_with_their_lines_but_not_in_code() -> None:
    text = """See [a](a.md) and [b](<b c.md> "title").

```
[no](no.md)
```

    [nor](nor.md)

![picture](x.png) [hugo]({{< ref "h.md" >}}) [web](https://x/y.md)

[ref]: ../r.md
"""
    assert list(links_of(text, "net/vpn.md")) == [
        Link(1, "net/a.md"),
        Link(1, "net/b c.md"),
        Link(9, "net/h.md"),
        Link(11, "r.md"),
    ]
