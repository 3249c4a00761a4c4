"""Turns a Markdown text, with front matter or without, into a runbook; the same text always gives the same runbook."""

from dataclasses import replace

from workbench.runbooks.frontmatter import ADVICE, Head, read_head
from workbench.runbooks.model import MOST_STEPS, MOST_TEXT, Fault, Runbook, Unreadable
from workbench.runbooks.naming import folder_tags, slug_of, title_of
from workbench.runbooks.steps import steps_of
from workbench.runbooks.structure import Document, Heading


def read_runbook(text: str, path: str, *, slug: str | None = None, version: int = 1, retired: bool = False) -> Runbook:
    """Reads a text that stands at `path` in its tree; raises Unreadable, with every line that is wrong."""
    _refuse_odd(text, path)
    head = read_head(text, path)
    document = Document(body_of(text, head))
    heading = _title_heading(document, head)
    title = head.title or next((each.title for each in document.headings if each.title), "") or title_of(path)
    steps = steps_of(document, title, heading.line if heading else None)
    if len(steps) > MOST_STEPS:
        raise Unreadable([Fault(path, 0, f"{len(steps):,} steps, where {MOST_STEPS} are the most")], ADVICE)
    return Runbook(
        slug=slug or slug_of(path),
        title=title,
        path=path,
        text=text,
        steps=tuple(replace(step, line=step.line + head.body_line + 1) for step in steps),
        tags=tuple(dict.fromkeys((*head.tags, *folder_tags(path)))),
        components=head.components,
        signatures=head.signatures,
        tier=head.tier,
        owner=head.owner,
        access=head.access,
        review_at=head.review_at,
        headings=tuple(each.title for each in document.headings if each.title not in ("", title)),
        version=version,
        retired=retired,
    )


def body_of(text: str, head: Head) -> str:
    """The text after its front matter."""
    return text.split("\n", head.body_line)[head.body_line] if head.body_line <= text.count("\n") else ""


def is_empty(text: str, path: str) -> bool:
    """Whether there is nothing under the front matter, as in the pages that only name a folder."""
    return not body_of(text, read_head(text, path)).strip()


def _title_heading(document: Document, head: Head) -> Heading | None:
    """The heading that names the whole text: the first, unless others stand beside it or above."""
    if not document.headings:
        return None
    first, *others = document.headings
    alone = all(other.level > first.level for other in others)
    return first if alone and (first.level == 1 or not head.title) else None


def _refuse_odd(text: str, path: str) -> None:
    if len(text) > MOST_TEXT:
        raise Unreadable([Fault(path, 0, f"more than {MOST_TEXT:,} characters")], ADVICE)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable([Fault(path, line, "a NUL character, which no text has")], ADVICE)
