"""`python -m workbench.sample FILE` builds sample.db anew."""

from pathlib import Path

import click

from workbench.errors import WorkbenchError
from workbench.sample.generator import build


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def main(file: Path) -> None:
    """Writes the sample organisation to FILE, in place of what is there."""
    try:
        click.echo(f"{file}: {build(file)} tickets")
    except WorkbenchError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
