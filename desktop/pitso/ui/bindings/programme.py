"""The programme: beginning a workshop, its sessions, and which of them runs."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from pitso.domain import programme
from pitso.domain.trouble import Trouble
from pitso.services import display, typed, workshops, workspace
from pitso.services.change import Change
from pitso.services.room_views import SessionLine
from pitso.ui.bindings.room import RoomBinding, choose_workshop
from pitso.ui.pages.programme import ProgrammePage, SessionWords, WorkshopWords
from pitso.words import _, percent, short_day


class ProgrammeBinding(RoomBinding[ProgrammePage]):
    """Connects the programme."""

    kinds = frozenset({"workshop", "session"})

    def connect_page(self) -> None:
        page = self.page
        self._sessions: tuple[SessionLine, ...] = ()
        page.stepped.connect(self.go_to)
        page.workshop_chosen.connect(self._choose)
        page.workshop_kept.connect(self._begin)
        page.workshop_changed.connect(self._amend)
        page.opened.connect(self._open)
        page.turned.connect(self._turn)
        page.session_kept.connect(self._keep)
        page.session_dropped.connect(self._drop)
        page.moved.connect(lambda session, place: self._do(partial(workshops.move, self._ws, session, place)))
        page.peers_admitted.connect(self._admit)
        page.concluded.connect(self._conclude)
        page.display_asked.connect(self.hall.displaying)
        page.next_date.agreed.connect(self._agree_next)
        page.show_lists(
            kinds=list(workshops.kinds().items()),
            session_kinds=list(workshops.session_kinds().items()),
            sides=list(workshops.sides().items()),
            accesses=list(workshops.accesses().items()),
        )

    @property
    def _ws(self) -> workspace.Workspace:
        return self.hall.workspace

    def look(self) -> None:
        room, ws, engagement = self.room, self._ws, self.place.engagement
        if room is None:
            self.page.show_nothing()
            return
        self._sessions = self.hall.desk.ask(lambda: workshops.sessions(ws, room.workshop)) or ()
        line = room.line
        self.page.show_programme(
            line,
            self.hall.desk.ask(lambda: workshops.workshops(ws, engagement)) or (line,),
            self._sessions,
            turning=room.running or self._next(),
            led=self._led(),
            days=[(each.isoformat(), short_day(each)) for each in _days(line.starts, line.ends)],
        )

    def _next(self) -> SessionLine | None:
        return next((one for one in self._sessions if one.began is None), None)

    def _led(self) -> list[tuple[str, str]]:
        minutes = workshops.led_minutes(self._sessions)
        named = {"host": _("led by hosts"), "peer": _("led by peers"), "shared": _("led by both"), "other": _("others")}
        shares = [(named[side], programme.share(minutes, side)) for side in workshops.SIDES if side in minutes]
        return [(told, percent(100 * share)) for told, share in shares if share is not None]

    def _choose(self, workshop: str) -> None:
        if workshop:
            choose_workshop(self._ws, workshop)
            self._take()
            self.look()

    def _begin(self, told: WorkshopWords) -> None:
        engagement = self.place.engagement
        done = self._do(lambda: workshops.begin(self._ws, engagement, **_as_typed(told)))
        if done is not None:
            self._choose(done.record)
            self.page.close_forms()

    def _amend(self, told: WorkshopWords) -> None:
        room = self.room
        if room is not None and self._do(lambda: workshops.amend(self._ws, room.workshop, **_as_typed(told))):
            self.page.close_forms()

    def _conclude(self, outcome: str) -> None:
        room = self.room
        if room is not None and self._do(partial(workshops.conclude, self._ws, room.workshop, outcome)) is not None:
            self.page.close_forms()

    def _agree_next(self, day: date | None) -> None:
        room = self.room
        if room is not None:
            self._do(partial(workshops.agree_next, self._ws, room.workshop, day))

    def _open(self, session: str) -> None:
        one = next((each for each in self._sessions if each.id == session), None)
        if one is not None:
            self.page.show_session(one)

    def _turn(self, session: str) -> None:
        """Begin or end; the room sees the session again."""
        one = next((each for each in self._sessions if each.id == session), None)
        runs = one is not None and one.began is not None
        if self._do(partial(workshops.end if runs else workshops.start, self._ws, session)) and self.room:
            display.follow_session(self._ws, self.room.workshop)

    def _keep(self, session: str, told: SessionWords) -> None:
        room, ws = self.room, self._ws
        if room is None:
            return
        if session:
            values = {"title": told.title, "kind": told.kind, "day": told.day}
            values |= {"starts": told.starts, "ends": told.ends, "led": told.led}
            done = self._do(partial(workshops.change_session, ws, session, **values))
        else:
            done = self._do(
                lambda: workshops.add_session(
                    ws,
                    room.workshop,
                    title=told.title,
                    kind=told.kind,
                    day=a_day(told.day),
                    starts=told.starts,
                    ends=told.ends,
                    led=told.led,
                )
            )
        if done is not None:
            self.page.close_forms()

    def _drop(self, session: str) -> None:
        if self._do(partial(workshops.drop_session, self._ws, session)) is not None:
            self.page.close_forms()

    def _admit(self, session: str, why: str) -> None:
        if self._do(partial(workshops.admit_peers, self._ws, session, why)) is not None:
            self.page.close_forms()

    def _do(self, deed: Callable[[], Change]) -> Change | None:
        return self.hall.desk.do(deed)


def _as_typed(told: WorkshopWords) -> dict[str, Any]:
    """What was typed of a workshop, as the deeds take it; Trouble for what is no day."""
    return {
        "title": told.title,
        "kind": told.kind,
        "starts": a_day(told.first),
        "ends": a_day(told.last),
        "place": told.place,
        "languages": told.languages,
        "interpretation": told.interpretation,
        "accessibility": told.accessibility,
    }


def a_day(text: str) -> date:
    """The day that was typed; Trouble for anything else."""
    try:
        return date.fromisoformat(typed.day(text))
    except ValueError as error:
        raise Trouble(
            _("“{text}” is no day.").format(text=text), _("Write the date as year-month-day, such as 2026-06-18.")
        ) from error


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
