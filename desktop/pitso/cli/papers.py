"""Papers: issuing them, and checking what is on one."""

import sys
from datetime import datetime
from pathlib import Path

import click

from pitso import words
from pitso.cli.group import AS_OF, FILE, echo_json, passphrase_of, pitso, within
from pitso.domain.policies import Reader
from pitso.services.workspace import Workspace
from pitso.words import _


@pitso.command()
@click.argument("file", type=FILE)
@click.argument("kind", required=False)
@click.option("--of", "of_", default="", help="Title or id of the record that the paper is of.")
@click.option(
    "--language",
    help="Language of the paper: en, fr, pt, ar, or a language of the form; en+fr: several, on ballots and agreements.",
)
@click.option("--for", "reader", type=click.Choice([each.value for each in Reader]), help="Who reads the paper.")
@click.option("-o", "out", type=FILE, help="Where the PDF goes; its own name in this folder if absent.")
@click.option("--list", "list_", is_flag=True, help="Tell which papers can be made.")
@AS_OF
def paper(
    file: Path,
    kind: str | None,
    of_: str,
    language: str | None,
    reader: str | None,
    out: Path | None,
    list_: bool,
    as_of: datetime | None,
) -> None:
    """Make a paper of the workspace FILE as PDF; it is issued under a check code, and later ones say which copy."""
    from pitso.services import checking, issuing, papers

    if list_ or kind is None:
        for line in within(file, lambda ws: checking.with_standing(ws, papers.available(ws)), as_of):
            click.echo("  ".join(part for part in (line.kind, line.title, line.detail, line.standing) if part))
        return

    def issued(ws: Workspace) -> issuing.Issued:
        order = papers.order_called(ws, kind, of_, language=language, reader=reader or "")
        return issuing.issue(ws, order, issuing.Way.SAVED)

    made = within(file, issued, as_of)
    target = out or Path(made.paper.file_name)
    papers.keep(made.paper, target)
    click.echo(_("“{file}” was written.").format(file=target))
    if as_of is not None:
        click.echo(made.change.said)
        return
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
