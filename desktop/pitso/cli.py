"""The same deeds without a window: what scripts, offices and tests call.

Exit status 0: done. 1: trouble, told in one sentence with what to do next. 2: wrong usage.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from pitso import __version__, words
from pitso.domain.counting.rules import Rule
from pitso.domain.policies import Reader
from pitso.domain.readiness.instrument import Stage
from pitso.domain.roles import ROLES
from pitso.domain.trouble import Trouble
from pitso.services import account, workspace
from pitso.services.workspace import Workspace
from pitso.words import _, ngettext

T = TypeVar("T")
FILE = click.Path(path_type=Path, dir_okay=False)


UNLOCK = click.Option(
    ["--unlock-file"],
    type=FILE,
    expose_value=False,
    callback=lambda context, _option, path: context.meta.__setitem__("pitso.unlock", path),
    help="Open a protected FILE with the passphrase or card code in this file.",
)


class Plain(click.Group):
    """A group of commands in which trouble is one sentence and never a traceback; each opens protected files."""

    def add_command(self, command: click.Command, name: str | None = None) -> None:
        command.params.append(UNLOCK)
        super().add_command(command, name)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Trouble as trouble:
            click.echo(f"{trouble.happened} {trouble.remedy}", err=True)
            sys.exit(1)
        except BrokenPipeError:  # whoever read our output has closed it
            sys.exit(1)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def pitso() -> None:
    """Pitso: records that the room can believe. Without a command it opens the window."""
    words.speak(account.load().language)


def within(path: Path, deed: Callable[[Workspace], T]) -> T:
    """Do something with the workspace at *path*, and let go of it."""
    ws = workspace.open_workspace(path, secret())
    try:
        return deed(ws)
    finally:
        ws.close()


def secret() -> str | None:
    """What ``--unlock-file`` gives to open a protected workspace."""
    return passphrase_of(click.get_current_context().meta.get("pitso.unlock"))


def echo_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def passphrase_of(path: Path | None) -> str | None:
    """The passphrase that stands in the first line of a file."""
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            _("The file with the passphrase could not be read."), _("Give the path of a text file.")
        ) from error
    if not lines or not lines[0]:
        raise Trouble(_("The file with the passphrase is empty."), _("Write the passphrase in its first line."))
    return lines[0]


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
        for one in engagement["assessments"]:
            click.echo(f"  {one['title']}: {one['state']}, {one['verdict'] or '-'} {one['figures']}")


@pitso.command()
@click.argument("file", type=FILE)
def digest(file: Path) -> None:
    """Print one hash over all tables: equal on replicas that hold the same operations."""
    click.echo(within(file, lambda ws: ws.journal.digest()))


@pitso.command()
@click.argument("file", type=FILE)
def rebuild(file: Path) -> None:
    """Make the tables of FILE again from its journal and say whether they were equal."""
    from pitso.services import upkeep

    equal = within(file, upkeep.rebuild)
    click.echo(_("The tables were equal.") if equal else _("The tables were not equal; they are right now."))


@pitso.command()
@click.argument("form", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def check(form: Path, as_json: bool) -> None:
    """Say what is wrong with an XLSForm, by sheet, row and column."""
    from pitso.services import library

    findings = library.check(form)
    if as_json:
        echo_json([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            click.echo(finding.sentence())
    if any(finding.fault for finding in findings):
        sys.exit(1)
    if not as_json and not findings:
        click.echo(_("No fault was found."))


@pitso.command()
@click.argument("file", type=FILE)
def forms(file: Path) -> None:
    """List the forms of FILE; new records and assessments use the version with a star."""
    from pitso.services import instruments, library

    def told(ws: Workspace) -> list[tuple[str, str, bool]]:
        found = [
            (version.id, f"{form.title} {version.version}".rstrip(), version.current)
            for form in library.forms(ws)
            for version in form.versions
        ]
        known = {uid for uid, _title, _current in found}
        return found + [line for line in instruments.forms(ws) if line[0] not in known]

    for uid, title, current in within(file, told):
        click.echo(f"{'*' if current else ' '} {title}  {uid.partition('/')[2][:12]}")


@pitso.command("add-form")
@click.argument("file", type=FILE)
@click.argument("form", type=FILE)
def add_form(file: Path, form: Path) -> None:
    """Bring an XLSForm into FILE; new records, or new assessments, use it from now on."""
    from pitso.services import library

    click.echo(within(file, lambda ws: library.bring_in(ws, form)).said)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--csv", "csv_", type=click.Path(path_type=Path, file_okay=False), help="One csv file a table, in DIR.")
@click.option("--xlsx", type=FILE, help="One workbook, a sheet for each table.")
@click.option("--submissions", type=click.Path(path_type=Path, file_okay=False), help="OpenRosa XML with its files.")
@click.option("--drafts", is_flag=True, help="Drafts too; else final and signed records only.")
def export(file: Path, csv_: Path | None, xlsx: Path | None, submissions: Path | None, drafts: bool) -> None:
    """Give the records of FILE away: as tables in the layout of ODK, or as submissions that ODK takes."""
    from pitso.services import submissions as away

    if not (csv_ or xlsx or submissions):
        raise click.UsageError(_("Say at least one of --csv, --xlsx and --submissions."))
    if csv_ is not None:
        for path in within(file, lambda ws: away.as_csv(ws, csv_, drafts=drafts)):
            click.echo(_("“{file}” was written.").format(file=path))
    if xlsx is not None:
        within(file, lambda ws: away.as_workbook(ws, xlsx, drafts=drafts))
        click.echo(_("“{file}” was written.").format(file=xlsx))
    if submissions is not None:
        number = within(file, lambda ws: away.as_submissions(ws, submissions, drafts=drafts))
        told = ngettext("{number} record was written.", "{number} records were written.", number)
        click.echo(told.format(number=words.whole(number)))


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--assessment", help="Title of one assessment.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="For a table that names none.")
@click.option("--json", "as_json", is_flag=True, help="With exact fractions.")
def score(file: Path, assessment: str | None, stage: str | None, as_json: bool) -> None:
    """Score the assessments of a workspace FILE, or of a CSV table (assessment, code, agreed, evidence[, stage])."""
    from pitso.services import phrases, scores

    if file.suffix.lower() == ".csv":
        judged = scores.of_table(file, Stage(stage) if stage else None)
    else:
        judged = within(file, scores.of_workspace)
    if assessment:
        judged = [one for one in judged if one[0].removesuffix(scores.AMENDED) == assessment]
        if not judged:
            raise Trouble(
                _("There is no agreed assessment “{title}”.").format(title=assessment),
                _("Leave the option away to see all."),
            )
    if as_json:
        echo_json(scores.as_json(judged))
        return
    for name, result in scores.results(judged):
        click.echo(f"{name}: {phrases.verdict(result.verdict)}")
        click.echo(f"  {phrases.figures(result.overall)}")
        for code, figures in result.dimensions.items():
            click.echo(f"  {code}: {phrases.figures(figures)}")


@pitso.command()
@click.argument("ballots", type=FILE)
@click.option("--rule", type=click.Choice([rule.value for rule in Rule]), required=True)
@click.option("--seats", type=int, help="How many places; as the file says if absent.")
@click.option("--lots", default="", help="The draws in order, each with its names as drawn: “A,B;C,D”.")
@click.option("--rules", type=FILE, help="A JSON file with what the rule leaves to choose.")
@click.option("--runoff", is_flag=True, help="This is the second round of the rule “majority”.")
@click.option("--json", "as_json", is_flag=True)
@click.option("-o", "out", type=FILE, help="Write the report of the count as PDF.")
def count(
    ballots: Path,
    rule: str,
    seats: int | None,
    lots: str,
    rules: Path | None,
    runoff: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """Count the papers in BALLOTS.blt, stage by stage; a tie stops the count until its lot is given."""
    from pitso.services import counting, papers

    told = counting.counted(ballots, rule, seats=seats, lots=lots, rules=rules, runoff=runoff)
    if as_json:
        echo_json(told.count.as_json())
    else:
        click.echo("\n".join(counting.as_text(told)))
    if out is not None:
        papers.keep(papers.Paper(out.name, counting.report(told)), out)
        click.echo(_("“{file}” was written.").format(file=out), err=as_json)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("kind", required=False)
@click.option("--of", "of_", default="", help="Title or id of the record that the paper is of.")
@click.option("--language", help="Language of the paper: en, fr, pt, ar, or a language of the form.")
@click.option("--for", "reader", type=click.Choice([each.value for each in Reader]), help="Who reads the paper.")
@click.option("-o", "out", type=FILE, help="Where the PDF goes; its own name in this folder if absent.")
@click.option("--list", "list_", is_flag=True, help="Tell which papers can be made.")
def paper(
    file: Path, kind: str | None, of_: str, language: str | None, reader: str | None, out: Path | None, list_: bool
) -> None:
    """Make a paper of the workspace FILE as PDF; it is issued under a check code, and later ones say which copy."""
    from pitso.services import checking, issuing, papers

    if list_ or kind is None:
        for line in within(file, lambda ws: checking.with_standing(ws, papers.available(ws))):
            click.echo("  ".join(part for part in (line.kind, line.title, line.detail, line.standing) if part))
        return

    def issued(ws: Workspace) -> issuing.Issued:
        order = papers.order_called(ws, kind, of_, language=language, reader=reader or "")
        return issuing.issue(ws, order, issuing.Way.SAVED)

    made = within(file, issued)
    target = out or Path(made.paper.file_name)
    papers.keep(made.paper, target)
    click.echo(_("“{file}” was written.").format(file=target))
    click.echo(_("Check code: {code}, copy {number}").format(code=made.grouped, number=words.whole(made.copy)))


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("code", nargs=-1)
@click.option("--passphrase-file", type=FILE, help="For a bundle that is protected by a passphrase.")
@click.option("--json", "as_json", is_flag=True)
def verify(file: Path, code: tuple[str, ...], passphrase_file: Path | None, as_json: bool) -> None:
    """Say whether the records of FILE still say what the paper with this check CODE says.

    Without a code the chains and signatures of FILE, a workspace or a bundle, are verified. Exit status 1 if anything
    is not as it was.
    """
    from pitso.services import checking, sending, upkeep

    if not code:
        bundle = file.suffix == sending.ENDING
        said = upkeep.verify_bundle(file, passphrase_of(passphrase_file)) if bundle else within(file, upkeep.verify)
        if as_json:
            echo_json({"sound": True, "said": said})
        else:
            click.echo(said)
        return
    found = within(file, lambda ws: checking.check(ws, " ".join(code)))
    if as_json:
        echo_json(checking.as_json(found))
    else:
        click.echo("\n".join(checking.as_text(found)))
    if found.outcome is not checking.Outcome.UNCHANGED:
        sys.exit(1)


@pitso.command()
@click.argument("file", type=FILE)
@click.option("-o", "out", type=FILE, required=True, help="Where the bundle goes.")
@click.option("--to", "to_", help="Lock it for “office”, “team”, or the computer of this name: only what they lack.")
@click.option("--passphrase-file", type=FILE, help="Protect the bundle with the passphrase in this file.")
@click.option("--open", "open_", is_flag=True, help="Signed but readable by anyone who finds it.")
@click.option("--reader", type=click.Choice([reader.value for reader in Reader]), help="Leave out what is above.")
@click.option("--receipt", is_flag=True, help="No entries: only say what is held here.")
@click.option("--json", "as_json", is_flag=True)
def send(
    file: Path,
    out: Path,
    to_: str | None,
    passphrase_file: Path | None,
    open_: bool,
    reader: str | None,
    receipt: bool,
    as_json: bool,
) -> None:
    """Write what FILE holds into a bundle for another computer."""
    from pitso.services import sending

    if [to_ is not None, passphrase_file is not None, open_].count(True) != 1:
        raise click.UsageError(_("Give one of --to, --passphrase-file and --open."))

    def deed(ws: Workspace) -> str:
        to = sending.party(ws, to_) if to_ is not None else None
        level = Reader(reader) if reader else None
        secret = passphrase_of(passphrase_file)
        return sending.send(ws, out, to=to, passphrase=secret, reader=level, receipt=receipt).said

    said = within(file, deed)
    if as_json:
        echo_json({"file": str(out), "bytes": out.stat().st_size, "said": said})
    else:
        click.echo(said)


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("bundle", type=FILE, nargs=-1, required=True)
@click.option("--passphrase-file", type=FILE)
@click.option("--trust", is_flag=True, help="Take in the computers that signed, and print their six words.")
@click.option("--json", "as_json", is_flag=True)
def receive(file: Path, bundle: tuple[Path, ...], passphrase_file: Path | None, trust: bool, as_json: bool) -> None:
    """Bring bundles into FILE; twice does no harm."""
    from pitso.services import receiving

    passphrase = passphrase_of(passphrase_file)
    reports = within(
        file,
        lambda ws: [receiving.receive(ws, path, passphrase=passphrase, trusting=trust) for path in bundle],
    )
    if as_json:
        echo_json([receiving.report_json(report) for report in reports])
        return
    for report in reports:
        click.echo(_("{bundle} from {sender}").format(bundle=report.bundle, sender=report.sender))
        for sentence in report.sentences:
            click.echo(f"  {sentence}")
        if trust:
            click.echo(f"  {_('Six words of its computer: {words}').format(words=report.sender_words)}")
        for unknown in report.unknown:
            told = ngettext(
                "{number} entry of an unknown computer waits: {name} ({words}).",
                "{number} entries of an unknown computer wait: {name} ({words}).",
                unknown.operations,
            )
            told = told.format(number=unknown.operations, name=unknown.name, words=unknown.words)
            click.echo(f"  {told} {_('Compare the six words by voice, then receive again with --trust.')}")


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def waiting(file: Path, as_json: bool) -> None:
    """Tell what arrived in FILE and waits, and why."""
    from pitso.services import waiting as of

    groups = within(file, of.waiting)
    if as_json:
        echo_json([asdict(group) for group in groups])
    for group in () if as_json else groups:
        click.echo(f"{group.name}: {words.whole(group.operations)}. {group.why_words}")


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
def join(file: Path, invitation: Path, out: Path) -> None:
    """Answer an INVITATION of the office with a request, and print the six words to read out."""
    from pitso.services import enrolment

    click.echo(within(file, lambda ws: enrolment.join(ws, enrolment.read_text(invitation), out)).said)


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
        echo_json(asdict(asked))
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
        echo_json(asdict(view))
        return
    click.echo(_("Six words of this computer: {words}").format(words=view.own_words))
    for seat in view.seats:
        gone = _("not believed after entry {number}").format(number=seat.revoked_after)
        click.echo(
            f"{seat.name}: {seat.roles}  {seat.device[:16]}{f'  {gone}' if seat.revoked_after is not None else ''}"
        )
