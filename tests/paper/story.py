"""View values for the papers' tests: a small instrument, or the one that ships, rated by four peers."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from pitso.domain.readiness.scoring import GateState, Score
from pitso.paper.blocks import EvidenceItem, Participant
from pitso.paper.charts import SpreadRow
from pitso.paper.documents import readiness
from pitso.paper.documents.readiness import (
    CauseLine,
    DimensionLine,
    IndicatorLine,
    MinorityView,
    PriorityLine,
    ReadinessReport,
    Response,
    SeenDifferently,
    Version,
)
from pitso.paper.imprint import Imprint, State

__all__ = ["readiness"]

NAMES = (
    "Legal and administrative framework",
    "Political will and leadership stability",
    "Functioning of the local-government system",
    "Representation and inclusiveness",
    "Founding process, statutes and elections",
    "Organisation and secretariat",
    "Finance and resources",
    "Communication and networks",
    "Partners and stakeholders",
    "Preconditions of the peer engagement",
)
CODES = ("LEG", "POL", "SYS", "REP", "GOV", "ORG", "FIN", "COM", "PAR", "PEE")
COUNTS = (6, 5, 5, 5, 5, 5, 5, 4, 4, 7)
STATEMENT = "The administrative procedures that the change needs are known, assigned and scheduled."
SCALE = (
    ("0", "Absent"),
    ("1", "Beginning"),
    ("2", "Partial"),
    ("3", "Established"),
    ("4", "Secured"),
    ("NA", "Not applicable"),
    ("UK", "Not known yet"),
    ("ND", "No agreement"),
)
GRADES = (
    ("A", "Seen (document or fact)"),
    ("B", "Confirmed by two independent sources"),
    ("C", "Told by one source"),
    ("D", "No evidence"),
)
IMPRINT = Imprint(
    title="Readiness report",
    engagement="Lesotho 2026 · BALA",
    code="LSO-RR-1",
    state=State.DRAFT,
    reader="Both sides",
    printed=datetime(2026, 1, 22, 18, 30),
)


def score(figure: int | None = 61, *, coverage: int = 96) -> Score:
    if figure is None:
        return Score(None, Fraction(0), Fraction(100), Fraction(0), None)
    return Score(Fraction(figure), Fraction(figure - 3), Fraction(figure + 4), Fraction(coverage), Fraction(91))


def indicator(code: str, number: int) -> IndicatorLine:
    rating = ("2", "1", "3", "ND", "0", "UK", "4")[number % 7]
    gate = tuple(GateState)[number // 3] if number % 3 == 0 else None
    return IndicatorLine(
        code=f"{code}-{number + 1}",
        statement=STATEMENT,
        rating=rating,
        rating_words=dict(SCALE)[rating],
        grade="ABCD"[number % 4],
        gate=gate,
        gate_minimum=2 if gate else None,
        reason="Two councils showed it, one did not." if number % 2 else "",
        note="Seen at the registrar on 20 January." if number % 3 else "",
        remarks=("single view",) if number == 4 else (),
        former=(Version("1 Beginning (C)", "The certificate arrived.", "Tumelo Naleli", date(2026, 1, 20)),)
        if number == 2
        else (),
    )


def dimensions() -> tuple[DimensionLine, ...]:
    return tuple(
        DimensionLine(
            code,
            name,
            10,
            score(30 + 6 * place, coverage=40 if code == "REP" else 96),
            code == "REP",
            tuple(indicator(code, number) for number in range(count)),
            score(20 + 5 * place),
        )
        for place, (code, name, count) in enumerate(zip(CODES, NAMES, COUNTS, strict=True))
    )


def report() -> ReadinessReport:
    lines = dimensions()
    strong = tuple(replace(lines[place].indicators[2], grade="A", statement=STATEMENT) for place in range(4))
    return ReadinessReport(
        imprint=IMPRINT,
        title="Readiness of Lesotho to found a national association of local governments",
        country="Lesotho",
        sides=("BALA with UCLG Africa", "Leaders of ten councils"),
        held_on=date(2026, 1, 22),
        stage="Before founding",
        amended="",
        messages=(
            "Local governments exist in law and in fact throughout the country, and their leaders know each other.",
            "All ten councils want an association and have said so in public; the ministry does not object.",
            "No draft statutes exist, and the organs of the association are not agreed.",
            "How an election would be held has not been discussed by those who would stand in it.",
            "A mandate for the initiative group is the first step; the second assessment can follow in June.",
        ),
        verdict="Not ready",
        causes=(
            CauseLine(
                "GOV-2, the organs of the association are agreed: level 0", "Refiloe Koro", date(2026, 5, 19), True
            ),
            CauseLine("GOV-3, the rules for electing office bearers are agreed: level 0", "", None, True),
            CauseLine("Even the high end of the range, 35.3, lies below 40"),
        ),
        overall=score(32),
        dimensions=lines,
        strengths=strong,
        priorities=tuple(
            PriorityLine(
                f"GOV-{n}", STATEMENT, "0", "gate not met" if n < 3 else "", "Refiloe Koro-Naleli", date(2026, 5, n)
            )
            for n in range(1, 9)
        ),
        spread=tuple(
            SpreadRow(f"POL-{n}", STATEMENT, (0, 1, 2, 1, 0), (0, 0, 1, 2, 0), 2, "agreed 2 (B)") for n in range(1, 6)
        ),
        seen_differently=(SeenDifferently("POL-4", STATEMENT, "1 Beginning", "3 Established"),),
        minority=(MinorityView("REP-4", "Two parties told us the contrary on the second day."),),
        responses=(Response("POL-4", "We had a mandate: see our minutes of 3 March. A & B <c>", "Initiative group"),),
        evidence=(
            EvidenceItem("LEG-1", "A", "Local Government Act 1997, section 62", "act-1997.pdf"),
            EvidenceItem("POL-1", "B", "Interviews with eight mayors and with the principal chief of staff"),
        ),
        people=(
            Participant("Kagiso Mosweu-Tau", "Leader of the peer team", "BALA"),
            Participant("Mpho Šebata", "Host", "Heron River District Council"),
        ),
        scale=SCALE,
        grades=GRADES,
        instrument="nala-readiness 1.0",
        instrument_digest="9f3c21aa0b1e77d2" * 4,
        former_name="AS-0, 2 December 2025",
        left_out=("Two quotations were left out: their speakers have not consented.",),
    )
