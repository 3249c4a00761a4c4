"""A group of commands that loads each only when it is called, since a queue must answer at once."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from workbench.errors import NotFound


class KnownGroup(click.Group):
    """A group that names the nearest command when it meets a wrong one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; UsageError where there is none."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(str(NotFound.among("command", args[0], self.list_commands(ctx))), ctx)
        return super().resolve_command(ctx, args)


class LazyGroup(KnownGroup):
    """Commands by name, each with the place (`module:attribute`) where it is found."""

    def __init__(self, *args: Any, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in their order."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loads a command; None where there is none of that name."""
        if cmd_name not in self.places:
            return None
        module, attribute = self.places[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command
