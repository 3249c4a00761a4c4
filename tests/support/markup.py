"""Finds where text that is no constant reaches a widget without `show`: read as markup, or obeyed by the terminal.

It reads the syntax tree only: what it cannot follow counts as a find. Pass it through `show`, a number as `{n:d}`.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

TEXT_ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "Static": ("content",),
    "Label": ("content",),
    "Button": ("label",),
    "Checkbox": ("label",),
    "RadioButton": ("label",),
    "Tab": ("label",),
    "TabPane": ("title",),
    "Collapsible": ("",),  # its positional arguments are widgets
    "Option": ("prompt",),
    "Selection": ("prompt",),
    "Link": ("text",),
    "Tooltip": ("content",),
    "Hit": ("", "match_display"),
    "DiscoveryHit": ("display",),
}
"""By widget, its positional arguments; those with a name are shown to the user."""
TEXT_KEYWORDS = {"content", "label", "title", "tooltip", "prompt", "match_display", "display", "help", "border_title"}
TEXT_METHODS = {"update", "add_column", "add_columns", "add_row", "add_option", "update_cell", "set_label", "add_leaf"}
TEXT_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt"}
CONSTANT_ONLY = {"placeholder"}
"""Where Textual takes no Text at all."""
SAFE_CALLS = {"show", "show_line"}
SAFE_STRINGS = {"visible", "one_line"}
PARSERS = {"from_markup", "escape"}


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """A place where text reaches a widget."""

    line: int
    what: str


def texts_returned(trees: Iterable[ast.Module]) -> set[str]:
    """The names of the functions that say they return a Text."""
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "Text"
    }


def finds(tree: ast.Module, returning_text: set[str]) -> list[Find]:
    """Every place in a module that builds widgets or Rich text where other than constants and `show` gets in."""
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    if not any(module.split(".")[0] in ("textual", "rich") for module in modules):
        return []
    checker = _Checker(SAFE_CALLS | returning_text)
    checker.visit(tree)
    return sorted(checker.found)


@dataclass
class _Checker(ast.NodeVisitor):
    safe_calls: set[str]
    found: set[Find] = field(default_factory=set)
    values: list[dict[str, list[ast.expr | None]]] = field(default_factory=lambda: [{}])
    """By scope, what each name was given; None where it is a Text, or a collection of them, by annotation."""
    bases: tuple[str, ...] = ()
    judging: set[str] = field(default_factory=set)
    """The names whose values are being judged, lest two that are given each other be followed for ever."""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outer, self.bases = self.bases, tuple(_name(base) for base in node.bases)
        self.generic_visit(node)
        self.bases = outer

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if node.name == "render" and node.returns is not None and ast.unparse(node.returns) == "str":
            self.found.add(Find(node.lineno, "render() of a str is read as markup"))
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        scope: dict[str, list[ast.expr | None]] = {
            argument.arg: [None]
            for argument in arguments
            if argument.annotation is not None
            and re.search(r"\bText(\]|( \| None)?$)", ast.unparse(argument.annotation))
        }
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign):
                for target in inner.targets:
                    scope.setdefault(ast.unparse(target), []).append(inner.value)
            elif isinstance(inner, ast.AugAssign):
                scope.setdefault(ast.unparse(inner.target), []).append(inner.value)
        self.values.append(scope)
        self.generic_visit(node)
        self.values.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in TEXT_ATTRIBUTES:
                self._must_be_text(node.value, f".{target.attr} =")
            elif isinstance(target, ast.Attribute) and target.attr in CONSTANT_ONLY:
                self._must_be_constant(node.value, f".{target.attr} =")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name == "notify":
            self._check_notify(node)
        elif name in PARSERS:
            self._must_be_constant(node.args[0] if node.args else None, name)
        elif name == "Text":
            for argument in node.args[:1]:
                self._must_be_harmless(argument, "Text")
        elif name in ("assemble", "append") and self._is_rich_text(node.func):
            for argument in node.args if name == "assemble" else node.args[:1]:
                part = argument.elts[0] if isinstance(argument, ast.Tuple) else argument
                if not self._is_text(part):
                    self._must_be_harmless(part, name)
        elif name in TEXT_METHODS and isinstance(node.func, ast.Attribute):
            for argument in node.args[-1:] if name == "update_cell" else node.args:
                self._must_be_text(argument, f".{name}()")
        else:
            self._check_widget(node, name)
        self.generic_visit(node)

    def _check_widget(self, node: ast.Call, name: str) -> None:
        widgets = self.bases if name == "__init__" else (name,)
        for widget in widgets:
            for argument, parameter in zip(node.args, TEXT_ARGUMENTS.get(widget, ()), strict=False):
                if parameter:
                    self._must_be_text(argument, f"{widget}({parameter})")
            if widget in TEXT_ARGUMENTS:
                for keyword in node.keywords:
                    if keyword.arg in TEXT_KEYWORDS:
                        self._must_be_text(keyword.value, f"{widget}({keyword.arg})")
        for keyword in node.keywords:
            if keyword.arg in CONSTANT_ONLY:
                self._must_be_constant(keyword.value, f"{name}({keyword.arg})")

    def _check_notify(self, node: ast.Call) -> None:
        texts = [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("message", "title"))]
        literal = any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in node.keywords)
        for text in texts:
            if not literal:
                self._must_be_constant(text, "notify() without markup=False")
            else:
                self._must_be_harmless(text, "notify()")

    def _must_be_text(self, value: ast.expr, where: str) -> None:
        if not self._is_text(value):
            self.found.add(Find(value.lineno, f"{where}: {ast.unparse(value)}"))

    def _must_be_harmless(self, value: ast.expr, where: str) -> None:
        if not self._is_harmless(value):
            self.found.add(Find(value.lineno, f"{where}: {ast.unparse(value)}"))

    def _must_be_constant(self, value: ast.expr | None, where: str) -> None:
        if value is not None and not self._is_constant(value):
            self.found.add(Find(value.lineno, f"{where}: {ast.unparse(value)}"))

    def _is_text(self, value: ast.expr) -> bool:
        """A constant, or a Text that came through `show` or was checked where it was built."""
        if isinstance(value, ast.Starred):
            return self._is_text(value.value)
        if isinstance(value, ast.IfExp):
            return self._is_text(value.body) and self._is_text(value.orelse)
        if isinstance(value, ast.BoolOp):
            return all(self._is_text(part) for part in value.values)
        if isinstance(value, ast.Call):
            return _name(value.func) in self.safe_calls | {"Text"} or self._is_rich_text(value.func)
        if isinstance(value, ast.Subscript) and not self._is_constant(value):
            return self._is_text(value.value)
        return self._is_constant(value) or all(self._given(value, self._is_text))

    def _is_rich_text(self, function: ast.expr) -> bool:
        """Whether a method is called on a Text: `Text.assemble`, `text.append`, `Text(" ").join`."""
        if not isinstance(function, ast.Attribute):
            return False
        owner = function.value
        if isinstance(owner, ast.Call):
            return _name(owner.func) in self.safe_calls | {"Text"} or self._is_rich_text(owner.func)
        given = self.values[-1].get(ast.unparse(owner), [])
        built = all(one is None or (isinstance(one, ast.Call) and self._is_text(one)) for one in given)
        return _name(owner) == "Text" or (bool(given) and built)

    def _is_harmless(self, value: ast.expr) -> bool:
        """A string without control characters: constants, numbers, and what went through `visible` or `one_line`."""
        if isinstance(value, ast.Call):
            return _name(value.func) in SAFE_STRINGS
        if isinstance(value, ast.Attribute) and value.attr == "plain":
            return self._is_text(value.value)
        if isinstance(value, ast.JoinedStr):
            parts = [part for part in value.values if isinstance(part, ast.FormattedValue)]
            return all(_is_number(part) or self._is_harmless(part.value) for part in parts)
        if isinstance(value, ast.IfExp):
            return self._is_harmless(value.body) and self._is_harmless(value.orelse)
        return self._is_constant(value) or all(self._given(value, self._is_harmless))

    def _is_constant(self, value: ast.expr) -> bool:
        if isinstance(value, ast.Constant):
            return True
        if isinstance(value, ast.Subscript):
            return self._is_constant(value.value)
        if isinstance(value, ast.BinOp):
            return self._is_constant(value.left) and (isinstance(value.op, ast.Mult) or self._is_constant(value.right))
        if isinstance(value, ast.IfExp):
            return self._is_constant(value.body) and self._is_constant(value.orelse)
        return isinstance(value, ast.Name | ast.Attribute) and _name(value).lstrip("_").isupper()

    def _given(self, value: ast.expr, accepts: Callable[[ast.expr], bool]) -> Iterator[bool]:
        """Judges everything that a name was given in this function; a name from elsewhere is refused."""
        name = ast.unparse(value) if isinstance(value, ast.Name | ast.Attribute) else ""
        given = self.values[-1].get(name)
        if given is None or name in self.judging:
            yield False
            return
        self.judging.add(name)
        try:
            for one in given:
                yield one is None or accepts(one)
        finally:
            self.judging.discard(name)


def _is_number(part: ast.FormattedValue) -> bool:
    """Whether a part of an f-string can only be a number: `{count:d}`, `{count:,}`."""
    return part.format_spec is not None and re.fullmatch(r"f'.*[d,]'", ast.unparse(part.format_spec)) is not None


def _name(node: ast.expr) -> str:
    """The last name of `a.b.c`, `c[…]` or `c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    return node.id if isinstance(node, ast.Name) else ""
