"""Problems, and which ticket is linked to which, are seen as they stood, whatever was changed or taken back since."""

from tests.support.offices import Office
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


def test_what_is_said_of_a_problem_is_seen_as_it_stood(office: Office) -> None:
    desk, seen = office.desk(), {}
    problems = desk.problems
    problems.write(NewProblem("badge [/b]", Rule(words=("badge", "jam")), workaround="turn it round"))
    ref = office.open("badge jam, door").ref
    rule = Rule(signature="E_[1]", component="erp", pattern="x|y")
    for act in (
        lambda: problems.rewrite(1, lambda now: now._replace(title="Badges", rule=Rule(words=("503",)))),
        lambda: problems.rewrite(1, lambda now: now._replace(workaround="", answer="we are on it", rule=rule)),
        lambda: problems.begin_fix(1, office.clock.at),
        lambda: problems.fix(1, "new firmware"),
        lambda: problems.reopen(1, "jams again"),
        lambda: problems.rewrite(1, lambda now: now._replace(rule=Rule(words=("door",)), expected_at=None)),
        lambda: problems.fix(1, "again"),
        lambda: problems.fix(1, "and again"),
    ):
        seen[office.clock.at] = problems.get(1), problems.counts(), problems.matching(1)
        office.pass_time(minutes=1)
        act()
    assert [len(matching) for _, _, matching in seen.values()] == [1, 0, 0, 0, 0, 0, 1, 1]
    for moment, was in seen.items():
        with office.at(moment) as then:
            assert (then.problems.get(1), then.problems.counts(), then.problems.matching(1)) == was
            assert bool(then.problems.of_ticket(ref)) is bool(was[2])


def test_a_rule_that_an_older_file_told_in_words_is_seen_as_it_is(office: Office) -> None:
    desk = office.desk()
    desk.problems.write(NewProblem("badge", Rule(words=("badge",))))
    before = office.clock.at
    office.pass_time(minutes=1)
    desk.problems.rewrite(1, lambda now: now._replace(title="Badges", rule=Rule(words=("door",))))
    with desk.database.transaction():
        older = "json_set(before, '$.rule', 'words “badge”')"
        desk.database.execute(f"UPDATE problem_event SET before = {older} WHERE kind = 'changed'")
    with office.at(before) as then:
        assert (then.problems.get(1).title, then.problems.get(1).rule.words) == ("badge", ("door",))
