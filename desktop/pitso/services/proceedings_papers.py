"""The papers of what was said and decided, as views: programme, minutes, book of resolutions, figures."""

from collections.abc import Iterable
from fractions import Fraction

from pitso import words
from pitso.domain import presence as doors
from pitso.domain import programme
from pitso.domain.policies import Reader
from pitso.paper.documents import proceedings, workshop_programme, workshop_statistics
from pitso.services import attendance, commitments, presence, resolutions, rolls, workshops
from pitso.services.discretion import Discretion
from pitso.services.resolutions import decision_words
from pitso.services.room_papers import imprint
from pitso.services.room_views import Participant, ResolutionView, SessionLine, WorkshopLine
from pitso.services.workspace import Workspace
from pitso.words import _, clock, day, listed, percent, whole


def _days(line: WorkshopLine) -> str:
    days = day(line.starts) if line.starts == line.ends else f"{day(line.starts)} – {day(line.ends)}"
    return " · ".join(part for part in (days, line.place, *line.offers) if part)


def _span(one: SessionLine) -> str:
    if one.began is None:
        return ""
    return f"{clock(one.began)} – {clock(one.ended)}" if one.ended else _("since {time}").format(time=clock(one.began))


def programme_paper(ws: Workspace, of: str, reader: Reader) -> workshop_programme.WorkshopProgramme:
    """The days with their sessions, and who led how long."""
    line, sessions = workshops.workshop(ws, of), workshops.sessions(ws, of)
    minutes, named = workshops.led_minutes(sessions), workshops.sides()
    shares = [(named[side], programme.share(minutes, side)) for side in workshops.SIDES if side in minutes]
    return workshop_programme.WorkshopProgramme(
        imprint=imprint(ws, of, _("Programme"), "PR", reader, final=True),
        title=words.colon(_("Programme"), line.title),
        place=_days(line),
        sessions=tuple(
            workshop_programme.Planned(
                one.day, f"{one.starts} – {one.ends}", _span(one), one.title, one.kind_words, one.led_words
            )
            for one in sessions
        ),
        led=tuple((side, percent(100 * share)) for side, share in shares if share is not None),
    )


# ---- minutes and resolutions ----------------------------------------------------------------------------------------


def book(ws: Workspace, of: str, reader: Reader) -> proceedings.Proceedings:
    """Every resolution that was adopted or rejected, by its number; an empty book says that it is empty."""
    line, named = workshops.workshop(ws, of), Discretion(ws, reader)
    decided = [one for one in resolutions.resolutions(ws, of) if one.number]
    section = proceedings.Section("", resolutions=tuple(_resolved(one, named) for one in decided))
    return proceedings.Proceedings(
        imprint=imprint(ws, of, _("Book of resolutions"), "RB", reader, final=True),
        title=words.colon(_("Book of resolutions"), line.title),
        second=_days(line),
        sections=(section,) if decided else (),
        left_out=named.left_out(),
    )


def minutes(ws: Workspace, of: str, reader: Reader) -> proceedings.Proceedings:
    """What was said in each session, what was decided, and what was promised there."""
    line, named = workshops.workshop(ws, of), Discretion(ws, reader)
    decided = resolutions.resolutions(ws, of)
    known = attendance.participants(ws, of)
    noted = presence.moves(ws, of, known)
    sections = []
    for one in workshops.sessions(ws, of):
        own = [each for each in decided if each.session == one.id]
        if one.began is None and not own and not one.notes:
            continue
        there = len(doors.took_part(noted, one.began, one.ended or one.began)) if one.began else 0
        facts = (day(one.day), _span(one), one.led_words, _("{number} took part").format(number=whole(there)))
        sections.append(
            proceedings.Section(
                f"{one.number}. {one.title}",
                tuple(fact for fact in facts if fact),
                tuple(one.notes.splitlines()),
                tuple(_resolved(each, named) for each in own),
            )
        )
    promised = _promised(ws, line, {of, *(one.id for one in decided), *_ids(ws, of)}, named)
    return proceedings.Proceedings(
        imprint=imprint(ws, of, _("Minutes"), "MI", reader, final=True),
        title=words.colon(_("Minutes"), line.title),
        second=_days(line),
        sections=tuple(sections),
        commitments=promised,
        left_out=named.left_out(),
    )


