"""The words of one ticket: which of a story's phrases it uses, and the names and things that they speak of."""

import random
from collections.abc import Sequence
from string import Template

from workbench.organisation.model import Contact

_DEVICES = {"brightwater": "BRW", "kessel-moor": "KM", "orchard-lane": "ORL", "ferrum": "FW"}
"""What the names of a client's machines begin with."""

_PLACES = {
    "brightwater": ("Harbour Street", "the Mill Lane surgery", "Station Square", "treatment room 3"),
    "kessel-moor": ("the second floor", "the Vienna office", "the library", "meeting room Themis"),
    "orchard-lane": ("the warehouse", "the photo studio", "the packing line", "the returns desk"),
    "ferrum": ("hall 2", "the weighbridge", "dispatch", "the tool shop"),
}

_ALTERNATIVES = " || "


class Words:
    """Fills a story's phrases: `$first` (the requester), `$tech` (who acts), `$device` and so on.

    A phrase may hold alternatives between double bars, of which one is said.
    """

    def __init__(self, client: str, contact: str | None, chance: random.Random, contacts: Sequence[Contact]) -> None:
        names = [each.name for each in contacts]
        self._chance = chance
        self.contact = contact or chance.choice(names)
        prefix, place = _DEVICES[client], chance.choice(_PLACES[client])
        self._things = {
            "contact": self.contact,
            "first": _first(self.contact),
            "colleague": chance.choice([name for name in names if name != self.contact]),
            "place": place,
            "device": f"{prefix}-{chance.choice(('LT', 'PC'))}{chance.randrange(11, 190):03}",
            "printer": f"{prefix}-PRN{chance.randrange(1, 9):02}",
            "n": str(chance.randrange(2, 9)),
            "case": str(chance.randrange(10_000, 99_999)),
            "day": chance.choice(("Monday", "Tuesday", "yesterday", "this morning", "the weekend")),
            "long_line": "log4j:WARN " + "0123456789abcdef" * 1_250,
            "long_body": "\n".join(
                f"{line:05} GET /api/v2/orders?page={line} 200 {line % 97} ms" for line in range(1_400)
            ),
        }

    def said(self, phrase: str, tech: str = "") -> str:
        """What is said of a phrase this time."""
        chosen = self._chance.choice(phrase.split(_ALTERNATIVES))
        return Template(chosen).safe_substitute(self._things, tech=_first(tech))


def _first(name: str) -> str:
    """How one addresses somebody: a doctor by title, a desk as a whole, everybody else by first name."""
    title, _, rest = name.partition(" ")
    if title == "Dr.":
        return f"{title} {rest.rpartition(' ')[2]}"
    return name if title in ("Reception", "Warehouse", "Shift") else title
