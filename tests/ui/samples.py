"""Real values for the pages: what an evening of a peer team looks like."""

from datetime import date, datetime

from msgspec.structs import replace

from pitso.domain.readiness.agreement import Closeness
from pitso.domain.readiness.instrument import Stage
from pitso.domain.readiness.scoring import GateState, Verdict
from pitso.services import views

DIMENSIONS = (
    ("LEG", "Legal and administrative framework", 5),
    ("POL", "Political will and leadership stability", 6),
    ("SYS", "Functioning of the local-government system", 4),
    ("REP", "Representation and inclusiveness", 6),
    ("GOV", "Founding process, statutes and elections", 6),
    ("ORG", "Organisation and secretariat", 5),
    ("FIN", "Finance and resources", 5),
    ("COM", "Communication and networks", 4),
    ("PAR", "Partners and stakeholders", 4),
    ("PEE", "Preconditions of the peer engagement", 6),
)
LEVELS = (
    (0, "Absent", "The law forbids it, or a public body may not join an association."),
    (1, "Beginning", "The law is silent and officials disagree on what is allowed."),
    (2, "Partial", "The law is silent but an authoritative written reading says that it is allowed."),
    (3, "Established", "The law allows it in general terms (freedom of association, societies law)."),
    (
        4,
        "Secured",
        "The law names the association, or expressly gives local governments the right to associate and to pay for it.",
    ),
)


def levels() -> tuple[views.LevelLine, ...]:
    return tuple(views.LevelLine(rating, word, description) for rating, word, description in LEVELS)


def outline(here: str = "LEG-3", answered: int = 7) -> tuple[views.OutlineLine, ...]:
    lines, seen = [], 0
    for code, name, total in DIMENSIONS:
        dots = []
        for number in range(1, total + 1):
            indicator = f"{code}-{number}"
            state = "here" if indicator == here else "answered" if seen < answered else "open"
            seen += 1
            dots.append(views.Dot(indicator, state, state == "answered" and number == 2))
        done = sum(dot.state == "answered" for dot in dots)
        lines.append(views.OutlineLine(code, name, done, total, here.startswith(code), tuple(dots)))
    return tuple(lines)


EVIDENCE = (
    views.EvidenceLine("ev-1", "A", "Seen (document or fact)", "Local Government Act 1997, section 62", "act-1997.pdf"),
)

RATING = views.RatingView(
    assessment="as-1",
    assessment_title="First readiness visit",
    engagement_title="Botswana and Lesotho",
    rater="mb-1",
    rater_name="Mpho Kgosi",
    place="LEG · Legal and administrative framework",
    position=3,
    total=51,
    code="LEG-3",
    statement="National law allows local governments to form and join an association that speaks for them.",
    guidance="Read the constitution, the local-government act and the law on associations or societies. "
    "Ask whether a council, as a public body, may spend money on membership.",
    evidence_hint="Extract of the act; legal opinion; letter of the ministry; precedent.",
    levels=levels(),
    na_allowed=False,
    chosen=2,
    after_reveal=False,
    reason="",
    reason_wanted=False,
    grade="A",
    evidence=EVIDENCE,
    note="The ministry's legal officer confirmed the draft bill; the councils want it before the workshop.",
    answered=7,
    in_all=51,
    without_evidence=2,
    outline=outline(),
    previous="LEG-2",
    following="LEG-4",
    finished=False,
    gate_words="A gate: at least 2 before founding",
)

STANDING = views.Standing(
    workspace="Lesotho",
    office=False,
    engagement="Botswana and Lesotho",
    author="Mpho Kgosi",
    author_role="Team leader",
    saved_at=datetime(2026, 1, 22, 10, 42),
    kept=412,
    unsent=12,
    undo="Rating changed from 1 to 2",
    redo=None,
    demonstration=False,
    looking_back="",
)


# ---- engagement and assessments ----------------------------------------------------------------------------------

