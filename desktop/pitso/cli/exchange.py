"""Bundles: sending, receiving, what waits."""

import sys
from pathlib import Path

import click
from msgspec import to_builtins

from pitso import words
from pitso.cli.group import FILE, echo_json, passphrase_of, pitso, within
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.services.views import MergeReport
from pitso.services.workspace import Workspace
from pitso.words import _, ngettext


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
    """Bring bundles into FILE; twice does no harm. One that is refused does not keep the others out."""
    from pitso.services import receiving
    from pitso.services import trust as whom

    passphrase = passphrase_of(passphrase_file)
    reports: list[MergeReport] = []
    refused: list[Trouble] = []

    def deed(ws: Workspace) -> list[str]:
        known = whom.believed(ws)
        for path in bundle:
            try:
                reports.append(receiving.receive(ws, path, passphrase=passphrase, trusting=trust))
            except Trouble as trouble:
                refused.append(trouble)
        return [whom.with_words(ws, device) for device in sorted(whom.believed(ws) - known)]

    taken_in = within(file, deed)
    if as_json:
        echo_json([receiving.report_json(report) for report in reports])
    for line in () if as_json else [*(line for report in reports for line in _told(report)), *taken_in]:
        click.echo(line)
    for trouble in refused:
        click.echo(f"{trouble.happened} {trouble.remedy}", err=True)
    if refused:
        sys.exit(1)


def _told(report: MergeReport) -> list[str]:
    lines = [_("{bundle} from {sender}").format(bundle=report.bundle, sender=report.sender)]
    lines += [f"  {sentence}" for sentence in report.sentences]
    for unknown in report.unknown:
        told = ngettext(
            "{number} entry of an unknown computer waits: {name} ({words}).",
            "{number} entries of an unknown computer wait: {name} ({words}).",
            unknown.operations,
        ).format(number=unknown.operations, name=unknown.name, words=unknown.words)
        lines.append(f"  {told} {_('Compare the six words by voice, then receive again with --trust.')}")
    return lines


@pitso.command("hosts-copy")
@click.argument("file", type=FILE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--of", "of_", default="", help="Title of the engagement; the only one if absent.")
def hosts_copy(file: Path, folder: Path, of_: str) -> None:
    """Write into FOLDER all that the hosts may have: papers, tables, files and a page for any browser."""
    from pitso.services import engagements
    from pitso.services import hosts_copy as copy

    def deed(ws: Workspace) -> str:
        return copy.write(ws, engagements.called(ws, of_), folder).said

    click.echo(within(file, deed))


@pitso.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def waiting(file: Path, as_json: bool) -> None:
    """Tell what arrived in FILE and waits, and why."""
    from pitso.services import waiting as of

    groups = within(file, of.waiting)
    if as_json:
        echo_json([to_builtins(group) for group in groups])
    for group in () if as_json else groups:
        click.echo(f"{group.name}: {words.whole(group.operations)}. {group.why_words}")
