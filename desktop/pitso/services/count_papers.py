"""The report of a count as a paper."""

from pitso.domain import counting
from pitso.domain.counting import TieLeads
from pitso.paper.documents import count_report
from pitso.paper.documents.count_report import CountReport, CountStage, CountTie
from pitso.paper.imprint import Imprint, State
from pitso.services.count_words import figure_words, result_words, rule_words, stages, standing_names, tie_words
from pitso.services.counting import Counted
from pitso.words import _, language, listed, whole


def report(of: Counted) -> bytes:
    """The report of the count as a PDF, in the reader's language; a draft, for a declaration makes it final."""
    digest = counting.digest(of.ballots)
    imprint = Imprint(
        title=_("Report of the count"),
        engagement=of.ballots.title,
        code=f"CR-{digest[:8].upper()}",
        state=State.DRAFT,
        reader="",
        as_of=of.at,
    )
    return count_report.make(report_view(of, imprint, digest), language())


def report_view(
    of: Counted,
    imprint: Imprint,
    papers_digest: str,
    *,
    leads: TieLeads = TieLeads.LOT,
    signers: tuple[tuple[str, str], ...] = (),
) -> CountReport:
    """Everything that the report of a count prints; *leads* is what equal votes lead to under its rules."""
    names = standing_names(of)
    return CountReport(
        imprint=imprint,
        title=of.ballots.title or _("Report of the count"),
        rule=rule_words(of.count.rule),
        result=result_words(of.count),
        figures=figure_words(of),
        candidates=names,
        stages=tuple(CountStage(*stage) for stage in stages(of.count, names)),
        ties=tuple(
            CountTie(whole(tie.stage), decided, listed(tie.between), resolved)
            for tie, (decided, resolved) in ((tie, tie_words(tie, leads)) for tie in of.count.ties)
        ),
        papers_digest=papers_digest,
        signers=signers,
    )
