"""Workspace files: making, protecting, copying, telling what they hold."""

from pathlib import Path

import click

from pitso import words
from pitso.cli.group import FILE, echo_json, passphrase_of, pitso, secret, within
from pitso.services import workspace
from pitso.services.workspace import Workspace
from pitso.words import _


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--as", "as_", type=click.Choice(["field", "office", "empty"]), default="field", show_default=True)
def demo(file: Path, as_: str) -> None:
    """Make the demonstration workspace FILE and print what it holds."""
    from pitso.services import demonstration

    ws = demonstration.make(file, as_=as_)
    try:
        for what, number in demonstration.holds(ws).items():
            click.echo(f"{what}: {number}")
        click.echo(f"digest: {ws.journal.digest()}")
    finally:
        ws.close()


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--name", required=True, help="What people call the workspace.")
@click.option("--office", is_flag=True, help="For the coordinating office, which holds many engagements.")
@click.option("--passphrase-file", type=FILE, help="Encrypt it under the passphrase in this file.")
@click.option("--card", type=FILE, help="Write a recovery card as PDF.")
def new(file: Path, name: str, office: bool, passphrase_file: Path | None, card: Path | None) -> None:
    """Make an empty workspace FILE."""
    passphrase = passphrase_of(passphrase_file)
    if card is not None and passphrase is None:
        raise click.UsageError(_("A recovery card needs --passphrase-file."))
    ws = workspace.create(file, name=name, office=office, passphrase=passphrase)
    try:
        if card is not None:
            _write_card(ws, card)
    finally:
        ws.close()
    if passphrase is None:
        click.echo(
            _("“{file}” was made. It is not protected by a passphrase.").format(file=file.name)
            + " "
            + _("Whoever gets the file can read it; “pitso passphrase” protects it."),
            err=True,
        )
    else:
        click.echo(_("“{file}” was made. It is protected by the passphrase.").format(file=file.name))


def _write_card(ws: Workspace, path: Path) -> None:
    from pitso.services import papers, protection

    papers.keep(protection.card_paper(ws, protection.new_card(ws), words.language()), path)
    click.echo(_("“{file}” was written.").format(file=path))


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--new-file", type=FILE, help="Protect FILE with the passphrase in this file from now on.")
@click.option("--remove", is_flag=True, help="Write FILE anew without encryption.")
@click.option("--card", type=FILE, help="Write a new recovery card as PDF; the former one opens nothing any more.")
def passphrase(file: Path, new_file: Path | None, remove: bool, card: Path | None) -> None:
    """Set, change or remove the passphrase of FILE, or tell how it is protected."""
    from pitso.services import protection

    if remove and (new_file is not None or card is not None):
        raise click.UsageError(_("--remove stands alone."))
    chosen = passphrase_of(new_file)

    def deed(ws: Workspace) -> None:
        if remove:
            click.echo(protection.remove_passphrase(ws).said)
        if chosen is not None:
            click.echo(protection.set_passphrase(ws, chosen).said)
        if card is not None:
            _write_card(ws, card)
        if not (remove or chosen or card):
            click.echo(protection.told(ws))

    within(file, deed)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="A folder; beside FILE if absent.")
def backup(file: Path, to: Path | None) -> None:
    """Make a whole copy of FILE, and let go of the copies that it makes needless."""
    from pitso.services import copies

    for path in within(file, lambda ws: copies.copy_now(ws, to)):
        click.echo(_("“{file}” was written.").format(file=path))


@pitso.command()
@click.argument("copy", type=FILE)
@click.argument("file", type=FILE)
def restore(copy: Path, file: Path) -> None:
    """Let COPY stand at FILE; what lay there is put aside. It is a new device from then on."""
    from pitso.services import copies

    click.echo(copies.put_back(copy, file, secret()))


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def status(file: Path, as_json: bool) -> None:
    """Tell what FILE holds and what was sent."""
    from pitso.services import status as of

    told = within(file, of.status)
    if as_json:
        echo_json(told)
        return
    click.echo(told["workspace"])
    click.echo(
        _("kept {kept}, sent {sent}, held elsewhere {acknowledged}, waiting {waiting}, different {differing}").format(
            **told
        )
    )
    for sentence in told["odd"]:
        click.echo(sentence)
    for engagement in told["engagements"]:
        click.echo(f"\n{engagement['title']} ({engagement['sides']})")
        click.echo("  " + _("phase {number}").format(number=engagement["phase"]))
        for warning in engagement["warnings"]:
            click.echo(f"  {warning['code']} {warning['severity']}: {warning['told']}")
        for one in engagement["assessments"]:
            click.echo(f"  {one['title']}: {one['state']}, {one['verdict'] or '-'} {one['figures']}")


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def digest(file: Path, as_json: bool) -> None:
    """Print one hash over all tables: equal on replicas that hold the same operations."""
    found = within(file, lambda ws: ws.journal.digest())
    if as_json:
        echo_json({"digest": found})
    else:
        click.echo(found)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def rebuild(file: Path, as_json: bool) -> None:
    """Make the tables of FILE again from its journal and say whether they were equal."""
    from pitso.services import upkeep

    equal = within(file, upkeep.rebuild)
    if as_json:
        echo_json({"equal": equal})
        return
    click.echo(_("The tables were equal.") if equal else _("The tables were not equal; they are right now."))


@pitso.command()
@click.option("--remove", is_flag=True, help="Take it back.")
def associate(remove: bool) -> None:
    """Let a double click on a workspace or a bundle open it in Pitso, for this computer account."""
    from pitso.services import association

    click.echo((association.forget if remove else association.associate)().said)
