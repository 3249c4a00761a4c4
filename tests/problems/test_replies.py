"""Rules read what the requester replied, whenever they are written."""

import pytest

from tests.support.offices import Office
from workbench.problems.matching import LOOKED_AT
from workbench.problems.model import NewProblem, Rule

SPOOLER = NewProblem("Spooler [/b]", Rule(words=("spooler",)))


@pytest.fixture
def replied(office: Office) -> Office:
    """A ticket of which the requester has said more, [in brackets], a while after it was opened."""
    ref = office.open("Printer jams").ref
    office.open("mail")
    office.pass_time(minutes=1)
    office.desk().tickets.reply(ref, "now it says [spooler]")
    office.desk().tickets.reply(ref, "and that it died")
    office.desk().tickets.note(ref, "toner is low")
    return office


def matching(office: Office) -> list[int]:
    return [each.ref for each in office.desk().problems.matching(1)]


def test_a_rule_that_is_written_later_reads_them(replied: Office) -> None:
    problems = replied.desk().problems
    assert problems.try_rule(Rule(words=("jams", "spooler"), pattern="died$")).matched == (1001,)
    assert problems.try_rule(Rule(words=("toner",))).matched == (), "a note is nothing that the requester said"
    problems.write(SPOOLER)
    assert matching(replied) == [1001]


def test_a_wider_rule_keeps_the_tickets_that_it_knew_by_a_reply(replied: Office) -> None:
    problems = replied.desk().problems
    problems.write(SPOOLER)
    problems.rewrite(1, lambda now: now._replace(rule=Rule(pattern="spoole[rs]")))
    assert matching(replied) == [1001]
    problems.rewrite(1, lambda now: now._replace(rule=Rule(words=("mail",))))
    assert matching(replied) == [1002]
    replied.desk().tickets.undo()
    assert matching(replied) == [1001]


def test_all_replies_are_read_together(office: Office) -> None:
    office.desk().problems.write(NewProblem("Spooler", Rule(words=("jams", "spooler", "died"))))
    ref = office.open("Printer jams").ref
    for text, found in (("it says spooler", []), ("and died", [ref])):
        office.desk().tickets.reply(ref, text)
        assert matching(office) == found


def test_a_reply_is_read_anew_in_a_rule_that_was_tried_before_it(office: Office) -> None:
    ref, problems = office.open("Printer jams").ref, office.desk().problems
    assert problems.try_rule(SPOOLER.rule).matched == ()
    office.desk().tickets.reply(ref, "it says spooler")
    assert problems.try_rule(SPOOLER.rule).matched == (ref,)


def test_who_looks_back_tries_a_rule_on_what_was_said_by_then(replied: Office) -> None:
    said = replied.clock.at
    replied.pass_time(minutes=1)
    replied.desk().tickets.reply(1002, "a spooler here too")
    with replied.at(said) as then:
        assert then.problems.try_rule(SPOOLER.rule).matched == (1001,)
    assert replied.desk().problems.try_rule(SPOOLER.rule).matched == (1002, 1001)


def test_of_much_text_as_much_is_read_then_as_later(office: Office) -> None:
    problems = office.desk().problems
    problems.write(SPOOLER)
    long, short = (office.open("Printer jams", body="x" * length).ref for length in (LOOKED_AT, 9))
    for ref in (long, short):
        office.desk().tickets.reply(ref, "it says spooler")
    assert matching(office) == [short]
    assert problems.try_rule(SPOOLER.rule).matched == (short,)