FIRST_VISIT = views.AssessmentLine(
    "as-1",
    "First readiness visit",
    Stage.FOUNDING,
    "before founding",
    date(2026, 1, 22),
    "agreed",
    "agreed",
    Verdict.NOT_READY,
    "Not ready",
    "32.3 (30.9 to 35.3), coverage 95.5 %, confidence 91.0 %",
)
SECOND_VISIT = views.AssessmentLine(
    "as-2",
    "Second readiness visit",
    Stage.FOUNDING,
    "before founding",
    date(2026, 6, 16),
    "agreed",
    "agreed",
    Verdict.PRECONDITIONS,
    "Ready with preconditions",
    "68.6 (68.6 to 68.6), coverage 100.0 %, confidence 88.2 %",
)
THIRD_VISIT = views.AssessmentLine(
    "as-3",
    "Third readiness visit",
    Stage.SCALEDOWN,
    "before scaling down",
    date(2026, 9, 21),
    "rating",
    "ratings going on",
    None,
    "",
    "",
)
ASSESSMENTS = (THIRD_VISIT, SECOND_VISIT, FIRST_VISIT)
TEAM = (
    views.MemberLine("mb-1", "pe-1", "Mpho Kgosi", "leader", "Team leader", "peer", "Peers", "BALA"),
    views.MemberLine("mb-2", "pe-2", "Thabo Ntsane", "peer", "Peer", "peer", "Peers", "BALA"),
    views.MemberLine("mb-3", "pe-3", "Palesa Poone-Pula", "rater", "Host who rates", "host", "Hosts", "Basalt"),
)
PEOPLE = (
    views.PersonLine("pe-1", "Mpho Kgosi", "Team leader, BALA"),
    views.PersonLine("pe-2", "Thabo Ntsane", "Peer, BALA"),
    views.PersonLine("pe-3", "Palesa Poone-Pula", "Councillor, Basalt District Council"),
    views.PersonLine("pe-4", "Neo Thaba-Koro", "Facilitator, UCLG Africa"),
)
ROLES = (("leader", "Team leader"), ("peer", "Peer"), ("rater", "Host who rates"))
ENGAGEMENT = views.EngagementView(
    id="en-1",
    title="Botswana and Lesotho",
    country="Lesotho",
    started_on=date(2025, 9, 15),
    sides=(
        views.SideLine("host", "Host side", "or-1", "Leaders of ten councils"),
        views.SideLine("supporting", "Supporting association", "or-2", "BALA"),
        views.SideLine("coordinating", "Coordinating office", "or-3", "UCLG Africa"),
    ),
    team=TEAM,
    assessments=ASSESSMENTS,
    next_step="Two of four peers are still rating the third visit",
    next_page="assess",
)
ENGAGEMENTS = (
    views.EngagementLine(
        "en-1",
        "Botswana and Lesotho",
        "BALA with the leaders of ten councils",
        3,
        Verdict.PRECONDITIONS,
        "Ready with preconditions",
        date(2026, 9, 21),
        datetime(2026, 9, 22, 17, 5),
    ),
    views.EngagementLine("en-2", "A first visit", "ALGA with a founding group", 0, None, "", None, None),
)
REVEAL = views.RevealView(
    "as-3",
    "Third readiness visit",
    "before scaling down",
    (
        views.RaterLine("mb-1", "Mpho Kgosi", "Peers", 51, 51, True, True),
        views.RaterLine("mb-2", "Thabo Ntsane", "Peers", 40, 51, False, False),
        views.RaterLine("mb-3", "Palesa Poone-Pula", "Hosts", 51, 51, True, False),
    ),
    False,
    "Thabo Ntsane has not finished yet.",
)

# ---- consensus ---------------------------------------------------------------------------------------------------


def consensus_line(
    code: str, closeness: Closeness, proposal: int, dots: dict[int, tuple[int, int]], agreed: int | None = None
) -> views.ConsensusLine:
    words = {"contested": "Contested", "discuss": "To be discussed", "close": "Close", "unanimous": "Unanimous"}
    return views.ConsensusLine(
        code=code,
        statement=f"Statement of {code}: women, youth and every type of council take part in the founding.",
        closeness=closeness,
        closeness_words=words[closeness.value],
        dots=tuple(views.SpreadDot(level, peers, hosts) for level, (peers, hosts) in dots.items()),
        specials="",
        proposal=proposal,
        agreed=agreed,
        agreed_words=f"proposal {proposal}" if agreed is None else f"agreed {agreed} (A)",
        single_view=False,
        late=0,
        after_reveal=0,
        seen_differently=closeness is Closeness.CONTESTED,
    )


