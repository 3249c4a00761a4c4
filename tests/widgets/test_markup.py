"""Text from outside is never markup: no data reaches a widget but through `show`."""

import ast
from pathlib import Path

import pytest

import workbench
from tests.support.markup import finds, texts_returned

PACKAGE = Path(workbench.__file__).parent
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def found(code: str) -> list[str]:
    """What is found in the body of a method that has a ticket."""
    body = "\n        ".join(code.splitlines())
    module = f"from textual.widgets import Static\nclass Card(Static):\n    def m(self, ticket):\n        {body}\n"
    return [find.what for find in finds(ast.parse(module), {"clock_cell"})]


def test_no_data_reaches_a_widget_but_through_show() -> None:
    returning_text = texts_returned(TREES.values())
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{find.line}: {find.what}"
        for path, tree in TREES.items()
        for find in finds(tree, returning_text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        "Static(ticket.subject)",
        "Static(f'#{ticket.number}')",
        "Static(content=ticket.subject)",
        "Label(str(ticket))",
        "Button('Take ' + ticket.who)",
        "Button('Take', tooltip=ticket.subject)",
        "Checkbox(ticket.name)",
        "TabPane(ticket.name, Static('x'))",
        "Collapsible(title=ticket.name)",
        "Option(ticket.name)",
        "Option('%s' % ticket.name)",
        "super().__init__(ticket.subject)",
        "self.update(ticket.subject)",
        "self.query_one(Static).update('a' if ticket else ticket.subject)",
        "self.border_title = ticket.subject",
        "self.border_subtitle = f'{ticket.number} open'",
        "self.tooltip = ticket.subject",
        "table.add_row('a', ticket.subject)",
        "table.add_column(ticket.name)",
        "self.app.notify(ticket.subject)",
        "self.app.notify(f'{ticket}')",
        "self.app.notify(ticket.subject, markup=False)",
        "self.app.notify(visible(ticket.subject))",
        "self.app.notify('saved', title=ticket.subject)",
        "Input(placeholder=ticket.subject)",
        "Input(placeholder=show(ticket.subject))",
        "Text(ticket.subject)",
        "Text.from_markup(ticket.subject)",
        "Static(escape(ticket.subject))",
        "text = show('a')\ntext.append(ticket.subject)",
        "text = Text()\ntext.append(ticket.subject, 'bold')",
        "Text.assemble('a', (ticket.subject, 'bold'))",
        "words = show('a')\nwords = ticket.subject\nself.update(words)",
        "Hit(1, ticket.subject, self.go)",
        "Hit(1, show('a'), self.go, help=ticket.subject)",
        "Text.assemble('a', f'{ticket.name} late')",
        "Text.assemble('a', f'{ticket.name:>20}')",
        "prompts = {'a': ticket.name}\nOption(prompts['a'])",
        "first = second\nsecond = first\nself.update(first)",
    ],
)
def test_data_that_gets_by_is_found(code: str) -> None:
    assert found(code)


@pytest.mark.parametrize(
    "code",
    [
        "Static('[b]Owner[/b]')",
        "Static(show(ticket.subject))",
        "Static(show(f'#{ticket.number}', 'bold'), id=f'ticket-{ticket.number}')",
        "Label(clock_cell(ticket), classes='late')",
        "super().__init__(show(ticket.subject))",
        "self.update(show('a') if ticket else 'nothing')",
        "self.update(HELP)",
        "self.border_title = show_line(ticket.subject)",
        "self.app.notify('saved')",
        "self.app.notify(visible(ticket.subject), markup=False)",
        "self.app.notify(f'taken: {one_line(ticket.subject)}', markup=False)",
        "self.app.notify(show(ticket.subject).plain, markup=False)",
        "Input(placeholder='words')",
        "Text(visible(ticket.subject))",
        "text = show('a')\ntext.append(show(ticket.subject))\nself.update(text)",
        "text = Text(' ').join([show(ticket.subject)])\nself.update(text)",
        "rows = []\nrows.append(ticket.subject)",
        "text = Text()\ntext.append(f'{ticket.count:d} late', 'bold')",
        "word = f'{ticket.count:,} late' if ticket else 'none'\nText.assemble('a', (word, 'bold'))",
        "VirtualList(ticket.columns, ticket.source)",
    ],
)
def test_what_is_right_is_left_alone(code: str) -> None:
    assert found(code) == []


def test_a_render_that_returns_a_string_is_found() -> None:
    module = "from textual.widget import Widget\nclass Card(Widget):\n    def render(self) -> str: ...\n"
    assert finds(ast.parse(module), set())


def test_texts_by_annotation_are_left_alone() -> None:
    module = (
        "from textual.widgets import Option\ndef m(prompts: dict[str, Text], all: list[Text]): Option(prompts[1])\n"
    )
    assert finds(ast.parse(module), set()) == []


def test_a_module_without_widgets_is_left_alone() -> None:
    assert finds(ast.parse("def m(known, ticket):\n    known.update(ticket)\n"), set()) == []
