"""Who belongs: invitations, admission, revocation, erasing."""

from pathlib import Path

import click
from msgspec import to_builtins

from pitso.cli.group import FILE, echo_json, pitso, within
from pitso.domain.roles import ROLES
from pitso.domain.trouble import Trouble
from pitso.services.workspace import Workspace
from pitso.words import _


@pitso.command("new-list")
@click.argument("file", type=FILE)
def new_list(file: Path) -> None:
    """At an office whose former computer is gone: begin a new list of members; everybody is invited again."""
    from pitso.services import enrolment

    click.echo(within(file, enrolment.begin_list).said)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--for", "holder", required=True, help="Name of the person who is invited.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given again.")
@click.option("-o", "out", type=FILE, required=True, help="Where the invitation goes.")
def invite(file: Path, holder: str, roles: tuple[str, ...], out: Path) -> None:
    """At the office: write an invitation with which another computer asks to belong."""
    from pitso.services import enrolment

    click.echo(within(file, lambda ws: enrolment.invite(ws, out, holder=holder, roles_=roles)).said)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("invitation", type=FILE)
@click.option("-o", "out", type=FILE, required=True, help="Where the request goes.")
@click.option("--leave", is_flag=True, help="Leave the other office whose list is followed here.")
@click.option("--json", "as_json", is_flag=True)
def join(file: Path, invitation: Path, out: Path, leave: bool, as_json: bool) -> None:
    """Answer an INVITATION of the office with a request, and print the six words to read out."""
    from pitso.services import enrolment

    def deed(ws: Workspace) -> tuple[str, str]:
        text = enrolment.read_text(invitation)
        if not leave and enrolment.of_another_office(ws, text):
            raise Trouble(enrolment.leaving_words(), _("If so, give --leave."))
        return enrolment.join(ws, text, out).said, enrolment.joined(ws).own_words

    said, six = within(file, deed)
    if as_json:
        echo_json({"file": str(out), "words": six, "said": said})
    else:
        click.echo(said)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("request", type=FILE)
@click.option("--words", "words_", help="The six words that the holder reads out; without them, only look.")
@click.option("--json", "as_json", is_flag=True)
def admit(file: Path, request: Path, words_: str | None, as_json: bool) -> None:
    """At the office: let the computer belong that a REQUEST came from, once its six words were compared."""
    from pitso.services import enrolment

    if words_ is not None:
        click.echo(within(file, lambda ws: enrolment.admit(ws, request, words_=words_)).said)
        return
    asked = within(file, lambda ws: enrolment.look_at_request(ws, request))
    if as_json:
        echo_json(to_builtins(asked))
        return
    click.echo(f"{asked.holder} ({asked.computer}): {', '.join(asked.roles)}")
    click.echo(_("Let the holder read out six words, and give them with --words."))


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("computer")
@click.option("--after", type=int, help="The last entry that is believed; what is held here, if absent.")
def revoke(file: Path, computer: str, after: int | None) -> None:
    """At the office: believe nothing more of a lost COMPUTER (its holder, or its key)."""
    from pitso.services import enrolment

    click.echo(within(file, lambda ws: enrolment.revoke(ws, computer, after=after)).said)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("person")
@click.option("--reason", required=True, help="Who asked for it, and how.")
def erase(file: Path, person: str, reason: str) -> None:
    """Let every computer forget the name and role of a PERSON (name or id); it cannot be undone."""
    from pitso.services import erasure, people

    click.echo(within(file, lambda ws: erasure.erase(ws, people.person_called(ws, person), reason)).said)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def roster(file: Path, as_json: bool) -> None:
    """Tell which computers belong, as the office's list says."""
    from pitso.services import enrolment

    view = within(file, enrolment.joined)
    if as_json:
        echo_json(to_builtins(view))
        return
    click.echo(_("Six words of this computer: {words}").format(words=view.own_words))
    for seat in view.seats:
        gone = _("not believed after entry {number}").format(number=seat.revoked_after)
        click.echo(
            f"{seat.name}: {seat.roles}  {seat.device[:16]}{f'  {gone}' if seat.revoked_after is not None else ''}"
        )
