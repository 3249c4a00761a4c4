"""A list of made-up rows for the widgets' tests, with text in it that is hostile to terminals and widgets."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

HOSTILE = (
    "host [web01] down",
    "[/b] [/] [x='y]",
    "[@click=app.quit]x[/]",
    "[$primary]x[/] :bomb:",
    "\x1b]52;c;aGk=\x07 \x1b[2J \x1b]0;title\x07",
    "C1 \x9b2J NUL \x00 DEL \x7f",
    "bidi \u202eneddih zero\u200bwidth \ufeff",
    "日本語のチケット 障害 発生",
    "👩\u200d💻 laptop ❤️ broken 🇩🇪 e\u0301",
    "lone \udc80 surrogate",
    "one\nline\ttwo\r\nlines",
    "long " * 4_000,
)


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A ticket, as far as a list knows it; in order of `due`, then number."""

    due: int
    number: int
    subject: str


class ListSource:
    """A source over rows in memory, which counts how it is read."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = sorted(rows)
        self.asked: list[str] = []
        self.near = 1_000

    @classmethod
    def of(cls, count: int) -> "ListSource":
        """That many rows, due and numbered from 1, with every hostile text among them."""
        return cls([Row(n, n, f"{n} {HOSTILE[n % len(HOSTILE)]}") for n in range(1, count + 1)])

    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """The rows from `offset` on."""
        self.asked.append(f"page {offset}")
        return self.rows[offset : offset + limit]

    def after(self, row: Row, limit: int) -> Sequence[Row]:
        """The next rows behind `row`."""
        self.asked.append("after")
        place = bisect_right(self.rows, row)
        return self.rows[place : place + limit]

    def before(self, row: Row, limit: int) -> Sequence[Row]:
        """The last rows before `row`."""
        self.asked.append("before")
        place = bisect_left(self.rows, row)
        return self.rows[max(0, place - limit) : place]

    def last(self, limit: int) -> Sequence[Row]:
        """The rows at the end."""
        self.asked.append("last")
        return self.rows[-limit:]

    def rank(self, row: Row, about: int | None = None) -> int:
        """How many rows stand before the place of `row`."""
        return bisect_left(self.rows, row)

    def distance(self, origin: Row, row: Row) -> int | None:
        """How many rows further down `row` stands than the place of `origin`; None where they are more than `near`."""
        distance = self.rank(row) - self.rank(origin)
        return distance if abs(distance) <= self.near else None

    def find(self, key: int) -> Row | None:
        """The row with that number."""
        return next((row for row in self.rows if row.number == key), None)

    def key(self, row: Row) -> int:
        """The number."""
        return row.number
