"""The agreement of South-South cooperation as a paper for signature, in the languages in which its text stands."""

from collections.abc import Iterator
from itertools import permutations

from pitso import words
from pitso.domain.policies import Reader
from pitso.paper.documents.parallel_text import Article, ParallelText, Wording
from pitso.paper.imprint import Imprint, State
from pitso.services import answers, people, phases, posts, report
from pitso.services.answers import Row, Said
from pitso.services.discretion import Discretion, reader_words
from pitso.services.workspace import Workspace
from pitso.words import _, colon, day, listed, ngettext, whole

FORM = "agreement"
USUAL = "en"
"""The language of a text whose record does not say which one it is."""
MOST = 3
"""Languages that find room beside each other."""


def languages(ws: Workspace, record: str) -> dict[str, str]:
    """Each language of Pitso, and every two or three of those in which the text of the agreement stands."""
    written = [code for code in _texts(_said(ws, record)) if code in words.LANGUAGES]
    several = [each for number in range(2, MOST + 1) for each in permutations(written, number)]
    return words.LANGUAGES | {"+".join(each): " + ".join(words.LANGUAGES[code] for code in each) for each in several}


def _said(ws: Workspace, record: str) -> Said:
    engagement = f"engagement/{record.split('/')[1]}"
    return next(one for one in answers.said(ws, engagement, FORM) if one.at == record)


def _texts(said: Said) -> dict[str, dict[str, str]]:
    """What was written in each language: the text itself first, then its translations."""
    return {said.values.get("written_in", USUAL): said.values} | {
        row.values["into"]: {name.removesuffix("_said"): text for name, text in row.values.items()}
        for row in said.table("translations")
        if "into" in row.values
    }


def agreement(ws: Workspace, record: str, reader: Reader) -> ParallelText:
    """What the parties sign, in the language that is spoken now."""
    said, named = _said(ws, record), Discretion(ws, reader)
    title = _text(said, "title")[0] or _("Cooperation agreement")
    wording = Wording(
        language=words.language(),
        title=title,
        second=listed(_party(ws, row, "party") for row in said.table("parties")),
        articles=tuple(_articles(ws, said, named)),
    )
    override = phases.override_words(ws, f"engagement/{record.split('/')[1]}")
    return ParallelText(
        imprint=_imprint(ws, record, said, reader),
        wordings=(wording,),
        signers=tuple(_signers(ws, said, named)),
        left_out=((override,) if override else ()) + named.left_out(),
    )


def _imprint(ws: Workspace, record: str, said: Said, reader: Reader) -> Imprint:
    return Imprint(
        title=_("Cooperation agreement"),
        engagement=str(ws.journal.record(f"engagement/{record.split('/')[1]}").get("title", "")),
        code="AG",
        state=State.DEMONSTRATION if ws.demonstration else State.FINAL if said.finished else State.DRAFT,
        reader=reader_words(reader),
        as_of=report.as_of(ws),
    )


def _articles(ws: Workspace, said: Said, named: Discretion) -> Iterator[Article]:
    yield Article(_("Parties"), tuple(_represented(ws, row, named) for row in said.table("parties")))
    yield _written(said, "purpose", _("Purpose"))
    yield _written(said, "principles", _("Principles"))
    areas = [_areas().get(code, code) for code in said.values.get("areas", "").split() if code != "other"]
    yield Article(_("Areas"), (listed(filter(None, (*areas, said.values.get("other_areas", "")))),))
    gives = tuple(_given(ws, row) for row in said.table("gives"))
    yield _written(said, "gives", _("What each party gives"), gives)
    activities = tuple(_activity(row, named) for row in said.table("activities"))
    yield _written(said, "activities", _("Activities"), activities)
    yield _written(said, "costs", _("Costs"))
    yield Article(_("Duration"), tuple(_duration(said)))
    yield Article(_("Reviews"), (listed(posts.told(row.values["review_on"]) for row in said.table("reviews")),))
    yield Article(_("Focal persons"), tuple(_focal(ws, row, named) for row in said.table("parties")))
    for name, heading in (
        ("disputes", _("Disputes")),
        ("languages", _("Languages")),
        ("amendments", _("Amendments")),
    ):
        yield _written(said, name, heading)


