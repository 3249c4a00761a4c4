"""The setup file: what it makes of the tables, what it says when it is wrong, and that it comes back the same."""

import tomllib
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.database import Database
from workbench.errors import InvalidInput, NotFound, Refused
from workbench.organisation.model import Client, Organisation, Person, SupportModel, Team, Tier
from workbench.organisation.service import OrganisationService
from workbench.organisation.setup_reader import read_setup
from workbench.organisation.toml import literal, parse

EXAMPLE = """
name = "Northwind [b]IT[/b]"
zone = "Europe/Berlin"

[priority]
P1 = 0.25
P2 = 0.5
P3 = 1.0
P4 = 3

[settings]
stale_after = "5d"
aging_share = 0.4
run_commands = false
command_time_limit = "90s"
escalation_work = "2h"
engineer_hour_cost = 99.5

[[calendar]]
name = "office"
hours = { mon = ["13:00-17:30", "09:00-12:30"], tue = ["09:00-24:00"] }
closed = ["2026-12-25", 2026-12-26]

[[tier]]
name = "L1"
respond = "15m"
resolve = "1h"
update = "none"
calendar = "always"

[[tier]]
name = "L2"
calendar = "office"

[[team]]
slug = "frontline"
name = "First line \\u001b]0;x\\u0007 \\U0001F525"
tier = "L1"
support = "tiered"
calendar = "office"
contact = "ext. 100"
wants = "screenshot,\\nexact \\"error\\" text"
people = ["maya", "ravi"]
rotation = { start = "2026-11-16T09:00", every = "7d", people = ["maya", "ravi", "maya"] }
targets = { respond = "10m", update = "none" }

[[team]]
slug = "second"
tier = "L2"
support = "run"

[[person]]
login = "maya"
name = "Maya [@click=app.quit]Chen[/]"

[[person]]
login = "ravi"

[[client]]
slug = "contoso"
name = "Contoso"
calendar = "always"
targets = { L1 = { respond = "30m", resolve = "none" } }
contacts = [{ name = "Dana Reyes", email = "dana@contoso.example" }, { name = "[/] \\u0000 Ann" }]
"""


@pytest.fixture
def service(database: Database) -> OrganisationService:
    """The service on a new file."""
    return OrganisationService(database)


def a_ticket(database: Database, **columns: str) -> None:
    """Leaves a ticket in the history; only the columns that a setup asks for matter."""
    row = {"tier": "L1", "team": "frontline", **columns}
    columns_of_any = {
        "subject": "x", "body": "", "state": "closed", "live": 0, "priority": "P3", "impact": "one",
        "urgency": "hampered", "opened_at": "", "arrived_at": "", "touched_at": "", "progress_at": "", "hops": 0,
        "bounces": 0, "reopens": 0, "version": 1, "stale_at": "", "grave_at": "", "counted": "", "turns_at": "",
    }  # fmt: skip
    values = {**columns_of_any, **row}
    with database.transaction():
        database.execute(
            f"INSERT INTO ticket ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
        )


def test_a_file_becomes_the_organisation(service: OrganisationService) -> None:
    assert service.apply(EXAMPLE, "setup.toml")
    now = service.current()
    assert (now.name, now.zone) == ("Northwind [b]IT[/b]", "Europe/Berlin")
    assert now.settings.priority_factors == {"P1": 0.25, "P2": 0.5, "P3": 1.0, "P4": 3.0}
    assert (now.settings.stale_after, now.settings.aging_share, now.settings.due_share) == (432_000, 0.4, 0.8)
    assert (now.settings.run_commands, now.settings.command_time_limit) == (False, 90)
    costs = (now.settings.escalation_work, now.settings.escalation_refocus, now.settings.engineer_hour_cost)
    assert costs == (7_200, 1_380, 99.5)
    office = now.calendar("office")
    assert office.zone == "Europe/Berlin"
    assert office.hours[:3] == (((540, 750), (780, 1050)), ((540, 1440),), ())
    assert len(office.closed) == 2
    front = now.team("frontline")
    assert front.wants == 'screenshot,\nexact "error" text'
    assert front.targets == {"respond": 600, "update": None}
    assert front.rotation
    assert front.rotation.people == ("maya", "ravi", "maya")
    assert now.team("second") == Team("second", "second", "L2", SupportModel.RUN)
    assert [tier.name for tier in now.tiers] == ["L1", "L2"]
    assert now.client("contoso").targets == {"L1": {"respond": 1800, "resolve": None}}
    assert [contact.name for contact in service.contacts("contoso")] == ["Dana Reyes", "[/] \0 Ann"]


