"""The room from the command line: its figures, and participants from a table."""

from pathlib import Path

import click
from msgspec import to_builtins

from pitso import words
from pitso.cli.group import FILE, Plain, echo_json, pitso, within
from pitso.domain.trouble import Trouble
from pitso.services.workspace import Workspace
from pitso.words import _

WORKSHOP = click.option(
    "--workshop", "called", default="", help="Title or id of the workshop; else the one that is on."
)


@pitso.group(cls=Plain)
def room() -> None:
    """The room of a workshop: who registered, who may vote, participants from a table."""


def _workshop(ws: Workspace, called: str) -> str:
    """The workshop that a person means; Trouble where there is none."""
    from pitso.services import workshops

    known = [line for uid in ws.journal.records("engagement/") for line in workshops.workshops(ws, uid)]
    meant = workshops.meant(ws, [line for line in known if called in ("", line.id, line.title)])
    if meant is None:
        raise Trouble(
            _("There is no workshop called “{title}” here.").format(title=called),
            _("Begin one in the window under Room, or write its title as it stands there."),
        )
    return meant.id


@room.command()
@click.argument("file", type=FILE)
@WORKSHOP
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def figures(file: Path, called: str, json_: bool) -> None:
    """Tell who registered in the workspace FILE, who is in the room, who may vote, and the quorum."""
    from pitso.services import presence, quorum, rolls

    def asked(ws: Workspace) -> dict[str, object]:
        workshop = _workshop(ws, called)
        told, view = quorum.quorum(ws, workshop), rolls.roll(ws, workshop)
        return {
            **{key: value for key, value in to_builtins(presence.figures(ws, workshop)).items() if key != "at"},
            "quorum": told.met,
            "conditions": [{"words": one.words, "needed": one.needed, "present": one.present} for one in told.lines],
            "roll": {"state": view.state.value, "electors": len(view.electors), "votes": view.votes, "hash": view.hash},
        }

    found = within(file, asked)
    if json_:
        echo_json(found)
        return
    for key, value in found.items():
        click.echo(words.colon(key.replace("_", " "), str(value)))


@room.command(name="import")
@click.argument("file", type=FILE)
@click.argument("table", type=FILE)
@WORKSHOP
@click.option("--check", "only_look", is_flag=True, help="Only tell what is wrong; keep nothing.")
def import_(file: Path, table: Path, called: str, only_look: bool) -> None:
    """Invite everybody of a TABLE (CSV or XLSX) to a workshop of FILE: all of it, or nothing while a row is wrong."""
    from pitso.services import participant_tables

    def brought(ws: Workspace) -> str:
        workshop = _workshop(ws, called)
        looked_at = participant_tables.preview(ws, workshop, table)
        for one in (*looked_at.faults, *looked_at.notes):
            click.echo(_("Row {row}: {words}").format(row=words.whole(one.row), words=one.words), err=True)
        if only_look:
            number = len(looked_at.wanted)
            told = words.ngettext("{number} new participant", "{number} new participants", number)
            return told.format(number=words.whole(number))
        return participant_tables.bring_in(ws, workshop, looked_at).said

    click.echo(within(file, brought))
