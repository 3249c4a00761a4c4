"""Stories of somebody who follows a runbook on the screen, alone or with others, and runs its commands there."""

import errno
from typing import NoReturn

import pytest

from tests.runbooks.runs.following import follow, run_of, stands
from tests.support.driver import LARGE, SMALL, Seat, seated
from tests.support.golden import assert_golden
from tests.support.offices import Office
from workbench.errors import Busy
from workbench.escalation.screen import FormScreen
from workbench.runbooks.runs.execution import Execution
from workbench.runbooks.runs.model import Did
from workbench.runbooks.runs.panels.boxes import AskRun
from workbench.runbooks.runs.screen import RunScreen
from workbench.runbooks.runs.service import RunService
from workbench.tickets.vocabulary import Kind

SIZES = {"80x24": SMALL, "120x40": LARGE}
ECHO = """---
title: Echo [/b]
---
1. Say it

   ```sh
   echo {{what}}
   ```
   Expect: it comes back
   Caution: mind the [echo]
2. Wait

   ```sh
   printf '\\033[2J[/b]'; sleep 600
   ```
"""


def busy(*_: object) -> NoReturn:
    """What happens while another session writes for long."""
    raise Busy("another session is writing; nothing was saved", "try again in a moment")


def read(seat: Seat) -> str:
    """What the box of the step says, as if on one line."""
    _, *lines, _ = seat.part("#step").splitlines()
    return " ".join(" ".join(lines).replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES)
async def test_one_step_at_a_time_the_others_folded(office: Office, ticket: int, size: str) -> None:
    async with seated(office, size=SIZES[size]) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("f")
        maya.sees("✗", "did not help", "at step 2 of 3", "Restart the agent [@click=app.quit]x[/]")
        await maya.press("up")
        maya.sees("ping -c 1 web01", "missing: serial · press v to say it", "✗ did not help  maya")
        assert_golden(maya.screen, f"run-{size}")
    assert run_of(office, ticket).outcomes[1].did is Did.FAILED


async def test_what_a_step_says_to_do_is_read_whole(office: Office) -> None:
    short = "Ask for the record's number and the whole message, with [the] name in it."
    long = f"Tell {'them and ' * 12}everybody [else]."
    office.desk().runbooks.create("lock", f"1. **{short}** Then wait.\n2. {long} Then wait.\n")
    async with seated(office, size=SMALL) as maya:
        await follow(maya, "lock", None)
        assert read(maya) == f"{short} Then wait."
        await maya.press("down")
        assert read(maya) == f"{long} Then wait."