def test_applying_twice_changes_nothing(service: OrganisationService, database: Database) -> None:
    service.apply(EXAMPLE, "setup.toml")
    before, writes = service.current(), database.connection.total_changes
    assert service.apply(EXAMPLE, "setup.toml") == []
    assert service.apply(service.show(), "setup.toml") == []
    assert service.current() == before
    assert database.connection.total_changes == writes


def test_show_writes_what_another_workbench_reads(service: OrganisationService, database: Database) -> None:
    service.apply(EXAMPLE, "setup.toml")
    shown, organisation = service.show(), service.current()
    service.apply(
        "calendar = []\nclient = []\nperson = []\nteam = []\ntier = [{ name = 'L9' }]\nname = 'x'", "bare.toml"
    )
    assert len(service.current().teams) == 0
    assert service.apply(service.show(), "bare.toml") == []
    service.apply(shown, "shown.toml")
    assert service.show() == shown
    assert service.current() == organisation
    assert all(line.isprintable() for line in shown.splitlines())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=20), min_size=6, max_size=6), st.lists(st.text(min_size=1), unique=True, max_size=3))
def test_any_text_survives_the_file(service: OrganisationService, texts: list[str], contacts: list[str]) -> None:
    name, title, contact, wants, person, client = texts
    text = "\n".join(
        [
            f"name = {literal((name.strip() and name) or 'x')}",
            f"person = [{{ login = 'maya', name = {literal(person)} }}]",
            f"tier = [{{ name = 'L1', title = {literal(title)} }}]",
            f"team = [{{ slug = 't', tier = 'L1', contact = {literal(contact)}, wants = {literal(wants)} }}]",
            f"[[client]]\nslug = 'c'\nname = {literal(client)}",
            f"contacts = {literal([{'name': contact} for contact in contacts if contact.strip()])}",
        ]
    )
    service.apply(text, "setup.toml")
    shown = service.show()
    assert service.apply(shown, "setup.toml") == []
    assert service.apply(text, "setup.toml") == []
    assert service.current().team("t").wants == wants
    assert {one.name for one in service.contacts("c", limit=9)} == {one for one in contacts if one.strip()}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_literal_is_read_back_by_the_standard_reader(text: str) -> None:
    assert tomllib.loads(f"x = {literal([text, {text: text}])}") == {"x": [text, {text: text}]}


def test_a_lone_surrogate_becomes_a_question_mark(service: OrganisationService) -> None:
    service.apply("name = 'a\ud800b'", "setup.toml")
    assert service.current().name == "a?b"


