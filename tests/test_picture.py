"""The README's picture shows the program as it is."""

from tests.picture import PICTURE, painted, words


async def test_the_picture_is_what_the_program_paints() -> None:
    """`python -m tests.picture` paints it anew."""
    assert words(PICTURE.read_text("utf-8")) == words(await painted())
