"""`python -m workbench.sample FILE` builds sample.db anew."""

from pathlib import Path

import click

from workbench.sample.generator import build


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def main(file: Path) -> None:
    """Writes the sample organisation to FILE, in place of what is there."""
    click.echo(f"{file}: {build(file)} tickets")


if __name__ == "__main__":
    main()
