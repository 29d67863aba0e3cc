"""Real values for the pages: what an evening of a peer team looks like."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

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
        "The law names the association, or expressly gives local governments the right to associate "
        "and to pay for it.",
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
    views.EvidenceLine(
        "ev-1", "A", "Seen (document or fact)", "Local Government Act 1997, section 62", "act-1997.pdf"
    ),
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
)
__all__ = ["Fraction", "date", "replace"]
