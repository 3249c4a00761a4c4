"""What is wrong with a tree of runbooks, without a workbench: so that a tree can be checked where it is written."""

from collections.abc import Iterator
from pathlib import Path

from workbench.runbooks.links import links_of
from workbench.runbooks.model import Fault, Runbook, Unreadable
from workbench.runbooks.reading import is_empty, read_runbook
from workbench.runbooks.tree import Page, read_tree


def check_tree(root: Path) -> tuple[int, list[Fault]]:
    """How many runbooks there are below a folder, and everything that is wrong, by file and line."""
    pages = list(read_tree(root))
    paths = {page.path for page in pages if isinstance(page, Page)}
    faults = [page for page in pages if isinstance(page, Fault)]
    count = 0
    for page in pages:
        if isinstance(page, Page):
            read = runbook_of(page)
            if isinstance(read, Runbook):
                count += 1
                faults += _broken_links(page, paths)
            elif read is not None:
                faults += read
    return count, sorted(faults, key=lambda fault: (fault.path, fault.line))


def runbook_of(page: Page) -> Runbook | list[Fault] | None:
    """The runbook in a file, or what is wrong with it; None for a page that only names its folder."""
    try:
        return None if is_empty(page.text, page.path) else read_runbook(page.text, page.path)
    except Unreadable as error:
        return list(error.faults)


def _broken_links(page: Page, paths: set[str]) -> Iterator[Fault]:
    for link in links_of(page.text, page.path):
        if link.path not in paths:
            yield Fault(page.path, link.line, f"links to {link.path}, which is not there")
