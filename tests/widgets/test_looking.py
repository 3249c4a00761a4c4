"""Tests of looking for what others have changed."""

from workbench.widgets.looking import Changes


def test_a_stamp_is_news_the_first_time_and_whenever_it_is_another_one() -> None:
    changes = Changes()
    assert [changes.turned(stamp) for stamp in (0, 0, 7, 7, 0)] == [True, False, True, False, True]


def test_after_forgetting_the_same_stamp_is_news_again() -> None:
    changes = Changes()
    changes.turned(7)
    changes.forget()
    assert changes.turned(7)
    assert not changes.turned(7)
