"""Elections without a window: how far each position is, and what was declared."""

from pathlib import Path

import click

from pitso.cli.group import FILE, echo_json, pitso, within


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="With the figures of every round.")
def elections(file: Path, as_json: bool) -> None:
    """Tell the elections of FILE: each position with its next step, its rounds, and what was declared."""
    from pitso.services import election_lines

    if as_json:
        echo_json(within(file, election_lines.as_json))
    else:
        click.echo("\n".join(within(file, election_lines.as_text)))
