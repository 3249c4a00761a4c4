"""What is typed in the boxes of the catalogue and not sent."""

from tests.support.driver import seated
from tests.support.offices import Office


async def test_a_box_begins_with_what_was_looked_for_where_nothing_was_typed_beside_it(catalogue: Office) -> None:
    async with seated(catalogue) as maya:
        await maya.press("2", *"turnstile", "tab", "N", "escape")
        assert catalogue.desk().personal.drafts() == []
        await maya.press("N", "tab", "tab", "tab", *"gate", "escape", "N")
        maya.sees("Name         turnstile", "Also called  gate", "here again")
        await maya.press("ctrl+n")
        maya.sees("Name         turnstile")
        maya.sees_no("Also called  gate", "here again")
        await maya.press(*"s", "escape")
    assert [draft.fields["name"] for draft in catalogue.desk().personal.drafts()] == ["turnstiles"]


async def test_a_pattern_that_can_match_nothing_is_told_in_the_box(catalogue: Office) -> None:
    async with seated(catalogue) as maya:
        await maya.press(
            "2", "tab", "N", *"lan", "tab", "tab", "tab", "tab", *"lan-*", "comma", *"a", "space", *"b", "ctrl+s"
        )
        maya.sees("lan: 'a b' can match nothing; a host is a name", "lan-*,a b")
        assert catalogue.desk().ownership.find("lan") is None
        await maya.press("left", "left", "backspace", "delete", "ctrl+s")
    assert catalogue.desk().ownership.get("lan").hosts == ("lan-*", "b")
