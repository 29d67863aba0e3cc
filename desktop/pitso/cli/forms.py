"""Forms and their records: checking, bringing in, giving away."""

import sys
from pathlib import Path

import click

from pitso import words
from pitso.cli.group import FILE, echo_json, pitso, within
from pitso.services.workspace import Workspace
from pitso.words import _, ngettext


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
