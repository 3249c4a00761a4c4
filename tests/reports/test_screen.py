"""The report on the screen: figures, the diagnosis, the maps, and the tickets behind each number."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from tests.escalation.forms import L2, broken, send
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import HOSTILE, SETUP, START, Office
from workbench.ownership.model import Component
from workbench.reports.definitions import definition
from workbench.reports.evidence import Hop, Load
from workbench.reports.model import Figure, Scope
from workbench.reports.panels.maps import ShadedMap, hop_map, hops_title, load_map, load_title
from workbench.reports.panels.tickets import BehindScreen
from workbench.reports.panels.words import better
from workbench.reports.screen import ReportsScreen
from workbench.reports.service import ReportService
from workbench.tickets.rules import Resolution

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@pytest.fixture
def busy(office: Office) -> Office:
    """Two tickets that the first line resolved, and one that it passed up and the second line resolved."""
    for subject in HOSTILE[:3]:
        office.open(subject, component="web [01]")
    office.pass_time(minutes=30)
    send(office, 1003, L2)
    office.pass_time(hours=1)
    for ref, who in ((1001, "maya"), (1002, "maya"), (1003, "omar")):
        office.desk(who).tickets.resolve(ref, Resolution(cause="[/b]", fix="again", one_off="rare"))
    office.pass_time(hours=1)
    return office


@asynccontextmanager
async def reading(office: Office, size: tuple[int, int] = LARGE) -> AsyncIterator[Seat]:
    """Maya in front of the report, all of it taken."""
    async with seated(office, size=size) as maya:
        await maya.press("4")
        await done(maya)
        yield maya


async def done(maya: Seat) -> None:
    """Waits until nothing is worked out beside the screen any more."""
    await maya.app.workers.wait_for_complete()
    await maya.press()


@SIZES
async def test_the_figures_stand_against_their_targets(busy: Office, size: tuple[int, int]) -> None:
    async with reading(busy, size) as maya:
        maya.sees("Resolved at the first line", "66.6%", "✓ in 65–80%", "Passed up from L1", "▲ over <30%")
        maya.sees("resolved tickets that were never anywhere but at L1", "2 of 3", "aim 65–80%")
        assert_golden(maya.screen, f"reports-{size[0]}x{size[1]}")


@SIZES
async def test_the_diagnosis_is_told_in_sentences(busy: Office, size: tuple[int, int]) -> None:
    async with reading(busy, size) as maya:
        await maya.press("tab")
        maya.sees("Where the tiers break", "✓ Bottleneck: not found", "are needed to tell", "✓ Graveyard: not found")
        await maya.press("end")
        maya.sees("engineering: no data")
        assert_golden(maya.screen, f"reports-diagnosis-{size[0]}x{size[1]}")


@SIZES
async def test_who_passes_to_whom_is_a_map_of_shades_and_numbers(busy: Office, size: tuple[int, int]) -> None:
    async with reading(busy, size) as maya:
        await maya.press("tab", "tab", "right")
        maya.sees("second-l", "█ 1", "frontline → second-line: 1 hop of 1 ticket, none of them came back")
        assert_golden(maya.screen, f"reports-hops-{size[0]}x{size[1]}")
        await maya.press("enter")
        await done(maya)
        maya.sees("frontline → second-line · 1 ticket", "1003")
        maya.sees_no("1002")


@SIZES
async def test_the_load_of_a_team_by_week(busy: Office, size: tuple[int, int]) -> None:
    async with reading(busy, size) as maya:
        await maya.press("left_square_bracket")
        maya.sees("Tickets that came to each team", "frontline: 3 came in 12 weeks")
        assert_golden(maya.screen, f"reports-load-{size[0]}x{size[1]}")
        await maya.press("right", "enter")
        await done(maya)
        maya.sees("came to frontline, week from 23 Feb · 3 tickets")


async def test_no_column_of_a_map_is_cut_and_those_out_of_sight_are_counted(busy: Office) -> None:
    whole = re.compile(r"│ +all((?:  \d\d \w{3})+) *│")
    async with reading(busy, SMALL) as maya:
        await maya.press("left_square_bracket")
        for width in (80, 81, 84, 87, 88, 100):
            await maya.resize(width, 24)
            weeks = whole.search(maya.screen)
            assert weeks is not None, maya.screen
            maya.sees("23 Feb", f"{12 - len(weeks[1]) // 8} more →")
        await maya.resize(*SMALL)
        await maya.press("end")
        maya.sees("08 Dec", "← 5 ")
        maya.sees_no("23 Feb", "more →")
        load = maya.app.screen.query_one("#load", ShadedMap)
        load.scroll_to(x=13, animate=False)  # as a mouse would have it
        await maya.press()
        assert whole.search(maya.screen), maya.screen
        maya.sees("16 Feb", "← 1 · 4 more →")


@SIZES
async def test_an_empty_workbench_says_what_to_do(office: Office, size: tuple[int, int]) -> None:
    async with reading(office, size) as maya:
        maya.sees("no data", "There is no ticket yet", "workbench import log FILE")
        assert_golden(maya.screen, f"reports-empty-{size[0]}x{size[1]}")
        await maya.press("tab")
        maya.sees("no data: nothing was resolved")
        await maya.press("tab")
        maya.sees("No ticket was passed on in this period.")
        await maya.press("tab")
        maya.sees("No ticket came to any team.")
        await maya.press("enter")
        maya.sees("no tickets stand behind this")


async def test_each_figure_opens_its_tickets_and_they_can_be_acted_on(busy: Office) -> None:
    async with reading(busy) as maya:
        await maya.press("enter")
        await done(maya)
        maya.sees("Resolved at the first line · 2 tickets", "1001", "1002", HOSTILE[0])
        maya.sees_no("1003")
        await maya.press("j", "C")
        await maya.type("seen")
        await maya.press("ctrl+s", "enter")
        maya.sees("#1002", "seen")
        await maya.press("q", "escape")
        maya.sees("Figures", "66.6%")


async def test_the_whole_that_a_figure_is_a_share_of_opens_too(busy: Office) -> None:
    async with reading(busy) as maya:
        await maya.press("j", "o")
        await done(maya)
        maya.sees("Passed up from L1: all of them · 3 tickets", "1001", "1003")
        await maya.press("escape", "G", "o")
        maya.sees("no tickets stand behind this")


async def test_what_it_would_cost_if_a_share_were_another(busy: Office) -> None:
    for number in range(2):
        busy.open(f"deep {number}")
        busy.desk().tickets.move(1004 + number, "engineering", "theirs")
        busy.desk("ines").tickets.resolve(1004 + number, Resolution("heat", "a fan", "one site"))
    busy.pass_time(minutes=1)
    async with reading(busy) as maya:
        maya.sees("Resolved at the first line")
        await maya.press("w")
        maya.sees("does not hang on what is under", "Passed up from L1, Passed on", "Engineering involved: go to one")
        await maya.press("j", "w")
        maya.sees("What if “Passed up from L1” were not 60.0% but", "│ 60.0% ")
        await maya.type("30%")  # in the place of what is offered
        await maya.press("enter")
        await done(maya)
        assert "If Passed up from L1 were 30%, it would be about 1 arrival and" in maya.part("#told")
        assert "$508 less" in maya.part("#told")
        await maya.press("G")
        assert "$508 less" in maya.part("#told")
        await maya.press("g", "j", "w")
        await maya.type("thirty")
        await maya.press("enter")
        maya.sees("'thirty' is no share; write it like 30%", "What if", "│ thirty ")
        await maya.press("ctrl+u")
        await maya.type("30")
        await maya.press("enter")
        maya.sees("'30' is no share; write it like 30%", "│ 30 ")
        await maya.press("escape", "tab", "w")
        maya.sees("does not hang on what is under")


async def test_a_finding_opens_the_tickets_that_show_it(busy: Office) -> None:
    for number in range(5):
        busy.open(f"old {number}")
    busy.pass_time(days=100)
    async with reading(busy) as maya:
        await maya.press("tab", "j", "j")
        maya.sees("▲ Graveyard: found", "decide each of them this week", "Tickets: #1004 #1005")
        await maya.press("enter")
        await done(maya)
        maya.sees("graveyard · 5 tickets", "old 4")
        await maya.press("escape", "j", "j", "j")
        maya.sees("› 5 of them untouched for 30 days or more.")
        await maya.press("enter")
        await done(maya)
        maya.sees("5 of them untouched for 30 days or more · 5 tickets", "old 4")
        await maya.press("escape", "j", "enter")
        maya.sees("no tickets stand behind this")


async def test_what_came_about_a_component_is_opened_where_enough_came_to_tell(busy: Office) -> None:
    busy.desk().ownership.put(Component("web [01]", owners=("frontline",)))
    for number in range(24):
        busy.open(f"print {number}", component="printer [/b]")
        busy.pass_time(days=2)
    async with reading(busy) as maya:
        await maya.press("tab", "G")
        maya.sees("printer [/b]: tiered stays – little of it is passed on", "1 component: too few tickets to tell.")
        await maya.press("enter")
        await done(maya)
        maya.sees("came about printer [/b] · 24 tickets", "print 23")


async def test_the_period_is_chosen_by_keys(busy: Office) -> None:
    async with reading(busy) as maya:
        maya.sees("2026-01-31 13:30 to 2026-03-02 13:30 (30 days)")
        await maya.press("p")
        maya.sees("(90 days)")
        await maya.press("p")
        maya.sees("(7 days)")
        await maya.press("<")
        await done(maya)
        maya.sees("2026-02-16 13:30 to 2026-02-23 13:30 (7 days)", "no data")
        maya.sees_no("66.6%")
        await maya.press(">", ">")
        maya.sees("nothing is later than now")


async def test_only_the_tickets_of_one_team_tier_or_client(busy: Office) -> None:
    async with reading(busy) as maya:
        await maya.press("s")
        maya.sees("Whose tickets?", "all tickets", "tier L1")
        await maya.type("client fab")
        await maya.press("enter")
        await done(maya)
        maya.sees("client fabrikam", "no data")
        await maya.press("s", "escape")
        await maya.press("s")
        await maya.type("team second")
        await maya.press("enter")
        await done(maya)
        maya.sees("team second-line", "0.0%")
        await maya.press("s")
        await maya.type("comp web")
        await maya.press("enter")
        await done(maya)
        maya.sees("component web [01]", "66.6%")


async def test_figures_are_kept_and_compared_with(busy: Office) -> None:
    name = "before [the] runbooks"
    async with reading(busy) as maya:
        await maya.press("b")
        await maya.type(name)
        await maya.press("enter")
        await done(maya)
        (kept,) = busy.desk().reports.baselines()
        assert (kept.name, kept.scope, kept.values["l1_resolution_rate"]) == (name, Scope(), 2 / 3)
        busy.open("another")
        busy.desk().tickets.resolve(1004, Resolution(fix="restarted"))
        busy.pass_time(minutes=1)
        await maya.press("R", "c")
        await maya.type("runb")
        await maya.press("enter")
        await done(maya)
        maya.sees(f"then: {name}, kept by maya", "75.0%", "↑ 8.4 pt")


async def test_figures_that_were_kept_are_deleted(busy: Office) -> None:
    reports = busy.desk().reports
    for name in ("before [/b]", "after"):
        reports.keep(name, reports.period())
    async with reading(busy, SMALL) as maya:
        await maya.press("c")
        await maya.type("bef")
        await maya.press("down", "enter")
        maya.sees("then: before [/b], kept by maya")
        await maya.press("c", "ctrl+x")
        maya.sees("only figures that were kept can be", "^x Delete")
        await maya.type("[/b]")
        await maya.press("ctrl+x", "n")
        assert len(reports.baselines()) == 2
        await maya.press("ctrl+x")
        maya.sees("Delete before [/b]?")
        await maya.press("y")
        assert [kept.name for kept in reports.baselines()] == ["after"]
        maya.sees("Compare with what?", "after")
        maya.sees_no("│ before [/b]")
        await maya.press("escape")
        maya.sees("─ before: 2026-01-01")


@pytest.mark.parametrize(("name", "told"), [("r.html", "<!DOCTYPE html>"), ("r.md", "# Northwind")])
async def test_the_report_is_written_to_a_file_once(busy: Office, tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / name
    async with reading(busy) as maya:
        for _ in range(2):
            await maya.press("e", "ctrl+u")
            await maya.type(str(path))
            await maya.press("enter")
        maya.sees("exists already")
    text = path.read_text("utf-8")
    assert text.startswith(told)
    assert "Where the tiers break" in text
    assert "66.6%" in text


async def test_a_file_of_no_known_form_is_refused(busy: Office, tmp_path: Path) -> None:
    async with reading(busy) as maya:
        await maya.press("e", "ctrl+u")
        await maya.type(str(tmp_path / "report.docx"))
        await maya.press("enter")
        maya.sees("is of no known form")
    assert not (tmp_path / "report.docx").exists()


def held_up(monkeypatch: pytest.MonkeyPatch, work: str) -> tuple[Event, Event]:
    """Has some work of the reports wait once it has begun; tells that it has, and lets it go on."""
    begun, go_on = Event(), Event()
    true = getattr(ReportService, work)

    def slow(*args: object, **named: object) -> object:
        begun.set()
        assert go_on.wait(60)
        return true(*args, **named)

    monkeypatch.setattr(ReportService, work, slow)
    return begun, go_on


async def test_the_last_answer_stands_gray_until_a_new_one_comes_and_may_be_left(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(busy) as maya:
        screen = maya.app.screen
        assert isinstance(screen, ReportsScreen)
        begun, go_on = held_up(monkeypatch, "report")
        await maya.press("<")
        assert begun.wait(60)
        maya.sees("taking the figures", "66.6%")
        assert screen.has_class("-stale")
        await maya.press("1")
        maya.sees("L1")
        await maya.press("4", "tab")
        maya.sees("Where the tiers break")
        await maya.press("shift+tab")
        go_on.set()
        await done(maya)
        maya.sees_no("taking the figures", "66.6%")
        assert not screen.has_class("-stale")


@pytest.mark.parametrize("key", ["escape", "3"])
async def test_who_leaves_stops_the_work_and_who_comes_back_has_it_begun_anew(
    busy: Office, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    begun = Event()
    true = ReportService.diagnosis

    def endless(self: ReportService, *args: object, **named: object) -> object:
        begun.set()
        query = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        return self.database.value(query)

    async with seated(busy) as maya:
        monkeypatch.setattr(ReportService, "diagnosis", endless)
        await maya.press("4")
        assert begun.wait(60)
        await maya.press("s", "escape")
        maya.sees("looking where the tiers break")
        await maya.press(key)
        await maya.app.workers.wait_for_complete()
        monkeypatch.setattr(ReportService, "diagnosis", true)
        await maya.press("4", "tab")
        await done(maya)
        maya.sees("Where the tiers break")
        maya.sees_no("looking where")


async def test_an_answer_that_is_wanted_no_more_is_not_shown(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, begun, ended = Event(), Event(), Event()
    true = ReportService.report

    def slow(self: ReportService, *args: object, **named: object) -> object:
        if begun.is_set():
            return true(self, *args, **named)  # type: ignore[arg-type]
        begun.set()
        assert go_on.wait(60)
        try:
            return true(self, *args, **named)  # type: ignore[arg-type]
        finally:
            ended.set()

    async with reading(busy) as maya:
        monkeypatch.setattr(ReportService, "report", slow)
        await maya.press("<")
        assert begun.wait(60)
        await maya.press(">")
        await done(maya)
        maya.sees("66.6%")
        go_on.set()
        assert ended.wait(60)
        await done(maya)
        maya.sees("66.6%", "2026-03-02 13:30")


async def test_a_report_is_written_with_what_was_found_and_supposed_of_it_alone(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(busy) as maya:
        screen = maya.app.screen
        assert isinstance(screen, ReportsScreen)
        assert screen.page(screen.shown()).diagnosis is not None
        begun, go_on = held_up(monkeypatch, "what_if")
        monkeypatch.setattr(ReportService, "diagnosis", broken)
        await maya.press("j", "w", "ctrl+u")
        await maya.type("30%")
        await maya.press("enter")
        assert begun.wait(60)
        await maya.press("<")
        await maya.comes("the file is [b] broken")
        go_on.set()
        await done(maya)
        page = screen.page(screen.shown())
        assert (page.diagnosis, page.what_if) == (None, None)


async def test_who_only_looks_at_a_ticket_has_no_report_taken_again(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(busy) as maya:
        taken = maya.app.screen
        await maya.press("enter")
        await done(maya)
        behind = maya.app.screen
        assert isinstance(behind, BehindScreen)
        await maya.wait_a_look(seconds=1)
        busy.desk("ravi").personal.look_at(1001)
        monkeypatch.setattr(ReportsScreen, "action_take", broken)
        monkeypatch.setattr(BehindScreen, "action_read", broken)
        await maya.wait_a_look(seconds=1)
        await maya.press("escape")
        assert maya.app.screen is taken
        maya.sees_no("broken")


async def test_what_others_do_is_in_the_figures_when_one_comes_back(busy: Office) -> None:
    async with reading(busy) as maya:
        await maya.press("1")
        busy.open("another", who="ravi")
        busy.desk("ravi").tickets.resolve(1004, Resolution(fix="restarted"))
        busy.pass_time(minutes=1)
        await maya.press("4")
        await done(maya)
        maya.sees("75.0%")


async def test_a_click_shows_a_view(busy: Office) -> None:
    async with reading(busy) as maya:
        await maya.click("Diagnosis")
        maya.sees("Where the tiers break")
        await maya.click("Load")
        maya.sees("Tickets that came to each team")


async def test_one_looks_back_at_the_report_of_that_moment(busy: Office) -> None:
    with busy.at(START + timedelta(hours=1)) as desk:
        async with seated(busy, desk=desk) as maya:
            await maya.press("4")
            await done(maya)
            maya.sees("2026-03-02 12:00", "no data")
            maya.sees_no("66.6%")
            await maya.press("b")
            maya.sees("cannot be changed")


async def test_tickets_that_are_done_stay_in_the_list_behind_a_number(busy: Office) -> None:
    busy.open("now")
    busy.pass_time(minutes=1)
    async with reading(busy) as maya:
        await maya.press("left_square_bracket", "enter")
        await done(maya)
        assert isinstance(maya.app.screen, BehindScreen)
        maya.sees("4 tickets", "now")
        await maya.press("G", "t")
        maya.sees("#1004 taken by maya")
        busy.desk("ravi").tickets.resolve(1004, Resolution(fix="done"))
        await maya.wait_a_look(seconds=1)
        maya.sees("1004", "now", "4 tickets")


async def test_names_from_outside_are_only_text(busy: Office) -> None:
    team, client, component = "[/b] net [$primary]x", "[@click=app.quit]x[/]", "\x1b]52;c;eA==\x07 [web]"
    teams = f'[[team]]\nslug = "{team}"\nname = "N"\ntier = "L1"\npeople = ["maya"]\n'
    clients = f'[[client]]\nslug = "{client}"\nname = "C"\n'
    busy.desk().organisation.apply(f"{SETUP}{teams}{clients}", "setup.toml")
    for number in range(3):
        busy.open(f"hostile {number}", client=client, component=component)
        busy.desk().tickets.move(1004 + number, team, "theirs")
    for number in range(20):
        busy.open(f"third {number}", team="engineering", component=component)
        busy.desk("ines").tickets.resolve(1007 + number, Resolution(fix="again"))
    busy.pass_time(minutes=1)
    async with reading(busy) as maya:
        await maya.press("tab")
        maya.sees("ines alone resolves ␛]52;c;eA==␇ [web].")
        await maya.press("end")
        maya.sees(f"{team}: no data")
        await maya.press("tab")
        maya.sees("[/b] net…")
        await maya.press("right", "right")
        maya.sees(f"frontline → {team}: 3 hops")
        await maya.press("tab", "down", "down")
        maya.sees("[/b] net [$prim…")
        await maya.press("s")
        await maya.type("click=")
        await maya.press("enter")
        await done(maya)
        maya.sees(f"client {client}")
        await maya.press("s")
        await maya.type("[/b]")
        await maya.press("enter")
        await done(maya)
        maya.sees(f"team {team}")


async def test_a_file_from_before_there_were_reports_is_read_first(busy: Office) -> None:
    database = busy.desk().database
    with database.transaction():
        for table in ("stay", "resolution", "first_response"):
            database.execute(f"DELETE FROM {table}")
        database.execute("UPDATE projection SET missing = 1")
    async with reading(busy) as maya:
        maya.sees("66.6%", "2 of 3")
    assert database.value("SELECT missing FROM projection") == 0


def test_of_many_teams_the_maps_show_the_busiest_and_say_so(busy: Office) -> None:
    reports = busy.desk().reports
    report = reports.report(reports.period())
    hops = [Hop(f"t{number:03}", "desk", number + 1, 1, 0, 0) for number in range(60)]
    columns, rows = hop_map(hops, ["desk"], report)
    assert columns == ["all", "desk"]
    assert list(rows) == [f"t{number:03}" for number in range(20, 60)]
    assert hops_title(hops).endswith("; the 40 busiest each, of 61 teams")
    assert hops_title(hops[:40]).endswith("to whom (across)")
    loads = {f"t{number:03}": Load((number,) * 12, number, 0, 0, 0, 0) for number in range(120)}
    columns, rows = load_map(loads, ["t119", "t001", "t050"], report, "UTC")
    assert list(rows)[:3] == ["t119", "t050", "t020"]
    assert (len(rows), len(columns)) == (100, 13)
    assert load_title(loads).endswith("the 100 busiest of 120 teams")
    assert load_title({}).endswith("the newest first")


@pytest.mark.parametrize(
    ("name", "value", "then", "told"),
    [
        ("l1_resolution_rate", 0.92, 0.925, True),
        ("l1_resolution_rate", 0.6, 0.5, True),
        ("l1_resolution_rate", 0.6, 0.7, False),
        ("l1_resolution_rate", 0.7, 0.75, None),
        ("l1_to_l2", 0.2, 0.3, True),
        ("first_response_in_target", 0.2, 0.3, False),
        ("first_response_in_target", 0.2, 0.2, None),
        ("first_response_in_target", None, 0.2, None),
        ("first_response_in_target", 0.2, None, None),
    ],
)
def test_a_change_is_for_the_better_by_what_the_figure_should_be(
    name: str, value: float | None, then: float | None, told: bool | None
) -> None:
    assert better(Figure(definition(name), value), then) is told
