"""Where an engagement stands: its phases, and the move to scaling down."""

from datetime import datetime
from pathlib import Path

import click

from pitso.cli.group import AS_OF, FILE, echo_json, passphrase_of, pitso, within
from pitso.domain.trouble import Trouble
from pitso.services.workspace import Workspace
from pitso.words import _, listed, ngettext, whole


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--engagement", "title", help="Its title, where FILE holds several.")
@click.option("--scale-down", is_flag=True, help="Move the engagement to scaling down.")
@click.option("--reason", help="Override what stops the move: a host writes here, the office is the second person.")
@click.option("--second", help="Name or id of the person of the office who overrides with the host.")
@click.option("--pin-file", type=FILE, help="The PIN of the second person.")
@click.option("--json", "as_json", is_flag=True)
@AS_OF
def phases(
    file: Path,
    title: str | None,
    scale_down: bool,
    reason: str | None,
    second: str | None,
    pin_file: Path | None,
    as_json: bool,
    as_of: datetime | None,
) -> None:
    """Tell the 13 phases of an engagement in FILE and what each lacks, or move it to scaling down."""
    if (reason or second or pin_file) and not scale_down:
        raise click.UsageError(_("--reason, --second and --pin-file belong to --scale-down."))

    def deed(ws: Workspace) -> None:
        engagement = _called(ws, title)
        if scale_down:
            click.echo(_moved(ws, engagement, reason, second or "", passphrase_of(pin_file) or ""))
        elif as_json:
            echo_json(_told(ws, engagement))
        else:
            click.echo("\n".join(_lines(ws, engagement)))

    within(file, deed, as_of)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("name", required=False)
@click.argument("number", type=int, required=False)
@click.option("--usual", is_flag=True, help="Let NAME be as usual again.")
@click.option("--engagement", "title", help="Its title, where FILE holds several.")
@click.option("--json", "as_json", is_flag=True)
def days(file: Path, name: str | None, number: int | None, usual: bool, title: str | None, as_json: bool) -> None:
    """Tell the days that the warnings of an engagement in FILE wait, or let NAME wait for NUMBER days."""
    from pitso.services import thresholds

    if name is not None and (number is None) != usual:
        raise click.UsageError(_("Give a number of days, or --usual."))

    def deed(ws: Workspace) -> None:
        engagement = _called(ws, title)
        if name is not None and number is not None:
            click.echo(thresholds.set_days(ws, engagement, name, number).said)
        elif name is not None:
            click.echo(thresholds.use_usual(ws, engagement, name).said)
        elif as_json:
            echo_json({line.name: line.days for line in thresholds.lines(ws, engagement)})
        else:
            for line in thresholds.lines(ws, engagement):
                told = ngettext("usual: {number} day", "usual: {number} days", line.usual)
                beside = f" ({told.format(number=whole(line.usual))})" if line.own else ""
                click.echo(f"{line.code}  {line.name}  {whole(line.days)}{beside}  {line.words}")

    within(file, deed)


def _called(ws: Workspace, title: str | None) -> str:
    held = ws.journal.records("engagement/", fields=["title"])
    found = [uid for uid, record in held.items() if title in (None, uid, record["title"])]
    if len(found) != 1:
        raise Trouble(
            _("One engagement must be named."),
            _("Give --engagement one of: {titles}").format(titles=listed(one["title"] for one in held.values())),
        )
    return found[0]


def _moved(ws: Workspace, engagement: str, reason: str | None, second: str, pin: str) -> str:
    from pitso.services import people
    from pitso.services import phases as service

    if reason is None:
        return service.scale_down(ws, engagement).said
    person = people.person_called(ws, second)
    return service.override(ws, engagement, reason=reason, second=person, pin=pin).said


def _told(ws: Workspace, engagement: str) -> dict[str, object]:
    from pitso.services import phases as service

    view = service.view(ws, engagement)
    return {
        "title": view.title,
        "stops": list(view.stops),
        "phases": [
            {
                "number": line.number,
                "name": line.name,
                "state": line.state.value,
                "opened_on": line.opened_on.isoformat() if line.opened_on else None,
                "completed_on": line.completed_on.isoformat() if line.completed_on else None,
                "missing": [action.words for action in line.missing],
                "here": line.here,
            }
            for line in view.lines
        ],
    }


def _lines(ws: Workspace, engagement: str) -> list[str]:
    from pitso.services import phases as service

    view, told = service.view(ws, engagement), []
    for line in view.lines:
        day = line.completed_on or line.opened_on
        mark = ">" if line.here else " "
        told.append(f"{mark}{line.number:>3}  {line.name}: {line.state_words}{f', {day}' if day else ''}")
        told += [f"       - {action.words}" for action in line.missing]
    return [*told, *(f"  {words}" for words in view.stops)]