def _ids(ws: Workspace, of: str) -> list[str]:
    return [one.id for one in workshops.sessions(ws, of)]


def _resolved(one: ResolutionView, named: Discretion) -> proceedings.Resolved:
    moved = _("Moved by {mover}").format(mover=named.name(one.moved_by)) if one.moved_by else ""
    seconded = _("seconded by {seconder}").format(seconder=named.name(one.seconded_by)) if one.seconded_by else ""
    facts = (listed(part for part in (moved, seconded) if part), decision_words(one), one.quorum)
    return proceedings.Resolved(
        heading=" · ".join(part for part in (one.called, one.title) if part),
        text=one.text,
        facts=tuple(fact for fact in facts if fact),
        amendments=tuple(
            _("Amendment: {text} ({result})").format(
                text=each.text, result=resolutions.results().get(each.result, _("open"))
            )
            for each in one.amendments
        ),
    )


def _promised(ws: Workspace, line: WorkshopLine, sources: set[str], named: Discretion) -> tuple[str, ...]:
    """What was promised in this workshop."""
    told = []
    for uid, record in ws.journal.records(commitments.beginning(line.engagement), fields=["source"]).items():
        if record.get("source") in sources:
            promise = ws.journal.record(uid)
            sentence = _("{text} ({owner}, until {due})")
            told.append(
                sentence.format(
                    text=promise.get("text", ""), owner=named.name(promise.get("owner")), due=promise.get("due", "")
                )
            )
    return tuple(told)


# ---- figures --------------------------------------------------------------------------------------------------------


def statistics(ws: Workspace, of: str, reader: Reader) -> workshop_statistics.WorkshopStatistics:
    """Who came, council by council, and who took part in each session: numbers alone."""
    line = workshops.workshop(ws, of)
    figures = presence.figures(ws, of)
    share = percent(Fraction(100 * figures.women, figures.registered)) if figures.registered else "–"
    return workshop_statistics.WorkshopStatistics(
        imprint=imprint(ws, of, _("Figures of the workshop"), "FW", reader, final=True),
        title=words.colon(_("Figures of the workshop"), line.title),
        second=_days(line),
        figures=(
            (_("Invited"), whole(figures.invited)),
            (_("Registered"), whole(figures.registered)),
            (_("Of these not invited before"), whole(figures.walk_ins)),
            (_("Women"), f"{whole(figures.women)} ({share})"),
            (_("35 and under"), whole(figures.young)),
            (_("Councils"), f"{whole(figures.councils_registered)} / {whole(figures.councils)}"),
        ),
        councils=tuple(_councils(attendance.participants(ws, of))),
        sessions=tuple(_sessions(ws, of)),
    )


def _councils(known: Iterable[Participant]) -> Iterable[workshop_statistics.OfCouncil]:
    of_each: dict[str, list[Participant]] = {}
    for one in known:
        of_each.setdefault(one.council_name or _("without a body"), []).append(one)
    for name, own in sorted(of_each.items()):
        came = [one for one in own if one.registered]
        yield workshop_statistics.OfCouncil(
            name,
            sum(one.invited for one in own),
            len(came),
            sum(one.sex == "woman" for one in came),
            sum(one.votes for one in came),
        )


def _sessions(ws: Workspace, of: str) -> Iterable[workshop_statistics.OfSession]:
    known = attendance.participants(ws, of)
    noted = presence.moves(ws, of, known)
    entitled = {elector.person for elector in rolls.electors_of(ws, of, known)}
    person = {one.id: one.person for one in known}
    for one in workshops.sessions(ws, of):
        if one.began is None or one.ended is None:
            continue
        there = doors.took_part(noted, one.began, one.ended)
        voters = sum(person.get(uid) in entitled for uid in there)
        yield workshop_statistics.OfSession(one.title, whole(one.minutes or 0), one.led_words, len(there), voters)