async def test_the_keys_of_a_command_stand_where_the_step_has_one(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        maya.sees("y Copy ! Run d Done")
        await maya.press("down")
        maya.sees_no("y Copy", "! Run")
        await maya.press("exclamation_mark", "y")
        maya.sees("at step 1 of 3", "d Done f No help")
        await maya.press("up")
        maya.sees("y Copy ! Run d Done")


async def test_skipping_asks_why_and_back_does_it_again(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("s")
        maya.sees("Why is step 1 skipped?")
        await maya.press("ctrl+s")
        maya.sees("is skipped without a word why")
        await maya.type("no [access]")
        await maya.press("ctrl+s")
        assert run_of(office, ticket).outcomes[1].note == "no [access]"
        maya.sees("– ", "skipped", "at step 2 of 3")
        await maya.press("b")
        maya.sees("at step 1 of 3")
        assert not run_of(office, ticket).outcomes


async def test_a_note_at_any_step(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("down", "down", "C")
        await maya.type("they [sleep]")
        await maya.press("ctrl+s")
        await maya.press("G")
        maya.sees("✎ they [sleep]")
    assert run_of(office, ticket).notes(3) == ["they [sleep]"]


async def test_a_missing_value_is_asked_for_once_and_copied(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("y")
        maya.sees("Value of serial")
        await maya.type("4711")
        await maya.press("enter")
        await maya.press("shift")
        await maya.press("shift")
        maya.sees("Copied: ping -c 1 web01")
        assert maya.app.clipboard.startswith("ping -c 1 web01 && echo")
        assert "{{" not in maya.app.clipboard
        assert run_of(office, ticket).values == {"serial": "4711"}
        await maya.press("v")
        maya.sees("Value of host", "web01")


async def test_a_value_that_a_shell_could_obey_is_left_out_and_it_says_what_to_do(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        runs = office.desk("maya").runs
        runs.give(runs.begin("vpn", ticket), "serial", "4; reboot")
        await follow(maya, "vpn", ticket)
        maya.sees('echo "contoso {{serial}}"', "⚠ serial holds signs that a shell could obey here, and is left out")
        maya.sees("press y to copy it and write that in, or v to say it otherwise")
        await maya.press("exclamation_mark")
        maya.sees("the command is not run: serial holds signs")
        await maya.press("y")
        assert maya.app.clipboard == 'ping -c 1 web01 && echo "contoso {{serial}}"'


@pytest.mark.parametrize("size", SIZES)
async def test_a_command_runs_here_after_an_explicit_yes_and_its_output_stays(office: Office, size: str) -> None:
    office.desk().runbooks.create("echo", ECHO)
    ref = office.open("say it").ref
    async with seated(office, size=SIZES[size]) as maya:
        await follow(maya, "echo", ref)
        await maya.press("exclamation_mark")
        await maya.type("[b]; reboot")
        await maya.press("enter")
        await maya.press("shift")
        assert stands(maya, AskRun)
        maya.sees("echo '[b]; reboot'", "for 60 seconds at most")
        await maya.press("enter")
        assert stands(maya, AskRun), "enter is no yes"
        await maya.press("n", "exclamation_mark")
        assert not run_of(office, ref).outputs
        await maya.press("y")
        await maya.until(lambda: bool(run_of(office, ref).outputs))
        maya.sees("▸ exited 0", "[b]; reboot", "⚠ mind the [echo]")
        assert_golden(maya.screen, f"run-output-{size}")


async def test_a_command_is_stopped_by_its_key_and_the_screen_is_not_left_before(office: Office) -> None:
    office.desk().runbooks.create("echo", ECHO)
    ref = office.open("say it").ref
    async with seated(office) as maya:
        await follow(maya, "echo", ref)
        await maya.press("d", "exclamation_mark", "y")
        maya.sees("runs here now · x stops it")
        await maya.press("escape")
        maya.sees("a command runs here")
        await maya.press("x")
        await maya.until(lambda: bool(run_of(office, ref).outputs))
        maya.sees("▸ stopped", "␛[2J[/b]")
        assert maya.app.screen.active_bindings.get("x") is None


@pytest.mark.parametrize("size", SIZES)
async def test_what_could_not_be_kept_stays_and_is_kept_at_the_second_try(
    office: Office, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.desk().runbooks.create("say", "# Say\n\n1. Say\n\n   ```sh\n   echo an hour of work\n   ```\n")
    ref = office.open("say it").ref
    async with seated(office, size=SIZES[size]) as maya:
        await follow(maya, "say", ref)
        with monkeypatch.context() as hindered:
            hindered.setattr(RunService, "keep", busy)
            await maya.press("exclamation_mark", "y")
            await maya.comes(
                "another session is writing", "▸ exited 0, but not kept yet · ! tries that again · x drops it"
            )
            await maya.press("exclamation_mark", "escape")
            assert stands(maya, RunScreen), "it is not left before"
        await maya.press("exclamation_mark")
        assert [output.text for output in run_of(office, ref).outputs] == ["an hour of work\n"]
        maya.sees_no("but not kept yet")


async def test_what_cannot_be_kept_may_be_dropped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.desk().runbooks.create("say", "# Say\n\n1. Say\n\n   ```sh\n   echo an hour of work\n   ```\n")
    ref = office.open("say it").ref
    monkeypatch.setattr(RunService, "keep", busy)
    async with seated(office) as maya:
        await follow(maya, "say", ref)
        await maya.press("exclamation_mark", "y")
        await maya.comes("but not kept yet")
        await maya.press("x", "escape")
        assert not stands(maya, RunScreen)
    assert not run_of(office, ref).outputs


async def test_a_command_that_cannot_be_begun_says_why_and_leaves_nothing_running(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_process(*_: object) -> NoReturn:
        raise OSError(errno.EAGAIN, "try again")

    office.desk().runbooks.create("say", "# Say\n\n1. Say\n\n   ```sh\n   echo an hour of work\n   ```\n")
    ref = office.open("say it").ref
    monkeypatch.setattr(Execution, "run", no_process)
    async with seated(office) as maya:
        await follow(maya, "say", ref)
        await maya.press("exclamation_mark", "y")
        await maya.comes("the command could not be begun (try again)")
        maya.sees_no("runs here now")
        await maya.press("escape")
        assert not stands(maya, RunScreen)


async def test_where_a_setting_turns_commands_off_it_says_so(office: Office) -> None:
    office.desk().organisation.apply("[settings]\nrun_commands = false\n", "setup.toml")
    office.desk().runbooks.create("plain", "1. Look\n\n   ```sh\n   true\n   ```\n")
    ref = office.open("say it").ref
    async with seated(office) as maya:
        await follow(maya, "plain", ref)
        await maya.press("exclamation_mark")
        maya.sees("commands are not run here, by a setting")


async def test_it_did_not_and_the_form_for_handing_off_is_there(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        await follow(maya, "vpn", ticket)
        await maya.press("f", "e", "n")
        await maya.press("shift")
        await maya.press("shift")
        assert stands(maya, FormScreen)
    assert run_of(office, ticket).standing == "did not fix it"
    events = office.desk().tickets.with_timeline(ticket)[1]
    assert any(event.kind is Kind.NOTED and "did not fix it" in event.text for event in events)


async def test_somebody_else_takes_it_up_and_both_are_told(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        run = await follow(maya, "vpn", ticket)
        others = office.desk("ravi").runs
        fresh = others.step(others.get(run.number), Did.DONE)
        await maya.press("f")
        maya.sees("has gone on since you looked (ravi: step 1 done)", "at step 2 of 3")
        others.step(others.get(run.number), Did.FAILED)
        await maya.wait_a_look(seconds=1)
        maya.sees("Meanwhile ravi: step 2 did not help", "at step 3 of 3")
        assert fresh.acts[-1].who == "ravi"


async def test_a_word_typed_while_somebody_was_faster_is_kept(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        run = await follow(maya, "vpn", ticket)
        await maya.press("C")
        await maya.type("mine")
        others = office.desk("ravi").runs
        others.step(others.get(run.number), Did.DONE)
        await maya.press("ctrl+s")
        maya.sees("Meanwhile:", "ravi: step 1 done", "mine")
        await maya.press("ctrl+s")
    assert run_of(office, ticket).notes(1) == ["mine"]


async def test_a_run_that_was_left_is_offered_on_its_ticket_and_by_itself(office: Office, ticket: int) -> None:
    office.desk().runs.begin("vpn", ticket)
    async with seated(office) as maya:
        await maya.press("3")
        maya.sees("▶ open", f"at step 1 of 3 #{ticket}, maya")
        await maya.press("enter", "d")
        assert stands(maya, RunScreen)
    assert len(run_of(office, ticket).outcomes) == 1


async def test_a_run_on_no_ticket_ends_with_a_word(office: Office, ticket: int) -> None:
    async with seated(office) as maya:
        run = await follow(maya, "vpn", None)
        await maya.press("e", "l")
        await maya.press("shift")
        maya.sees("left at step 1 of 3")
    assert office.desk().runs.get(run.number).standing == "left at step 1 of 3"
