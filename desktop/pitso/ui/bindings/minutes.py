"""The minutes: notes, resolutions, commitments, speakers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pitso.domain.majorities import Votes
from pitso.domain.trouble import Trouble
from pitso.services import commitments, display, people, resolutions, speakers, workshops
from pitso.services.change import Change
from pitso.services.room import names_of
from pitso.services.room_views import ResolutionView, SessionLine
from pitso.services.workspace import Workspace
from pitso.ui.bindings.desk import counts
from pitso.ui.bindings.programme import a_day
from pitso.ui.bindings.room import RoomBinding
from pitso.ui.pages.minutes import COMMITMENT, RESOLUTION, SPEAKERS, MinutesPage
from pitso.ui.pages.minutes_forms import COUNTED, Decision, Promise, Worded
from pitso.words import _, listed, whole


class MinutesBinding(RoomBinding[MinutesPage]):
    """Connects the minutes of a workshop; the place says which session, and which resolution is open."""

    def connect_page(self) -> None:
        page = self.page
        self._open = ""
        page.stepped.connect(self.go_to)
        page.programme_asked.connect(lambda: self.go_to("room"))
        page.session_chosen.connect(self._choose)
        page.noted.connect(self._note)
        page.form_asked.connect(self._offer)
        page.renumber_asked.connect(lambda: self._do(partial(resolutions.renumber, self._ws, self._uid)))
        page.resolution.kept.connect(self._word)
        page.resolution.decided.connect(self._decide)
        page.resolution.shown.connect(
            lambda: self._do(partial(display.show_resolution, self._ws, self._uid, self._open))
        )
        page.resolution.amended.connect(self._amend)
        page.resolution.amendment_decided.connect(
            lambda uid, result: self._do(partial(resolutions.decide_amendment, self._ws, uid, result))
        )
        page.commitment.kept.connect(self._promise)
        page.speakers.asked.connect(self._ask_floor)
        page.speakers.turned.connect(self._turn_speech)
        page.speakers.left.connect(lambda uid: self._do(partial(speakers.withdraw, self._ws, uid)))
        page.resolution.show_lists(
            kinds=list(resolutions.kinds().items()),
            modes=list(resolutions.modes().items()),
            rules=list(resolutions.majorities().items()),
        )

    @property
    def _ws(self) -> Workspace:
        return self.hall.workspace

    @property
    def _uid(self) -> str:
        assert self.room is not None, "no form of the minutes opens before there is a workshop"
        return self.room.workshop

    # ---- what is shown -------------------------------------------------------------------------------------

    def look(self) -> None:
        room, ws = self.room, self._ws
        sessions = workshops.sessions(ws, room.workshop) if room else ()
        if room is None or not sessions:
            self.page.show_nothing()
            return
        session = self._session(sessions)
        self.place = replace(self.place, code=session.id)
        decided = self.hall.desk.ask(lambda: resolutions.resolutions(ws, room.workshop)) or ()
        figures = counts(room.figures(), room.quorum())
        self.page.show_minutes(
            room.line.title,
            sessions,
            session,
            [(one, resolutions.decision_words(one)) for one in decided],
            counts=[figures[1], *figures[4:]],
            twice=bool(resolutions.renumbering(ws, room.workshop)),
        )
        self._fill(decided)

    def _session(self, sessions: tuple[SessionLine, ...]) -> SessionLine:
        """The session that was chosen, else the one that runs, else the last one held, else the first."""
        chosen = next((one for one in sessions if one.id == self.place.code), None)
        running = self.room.running if self.room else None
        held = [one for one in sessions if one.began is not None]
        return chosen or running or (held[-1] if held else sessions[0])

    def _fill(self, decided: tuple[ResolutionView, ...]) -> None:
        """Bring the form that is open up to date."""
        page, room, ws = self.page, self.room, self._ws
        if room is None:
            return
        if page.open_form() == RESOLUTION and self._open:
            one = next((each for each in decided if each.id == self._open), None)
            if one is not None:
                self._show_resolution(one)
        elif page.open_form() == SPEAKERS:
            page.speakers.show_speeches(speakers.speeches(ws, self.place.code), self._spoken())

    def _show_resolution(self, one: ResolutionView | None) -> None:
        assert self.room is not None
        present = names_of(self.room.voters_present())
        self.page.resolution.show_people(present)
        names = dict(present)
        if one is not None:
            names |= {one.moved_by: one.mover, one.seconded_by: one.seconder}
            names |= {person: told for person, told in present if person in names}
        told = " ".join((resolutions.decision_words(one), one.quorum)) if one and one.decided_at else ""
        self.page.resolution.show_resolution(one, told, names)

    def _spoken(self) -> str:
        spoken, named = speakers.spoken(self._ws, self._uid), workshops.sides()
        told = _("{side}: {minutes} min")
        return " · ".join(told.format(side=named[side], minutes=whole(s // 60)) for side, s in spoken.items())

    def _offer(self, name: str, uid: str) -> None:
        room, ws, page = self.room, self._ws, self.page
        if room is None:
            return
        keeps = True
        if name == RESOLUTION:
            self._open = uid
            one = next((each for each in resolutions.resolutions(ws, room.workshop) if each.id == uid), None)
            self._show_resolution(one)
            keeps = one is None or one.decided_at is None
        elif name == COMMITMENT:
            persons = [(one.id, listed(p for p in (one.name, one.detail) if p)) for one in people.persons(ws)]
            page.commitment.show_lists(
                people=persons,
                sides=list(commitments.sides().items()),
                importances=list(commitments.importances().items()),
            )
            page.commitment.begin()
        else:
            names = [one.name for one in room.participants.values() if room.is_in(one)]
            page.speakers.show_lists(names, list(workshops.sides().items()))
            page.speakers.show_speeches(speakers.speeches(ws, self.place.code), self._spoken())
        page.show_form(name, keeps=keeps)

    def _choose(self, session: str) -> None:
        self.page.notes.flush()
        self.place = replace(self.place, code=session)
        self.look()

    # ---- what is done --------------------------------------------------------------------------------------

    def _do(self, deed: Callable[[], Change]) -> Change | None:
        return self.hall.desk.do(deed)

    def _note(self, text: str) -> None:
        self._do(partial(workshops.note, self._ws, self.place.code, text))

    def _word(self, told: Worded) -> None:
        deed = resolutions.change if self._open else resolutions.propose
        words = partial(deed, title=told.title, text=told.text, kind=told.kind)
        done = self._do(
            lambda: words(self._ws, self._open or self._uid, moved_by=told.moved_by, seconded_by=told.seconded_by)
        )
        if done is not None:
            self._offer(RESOLUTION, done.record)

    def _decide(self, told: Decision) -> None:
        counted = told.mode in COUNTED and not told.result
        deed = partial(resolutions.decide, self._ws, self._open, mode=told.mode, rule=told.rule, result=told.result)
        done = self._do(lambda: deed(votes=_votes(told.votes) if counted else None))
        if done is not None:
            self.page.resolution.clear_votes()
            self.page.close_forms()

    def _amend(self, text: str, by: str) -> None:
        self._do(partial(resolutions.amend, self._ws, self._open, text=text, by=by))

    def _promise(self, told: Promise) -> None:
        ws, engagement, source = self._ws, self.place.engagement, self._open or self.place.code
        done = self._do(
            lambda: commitments.record(
                ws,
                engagement,
                text=told.text,
                owner=told.owner,
                due=a_day(told.due),
                importance=told.importance,
                side=told.side,
                source=source,
            )
        )
        if done is not None:
            self.page.close_forms()

    def _ask_floor(self, name: str, side: str) -> None:
        self._do(partial(speakers.ask, self._ws, self.place.code, name=name, side=side))

    def _turn_speech(self, uid: str) -> None:
        speaks = any(one.began for one in speakers.speeches(self._ws, self.place.code) if one.id == uid)
        self._do(partial(speakers.end if speaks else speakers.give_floor, self._ws, uid))


def _votes(typed: tuple[str, str, str]) -> Votes:
    """The counts that were typed; an empty one is nobody. Trouble for what is no number."""
    if not any(typed) or not all(text.isdecimal() or not text for text in typed):
        raise Trouble(_("The votes are no numbers."), _("Write how many were for, against and abstained."))
    yes, no, abstaining = (int(text or 0) for text in typed)
    return Votes(yes, no, abstaining)
