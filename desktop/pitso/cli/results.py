"""Scores and counts, of workspaces and of plain tables."""

from pathlib import Path

import click

from pitso.cli.group import FILE, echo_json, pitso, within
from pitso.domain.counting.rules import Rule
from pitso.domain.readiness.instrument import Stage
from pitso.domain.trouble import Trouble
from pitso.words import _


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
    from pitso.services import count_words, counting

    told = counting.counted(ballots, rule, seats=seats, lots=lots, rules=rules, runoff=runoff)
    if as_json:
        echo_json(told.count.as_json())
    else:
        click.echo("\n".join(count_words.as_text(told)))
    if out is not None:
        from pitso.services import count_papers, papers

        papers.keep(papers.Paper(out.name, count_papers.report(told)), out)
        click.echo(_("“{file}” was written.").format(file=out), err=as_json)