def _written(said: Said, name: str, heading: str, lines: tuple[str, ...] = ()) -> Article:
    """An article in the words that were written for the spoken language, else in those of the text itself."""
    text, translated = _text(said, name)
    return Article(heading, tuple(text.splitlines()) or lines, translated)


def _text(said: Said, name: str) -> tuple[str, bool]:
    """What was written for the spoken language; else the text itself, and that it is not translated."""
    texts = _texts(said)
    own, first = texts.get(words.language(), {}), next(iter(texts))
    return own.get(name) or said.values.get(name, ""), words.language() == first or bool(own.get(name))


def _party(ws: Workspace, row: Row, name: str) -> str:
    uid = row.values.get(name, "")
    return people.organisation(ws, uid).name if uid.startswith("organisation/") else uid


def _represented(ws: Workspace, row: Row, named: Discretion) -> str:
    told = _("{party}, represented by {name}, {capacity}")
    return told.format(
        party=_party(ws, row, "party"),
        name=named.name(row.values.get("represented_by", "")),
        capacity=row.values.get("party_capacity", ""),
    )


def _given(ws: Workspace, row: Row) -> str:
    said = listed(filter(None, (row.values.get("given", ""), row.values.get("measure", ""))))
    until = _("by {day}").format(day=posts.told(row.values.get("give_by", "")))
    return colon(_party(ws, row, "giver"), f"{said} · {until}")


def _activity(row: Row, named: Discretion) -> str:
    when, who = posts.told(row.values.get("activity_on", "")), named.name(row.values.get("activity_person", ""))
    cost = _("{cost}, covered by {payer}").format(
        cost=row.values.get("activity_cost", ""), payer=row.values.get("covered_by", "")
    )
    return " · ".join(filter(None, (row.values.get("activity", ""), when, who, cost)))


def _focal(ws: Workspace, row: Row, named: Discretion) -> str:
    return colon(_party(ws, row, "party"), named.name(row.values.get("focal_person", "")))


def _duration(said: Said) -> Iterator[str]:
    starts, ends = said.day("starts"), said.day("ends")
    if starts and ends:
        yield _("From {starts} to {ends}.").format(starts=day(starts), ends=day(ends))
    if renewal := _renewals().get(said.values.get("renewal", "")):
        yield renewal
    if (notice := said.values.get("notice", "")).isdecimal():
        months = int(notice)
        told = ngettext(
            "Whoever ends it says so {number} month before.", "Whoever ends it says so {number} months before.", months
        )
        yield told.format(number=whole(months))


def _areas() -> dict[str, str]:
    return {
        "governance": _("Governance"),
        "statutes": _("Statutes"),
        "advocacy": _("Advocacy"),
        "finance": _("Finance"),
        "services": _("Services to members"),
        "women": _("Women’s leadership"),
        "youth": _("Youth"),
        "training": _("Training"),
        "secretariat": _("Secretariat"),
    }


def _renewals() -> dict[str, str]:
    return {
        "automatic": _("It is renewed by itself."),
        "agreement": _("It is renewed by written agreement."),
        "none": _("It is not renewed."),
    }


def _signers(ws: Workspace, said: Said, named: Discretion) -> Iterator[tuple[str, str]]:
    """Who signs for each party, and the witnesses that are known."""
    parties = said.table("parties")
    for row in parties:
        role = listed(filter(None, (row.values.get("party_capacity", ""), _party(ws, row, "party"))))
        yield named.name(row.values.get("represented_by", "")), role
    for uid in dict.fromkeys(row.values["witness"] for row in said.table("signatures") if "witness" in row.values):
        yield named.name(uid), _("Witness")
