"""What was closed is let go, and that in a moment of rest."""

import gc
from collections.abc import Iterator
from inspect import getsource
from weakref import ref

import pytest
from textual import _styles_cache
from textual._styles_cache import StylesCache
from textual.color import Color

from workbench.program.collector import CollectorAtRest, calm_collector


class Knot:
    """Something that only a collection lets go of."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def by_hand() -> Iterator[None]:
    """Nothing is collected by itself."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The collector as the program has it, and afterwards as it was."""
    before = gc.get_threshold()
    monkeypatch.setattr(StylesCache, "get_inner_outer", vars(StylesCache)["get_inner_outer"])
    calm_collector()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("by_hand")
def test_what_was_closed_long_ago_is_let_go_when_nothing_else_is_done() -> None:
    rest, knot = CollectorAtRest(), Knot()
    gc.collect()
    gone = ref(knot)
    del knot
    gc.collect(1)  # as between keys: it looks only at what is younger
    rest.look()
    assert gone() is not None, "there may be more to do"
    gc.collect(0)
    rest.look()
    assert gone() is not None, "something was done meanwhile"
    rest.look()
    assert gone() is None


@pytest.mark.usefixtures("by_hand")
def test_where_little_was_made_nothing_is_collected() -> None:
    rest, knot = CollectorAtRest(), Knot()
    gc.collect()
    gone = ref(knot)
    del knot
    for _ in range(3):
        rest.look()
    assert gone() is not None
    gc.collect()
    assert gone() is None


@pytest.mark.usefixtures("calm")
def test_the_lines_of_a_closed_widget_are_not_kept() -> None:
    lines = StylesCache()
    gone, (inner, outer) = ref(lines), lines.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    del lines
    assert gone() is None
    assert (inner.background, outer.background) == (Color(4, 5, 6), Color(1, 2, 3))


def test_textual_still_keeps_them() -> None:
    """When this fails, Textual keeps no closed widgets by itself, and `_keep_nothing_closed` can go."""
    assert "@lru_cache(1024)\n    def get_inner_outer(" in getsource(_styles_cache)