@pytest.mark.parametrize(
    ("text", "wrong", "advice"),
    [
        ("name = ", "setup.toml is not TOML", "setup show"),
        ("a = " + "[" * 5000, "setup.toml is nested too deeply", ""),
        ("a = " + "9" * 5000, "setup.toml is not TOML", ""),
        ("\n\nzone = 'a' b", "line 3", ""),
        ("nmae = 'x'", "setup.toml: nothing is called nmae", "did you mean name?"),
        ("name = 7", "setup.toml: name = 7", "text in quotes"),
        ("name = ' '", "name", "say something"),
        ("name = { a = 1 }", "name = {…}", "text in quotes"),
        ("zone = 'Europe/Berlinn'", 'zone = "Europe/Berlinn"', "did you mean Europe/Berlin?"),
        ("zone = '../etc/passwd'", "zone", "IANA"),
        ("[team]\nslug = 'x'", "team", "[[team]]"),
        ("[priority]\nP5 = 1", "setup.toml: priority: nothing is called P5", "did you mean P1?"),
        ("[priority]\nP1 = true", "priority: P1 = true", "number above 0 and at most 100"),
        ("[priority]\nP1 = nan", "P1 = nan", "number"),
        ("[settings]\nrun_commands = 'no'", "settings: run_commands", "true or false"),
        ("[settings]\nstale_after = '0m'", "settings: stale_after", "above zero"),
        ("[settings]\naging_share = 0.9", "aging_share = 0.9 is not below due_share", "0.8"),
        ("tier = []", "setup.toml: tier = []", "needs one tier at least"),
        ("[[tier]]\ntitle = 'x'", "setup.toml: tier 1 has no name", "add name"),
        ('[[tier]]\nname = "a\\nb"', 'tier "a\\nb": name', "visible characters"),
        ("[[tier]]\nname = 'x'\n[[tier]]\nname = 'x'", 'tier "x" stands there twice', "keep one"),
        ("[[tier]]\nname = 'L1'\nrespond = 15", 'tier "L1": respond = 15', 'or "none"'),
        ("[[tier]]\nname = 'L1'\nrespond = '15 lightyears'", "respond", "like 15m"),
        ("[[tier]]\nname = 'L1'\ncalendar = 'office'", 'tier "L1": calendar = "office"', "no calendar yet"),
        ("[[tier]]\nname = 'frontline'", 'team "frontline": tier = "L1"', "the tiers are frontline"),
        ("[[tier]]\nname='L1'\n[[team]]\nslug='l1'\ntier='L1'", 'team "l1" is called like a tier', "something else"),
        ("[[team]]\nslug = 'x'", 'team "x" has no tier', "add tier"),
        ("[[team]]\nslug = 'x'\ntier = 'L1'\nsupport = 'tired'", 'team "x": support = "tired"', "tiered, embedded"),
        ("[[team]]\nslug = 'x'\ntier = 'L9'", 'team "x": tier = "L9"', "did you mean L1?"),
        ("[[team]]\nslug = 'x'\ntier = 'L1'\npeople = ['amya']", 'people = "amya"', "did you mean maya?"),
        ("[[team]]\nslug = 'x'\ntier = 'L1'\npeople = ['maya', 'maya']", "people", "once"),
        ("[[team]]\nslug = 'x'\ntier = 'L1'\npeople = 'maya'", 'people = "maya"', "list"),
        (
            "[[team]]\nslug = 'x'\ntier = 'L1'\nrotation = { people = [] }",
            'team "x": rotation has no start',
            "add start",
        ),
        (
            "[[team]]\nslug='x'\ntier='L1'\nrotation=['zoe']",
            'rotation = ["zoe"]',
            'like { start = "2026-11-16T09:00", every',
        ),
        ("[[calendar]]\nname='o'\nhours='9-18'", 'hours = "9-18"', 'like { mon = ["09:00-12:30"'),
        ("[[calendar]]\nname='o'\nhours={mon='9-18'}", 'mon = "9-18"', 'like ["09:00-12:30"'),
        ("[[client]]\nslug='x'\ncontacts=['Maria']", 'contacts = ["Maria"]', "each under [[client.contacts]]"),
        ("[[team]]\nslug='x'\ntier='L1'\nrotation={start='2026-11-16T09:00Z'}", "start", "without an offset"),
        ("[[team]]\nslug='x'\ntier='L1'\nrotation={start='2026-11-16T09:00', every='1h'}", "every", "whole days"),
        (
            "[[team]]\nslug='x'\ntier='L1'\nrotation={start='2026-11-16T09:00', people=['bo']}",
            "rotation: people",
            "maya",
        ),
        (
            "[[team]]\nslug='x'\ntier='L1'\ntargets={respnd='1h'}",
            'team "x": targets: nothing is called respnd',
            "respond",
        ),
        ("[[person]]\nlogin = 'nobody'", 'person "nobody" is called like a word', "no assignee"),
        ("[[person]]\nlogin = 'none'", 'person "none" is called like a word', "no assignee"),
        ("[[team]]\nslug='x'\ntier='L1'\npeople=['me']", 'person "me" is called like a word', "whoever asks"),
        ("[[team]]\nslug='none'\ntier='L1'", 'team "none" is called like a word', "has no owner"),
        ("[[client]]\nslug='none'", 'client "none" is called like a word', "has no client"),
        ("[[person]]\nlogin = 'bo'", 'team "frontline": people = "maya"', "people are bo"),
        ("[[calendar]]\nname = 'always'", 'calendar "always"', "built in"),
        ("[[calendar]]\nname = 'o'\nzone = 'Mars'", 'calendar "o": zone = "Mars"', "IANA"),
        ("[[calendar]]\nname = 'o'\nhours = { mon = ['9-5'] }", 'calendar "o": hours: mon', "09:00-12:30"),
        ("[[calendar]]\nname = 'o'\nhours = { mon = ['22:00-06:00'] }", "mon", "midnight"),
        ("[[calendar]]\nname = 'o'\nhours = { mon = ['09:00-12:00', '11:00-13:00'] }", "mon", "overlap"),
        ("[[calendar]]\nname = 'o'\nhours = { monday = ['09:00-12:00'] }", "nothing is called monday", ""),
        ("[[calendar]]\nname = 'o'\nclosed = ['2026-02-30']", "closed", "2026-12-25"),
        ("[[client]]\nslug = 'c'\ntargets = { L9 = { respond = '1h' } }", 'client "c": targets = "L9"', "L1"),
        ("[[client]]\nslug = 'c'\ncontacts = [{ email = 'x' }]", 'client "c": contacts 1 has no name', "Dana"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(
    service: OrganisationService, text: str, wrong: str, advice: str
) -> None:
    service.begin("Northwind", "maya")
    before = service.current()
    with pytest.raises(InvalidInput) as told:
        service.apply(text, "setup.toml")
    assert told.value.wrong.startswith("setup.toml")
    assert wrong in told.value.wrong
    assert advice in told.value.advice
    assert "\n" not in str(told.value)
    assert service.current() == before


def test_however_deep_a_value_is_nested_the_answer_is_one_line() -> None:
    for depth in range(1, 1000, 7):
        with pytest.raises(InvalidInput) as told:
            read_setup("name = " + "[" * depth + "]" * depth, "setup.toml")
        assert len(str(told.value)) < 200


def test_a_kind_that_stands_in_the_file_is_whole_and_another_is_left_alone(service: OrganisationService) -> None:
    service.begin("Northwind", "maya")
    lines = service.apply(
        "person = [{ login = 'ravi' }]\nteam = [{ slug = 'frontline', tier = 'L1', people = ['ravi'] }]", "setup.toml"
    )
    assert lines == [
        'person "ravi": added',
        'person "maya": removed',
        'team "frontline": changed name, people',
        'team "second-line": removed',
        'team "engineering": removed',
    ]
    assert [tier.name for tier in service.current().tiers] == ["L1", "L2", "L3"]


def test_the_order_of_the_file_is_kept(service: OrganisationService) -> None:
    service.apply("person = [{ login = 'b' }, { login = 'a' }]", "setup.toml")
    assert service.apply("person = [{ login = 'a' }, { login = 'b' }]", "setup.toml") == ["person: the order"]
    assert [person.login for person in service.current().people] == ["a", "b"]


def test_what_has_history_is_retired_and_comes_back(service: OrganisationService, database: Database) -> None:
    service.apply(EXAMPLE, "setup.toml")
    full = service.current()
    a_ticket(database, team="second", assignee="maya", client="contoso", contact="Dana Reyes")
    lines = service.apply(
        "calendar = []\nteam = []\nperson = []\n[[tier]]\nname = 'L9'\n[[client]]\nslug = 'contoso'\ncontacts = []",
        "setup.toml",
    )
    assert 'team "second": retired, since it has history' in lines
    assert 'team "frontline": removed' in lines
    assert 'person "maya": retired, since it has history' in lines
    assert 'tier "L2": retired, since it has history' in lines  # the retired team works at it
    assert 'calendar "office": retired, since it has history' in lines  # that tier's
    assert "client contoso: contact Dana Reyes: retired, since it has history" in lines
    assert service.contacts("contoso") == []
    assert service.apply(service.show(), "setup.toml") == []
    with pytest.raises(NotFound):
        service.current().team("second")
    assert service.current().terms("contoso", "second", "L1", "P3").resolve == 3600
    assert 'team "second": back in use' in service.apply(EXAMPLE, "setup.toml")
    assert service.current() == full
    assert [contact.name for contact in service.contacts("contoso")] == ["Dana Reyes", "[/] \0 Ann"]


def test_init_makes_a_workbench_that_works(service: OrganisationService) -> None:
    service.begin("Northwind IT", "maya")
    now = service.current()
    assert [(tier.name, tier.title) for tier in now.tiers] == [
        ("L1", "First line"),
        ("L2", "Second line"),
        ("L3", "Engineering"),
    ]
    assert now.tier("L3").targets == {"respond": 14_400, "resolve": 259_200, "update": 86_400}
    assert [team.slug for team in now.teams] == ["frontline", "second-line", "engineering"]
    assert now.first_team("L1").people == ("maya",)
    assert [(client.slug, client.name) for client in now.clients] == [("northwind-it", "Northwind IT")]
    assert now.terms("northwind-it", "frontline", "L1", "P1").respond == 225
    assert service.apply(service.show(), "setup.toml") == []
    with pytest.raises(Refused):
        service.begin("Again", "maya")


@pytest.mark.parametrize("name", ["None", "日本"])
def test_what_cannot_name_a_client_begins_with_oneself(service: OrganisationService, name: str) -> None:
    service.begin(name, "maya")
    assert [(client.slug, client.name) for client in service.current().clients] == [("self", name)]


@pytest.mark.parametrize("who", ["me", "none", "nobody", "\u202e"])
def test_who_could_not_be_named_begins_nothing(service: OrganisationService, who: str) -> None:
    with pytest.raises(InvalidInput, match="say who you are"):
        service.begin("Northwind", who)
    assert len(service.current().tiers) == 0


def test_who_is_called_like_a_word_already_stays(service: OrganisationService, database: Database) -> None:
    service.begin("Northwind", "maya")
    with database.transaction():
        database.execute("UPDATE person SET login = 'none'")
        database.execute("UPDATE team_person SET person = 'none'")
        database.execute("UPDATE organisation SET edition = edition + 1")
    assert service.apply(service.show() + "\n[[person]]\nlogin = 'bo'\n", "setup.toml") == ['person "bo": added']


def test_the_revision_tells_when_clocks_stand_on_something_new(service: OrganisationService) -> None:
    service.apply(EXAMPLE, "setup.toml")
    before = service.revision()
    service.apply("[[person]]\nlogin = 'maya'\nname = 'M'\n[[person]]\nlogin = 'ravi'", "setup.toml")
    assert service.revision() == before
    service.apply("[priority]\nP1 = 0.1", "setup.toml")
    assert service.revision() == before + 1


def test_another_session_s_change_is_seen(service: OrganisationService, database: Database) -> None:
    assert service.current() is service.current()
    other = Database.open(database.path)
    try:
        OrganisationService(other).apply("name = 'Changed'", "setup.toml")
    finally:
        other.close()
    assert service.current().name == "Changed"


@pytest.mark.parametrize("writing", [False, True])
def test_what_was_rolled_back_is_not_taken_for_another_session_s_change(
    service: OrganisationService, database: Database, *, writing: bool
) -> None:
    with suppress(KeyError), database.transaction():
        service.apply("name = 'Mine'", "setup.toml")
        assert service.current().name == "Mine"
        assert service.current() is service.current()
        raise KeyError
    with closing(Database.open(database.path)) as other:
        OrganisationService(other).apply("name = 'Theirs'", "setup.toml")
    with database.transaction() if writing else nullcontext():
        assert service.current().name == "Theirs"
        assert service.current() is service.current()
    assert service.current().name == "Theirs"


def test_an_import_adds_who_is_missing_and_leaves_the_others(service: OrganisationService) -> None:
    service.begin("Northwind", "maya")
    lines = service.add(
        people=[Person("maya", "Other"), Person("zoë", "Zoë")],
        teams=[Team("v13", "V13", "L2"), Team("frontline", "Other", "L3")],
        clients=[Client("fabrikam", "Fabrikam")],
    )
    assert lines == ['person "zoë": added', 'team "v13": added', 'client "fabrikam": added']
    assert service.current().team("frontline").tier == "L1"
    with pytest.raises(InvalidInput, match="cannot name a person"):
        service.add(people=[Person("a\x1b", "x")])
    with pytest.raises(InvalidInput, match="L9"):
        service.add(teams=[Team("x", "X", "L9")])


def test_contacts_come_with_tickets(service: OrganisationService) -> None:
    service.begin("Northwind", "maya")
    dana = service.ensure_contact("northwind", "Dana [/b] \ud800", "dana@x")
    assert dana.name == "Dana [/b] ?"
    assert service.ensure_contact("northwind", "Dana [/b] \ud800") == dana
    assert service.contact("northwind", "Nobody") is None
    assert service.contacts("northwind", "dANA") == [dana]
    assert "Dana" in service.show()
    with pytest.raises(InvalidInput):
        service.ensure_contact("northwind", " ")


def test_a_file_is_read_without_a_workbench() -> None:
    setup = read_setup("[[tier]]\nname = 'L1'\nrespond = 'none'", "setup.toml")
    assert setup.tiers == (Tier("L1", targets={"respond": None}),)
    assert parse("a = 1", "x").value("a") == 1


def test_a_calendar_without_hours_closes_on_its_dates_only(service: OrganisationService) -> None:
    service.apply("zone = 'Europe/Berlin'\n[[calendar]]\nname = 'o'\nclosed = ['2026-12-25']", "setup.toml")
    calendar = service.current().calendar("o")
    assert calendar.zone == "Europe/Berlin"
    opening, end = datetime(2026, 12, 24, 22, tzinfo=UTC), datetime(2026, 12, 26, 22, tzinfo=UTC)
    assert calendar.worked(opening, end) == 24 * 3600
    assert service.apply(service.show(), "setup.toml") == []


def test_an_organisation_is_compared_by_what_it_holds(service: OrganisationService) -> None:
    service.begin("Northwind", "maya")
    now: Organisation = service.current()
    assert replace(now) == now


def test_to_be_of_a_team_is_to_be_a_person(service: OrganisationService) -> None:
    file = """
        person = [{ login = "maya", name = "Maya Chen" }]
        team = [{ slug = "frontline", tier = "L1", people = ["maya", "ravi"] }]
    """
    service.begin("Northwind", "maya")
    assert 'person "ravi": added' in service.apply(file, "setup.toml")
    assert service.apply(file, "setup.toml") == []
    assert service.apply(service.show(), "shown.toml") == []
    assert [person.login for person in service.current().people] == ["maya", "ravi"]
    service.apply('team = [{ slug = "other", tier = "L1", people = ["omar"] }]', "setup.toml")
    assert [person.login for person in service.current().people] == ["maya", "ravi", "omar"]
