"""Forms and their records: checking, bringing in, giving away."""

import sys
from pathlib import Path

import click

from pitso import words
from pitso.cli.group import FILE, echo_json, pitso, within
from pitso.domain.policies import Reader
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
@click.option("--sqlite", type=FILE, help="One plain SQLite file, a table for each table.")
@click.option("--submissions", type=click.Path(path_type=Path, file_okay=False), help="OpenRosa XML with its files.")
@click.option("--drafts", is_flag=True, help="Drafts too; else final and signed records only.")
@click.option(
    "--for",
    "reader",
    type=click.Choice([each.value for each in (Reader.OFFICE, Reader.BOTH_SIDES, Reader.TEAM)]),
    default=Reader.OFFICE.value,
    show_default=True,
    help="Who gets the tables: what is above that level is left out, and counted.",
)
def export(
    file: Path,
    csv_: Path | None,
    xlsx: Path | None,
    sqlite: Path | None,
    submissions: Path | None,
    drafts: bool,
    reader: str,
) -> None:
    """Give FILE away as tables, the forms in the layout of ODK, every register beside them; or as submissions."""
    from pitso.services import giving, open_formats
    from pitso.services import submissions as away

    if not (csv_ or xlsx or sqlite or submissions):
        raise click.UsageError(_("Say at least one of --csv, --xlsx, --sqlite and --submissions."))
    if csv_ or xlsx or sqlite:
        sheets = within(file, lambda ws: giving.everything(ws, Reader(reader), drafts=drafts))
        written = open_formats.as_csv(sheets, csv_) if csv_ is not None else []
        if xlsx is not None:
            open_formats.as_workbook(sheets, xlsx)
            written.append(xlsx)
        if sqlite is not None:
            open_formats.as_sqlite(sheets, sqlite)
            written.append(sqlite)
        for path in written:
            click.echo(_("“{file}” was written.").format(file=path))
        if left_out := giving.sentence(sheets):
            click.echo(left_out)
    if submissions is not None:
        number = within(file, lambda ws: away.as_submissions(ws, submissions, drafts=drafts))
        told = ngettext("{number} record was written.", "{number} records were written.", number)
        click.echo(told.format(number=words.whole(number)))
