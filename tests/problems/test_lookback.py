"""Which ticket was linked to which problem is seen as it stood, whatever was linked, unlinked or taken back since."""

from tests.offices import Office
from workbench.problems.model import NewProblem, Rule


def test_each_link_is_seen_as_it_stood(office: Office) -> None:
    desk, seen = office.desk(), {}
    for word in ("badge", "mail"):
        desk.problems.write(NewProblem(word, Rule(words=(word,))))
    ref, other = office.open("badge [1]").ref, office.open("mail").ref
    desk.problems.link(other, 2)

    def remember() -> None:
        links = {each: desk.problems.linked_to(each) for each in (ref, other)}
        seen[office.clock.at] = (links, desk.problems.counts())
        office.pass_time(minutes=1)

    remember()
    for act in (
        lambda: desk.problems.link(ref, 1),
        lambda: desk.problems.link(ref, 2),
        desk.tickets.undo,
        lambda: desk.problems.unlink(ref),
        desk.tickets.undo,
        desk.tickets.undo,
        lambda: desk.problems.link(ref, 2),
        lambda: desk.problems.fix(2, "done"),
        desk.tickets.undo,
    ):
        act()
        remember()
    assert [links[ref] for links, _ in seen.values()] == [None, 1, 2, 1, None, 1, None, 2, 2, 2]
    for moment, was in seen.items():
        with office.at(moment) as then:
            assert ({each: then.problems.linked_to(each) for each in (ref, other)}, then.problems.counts()) == was
