"""A problem's first draft out of a ticket's timeline."""

from tests.support.offices import Office
from workbench.problems.drafting import problem_draft


def test_its_rule_is_the_error_message(office: Office) -> None:
    ref, tickets = (
        office.open("Shop pays no more", body="It said [/b] error 502\nand stopped.").ref,
        office.desk().tickets,
    )
    tickets.set_component(ref, "checkout")
    assert problem_draft(*tickets.with_timeline(ref), "pool of 20", "restart it") == {
        "title": "Shop pays no more",
        "words": "",
        "signature": "It said [/b] error 502",
        "component": "checkout",
        "cause": "pool of 20",
        "workaround": "restart it",
    }


def test_without_one_its_rule_is_the_longest_words_of_the_subject(office: Office) -> None:
    ref, tickets = office.open("A\nprinter prints nothing").ref, office.desk().tickets
    draft = problem_draft(*tickets.with_timeline(ref), "", "")
    assert (draft["title"], draft["words"], draft["signature"]) == ("A printer prints nothing", "printer, nothing", "")