CONSENSUS_LINES = (
    consensus_line("POL-1", Closeness.CONTESTED, 1, {0: (2, 0), 1: (1, 0), 3: (1, 3)}),
    consensus_line("REP-4", Closeness.DISCUSS, 1, {0: (1, 0), 1: (1, 1), 2: (2, 2)}),
    consensus_line("LEG-1", Closeness.CLOSE, 2, {2: (3, 0), 3: (1, 3)}),
    consensus_line("LEG-2", Closeness.CLOSE, 1, {1: (3, 2), 2: (1, 1)}),
    consensus_line("SYS-1", Closeness.UNANIMOUS, 3, {3: (4, 3)}, agreed=3),
)
CONSENSUS_DETAIL = views.ConsensusDetail(
    line=CONSENSUS_LINES[0],
    dimension="Political will and leadership stability",
    guidance="Ask for the letters and the minutes. Ask who will still be in office in a year.",
    levels=levels(),
    na_allowed=False,
    reason="",
    grade="B",
    reason_required_for=(0, 1, 2, 3, 4, "ND"),
    evidence=EVIDENCE,
    minority=(views.MinorityLine("mi-1", "The ministry has changed its mind before.", ""),),
    minority_invited=True,
    versions=(views.VersionLine("agreed 2", "before the letter came", "Mpho Kgosi", datetime(2026, 1, 22, 21, 5)),),
    response="",
)
CONSENSUS = views.ConsensusView(
    assessment="as-1",
    title="First readiness visit",
    lines=CONSENSUS_LINES,
    agreed=1,
    total=5,
    contested=1,
    close_waiting=2,
    unanimous_waiting=0,
    detail=CONSENSUS_DETAIL,
)

# ---- results -----------------------------------------------------------------------------------------------------

SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="400" height="300">'
    b'<circle cx="200" cy="150" r="130" fill="none" stroke="#8C8471" stroke-width="2"/>'
    b'<path d="M200 40 L300 190 L110 200 Z" fill="#DCECEF" stroke="#0B5A6B" stroke-width="3"/></svg>'
)
FIGURE = views.Figure("Dimensions", SQUARE, "Legal framework 61.5, political will 20.8, representation 25.0.")
DIMENSION_LINES = tuple(
    views.DimensionLine(code, name, weight, score, "30.9 to 35.3", "95.5 %", "91.0 %", "")
    for (code, name, _), weight, score in zip(
        DIMENSIONS, (15, 12, 10, 10, 12, 9, 10, 6, 6, 10), ("61.5", "insufficient", *["32.3"] * 8), strict=True
    )
)
INDICATORS = (
    views.IndicatorLine("LEG-1", "National law allows local governments to form an association.", "2", "A", None, ""),
    views.IndicatorLine(
        "REP-4", "Women and youth take part in the founding.", "1", "C", GateState.ON_WORD_ONLY, "gate on word only"
    ),
)
READINESS = views.ReadinessView(
    assessment="as-2",
    title="Second readiness visit",
    subtitle="Lesotho · 16 June 2026 · before founding",
    verdict=Verdict.PRECONDITIONS,
    verdict_words="Ready with preconditions",
    advice="This is advice by the peers; the decision is the hosts'.",
    figures="68.6 (68.6 to 68.6), coverage 100.0 %, confidence 88.2 %",
    amended="Amended on 17 June 2026",
    causes=(
        views.CauseLine("ca-1", "REP-4: the gate is met on word only", "REP-4", "", None, True),
        views.CauseLine("ca-2", "POL lies below 40", "POL", "pe-1", date(2026, 6, 18), True),
    ),
    dimensions=DIMENSION_LINES,
    indicators=INDICATORS,
    strengths=INDICATORS[:1],
    priorities=INDICATORS[1:],
    drawing=FIGURE,
    spreads=True,
    people=PEOPLE,
    offer="",
)
COMPARE = views.CompareView(
    former="First readiness visit",
    latter="Second readiness visit",
    former_figures="32.3 (30.9 to 35.3)",
    latter_figures="68.6 (68.6 to 68.6)",
    summary="47 indicators stand in both: 42 rose, 5 stayed, none fell.",
    dimensions=tuple(replace(line, former="20.0") for line in DIMENSION_LINES),
    rose=INDICATORS[:1],
    stayed=INDICATORS[1:],
    fell=(),
    radar=FIGURE,
)
