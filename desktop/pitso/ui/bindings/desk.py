"""The registration desk and the door: search, scanner, Enter, the next person."""

from fractions import Fraction
from functools import partial

from pitso.domain import badges
from pitso.domain.presence import Way
from pitso.services import attendance, attendance_details, badge_queue, desk_clocks, presence, workshops
from pitso.services.attendance import Invited
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.services.room_views import Figures, Participant, QuorumView
from pitso.ui.bindings.papers import press
from pitso.ui.bindings.room import RoomBinding
from pitso.ui.pages.desk import DeskPage, State
from pitso.ui.pages.walk_in import WalkIn
from pitso.ui.parts.tally import Count
from pitso.words import _, clock, percent, whole

IDENTITY = "document"
"""How a voter is known unless the desk says otherwise."""


class DeskBinding(RoomBinding[DeskPage]):
    """Connects the desk, or the door."""

    def connect_page(self) -> None:
        page = self.page
        self._typed, self._person, self._identity = "", "", IDENTITY
        self._printing = False
        page.stepped.connect(self.go_to)
        page.programme_asked.connect(lambda: self.go_to("room"))
        page.searched.connect(self._search)
        page.taken.connect(self._take_typed)
        page.opened.connect(self._open)
        page.register_asked.connect(self._register)
        page.way_asked.connect(self._note)
        page.badge_asked.connect(self._new_badge)
        page.more_asked.connect(self._more)
        page.about.kept.connect(self._note_more)
        page.about.photo_asked.connect(self._photograph)
        page.identity_chosen.connect(self._choose_identity)
        page.letter_chosen.connect(lambda letter: self._deed(partial(attendance.set_desk, self.hall.workspace, letter)))
        page.at_once_chosen.connect(
            lambda wanted: self._deed(partial(badge_queue.set_at_once, self.hall.workspace, wanted))
        )
        page.walk_in_asked.connect(self._offer_walk_in)
        page.walk_in.typed.connect(self._look_for_double)
        page.walk_in.council_chosen.connect(self._offer_absent)
        page.walk_in.kept.connect(self._walk_in)
        page.walk_in.known.connect(self._is_known)
        page.print_asked.connect(self._print)
        page.clock_mended.connect(self._mend_clock)
        page.import_asked.connect(lambda: self.go_to("bring"))
        page.all_in_asked.connect(lambda: self._deed(partial(presence.all_in, self.hall.workspace, self._workshop)))

    @property
    def _workshop(self) -> str:
        assert self.room is not None, "nothing can be asked of the desk before there is a workshop"
        return self.room.workshop

    # ---- what is shown -------------------------------------------------------------------------------------

    def look(self) -> None:
        room, page, ws = self.room, self.page, self.hall.workspace
        if room is None:
            page.show_nothing()
            return
        letter = attendance.desk(ws)
        running = room.running.title if room.running else ""
        page.show_room(room.line.title, counts(room.figures(), room.quorum()), running=running, letter=letter)
        astray = self._astray()
        page.show_fault(desk_clocks.told(*astray) if astray else self._twice(), clock=astray is not None)
        recent = room.recent()
        page.show_recent(recent, [self._state(one) for one in recent])
        letters = [(each, each) for each in map(chr, range(ord("A"), ord(badges.LATE)))]
        page.show_settings(
            letter=letter,
            letters=letters,
            identities=list(attendance.identities().items()),
            identity=self._identity,
        )
        self._show_queue()
        self._show_found()
        self._show_person()

    def _show_queue(self) -> None:
        ws = self.hall.workspace
        waiting = badge_queue.waiting(ws, self._workshop)
        self.page.show_queue(len(waiting), at_once=badge_queue.at_once(ws))

    def _astray(self) -> tuple[str, int] | None:
        """A desk whose clock is wrong, and by how many days."""
        room = self.room
        if room is None:
            return None
        found = desk_clocks.astray(room.participants.values(), room.line, workshops.here(self.hall.workspace))
        return next(iter(found.items()), None)

    def _twice(self) -> str:
        """A badge that two persons bear, since two desks worked under one letter."""
        assert self.room is not None
        twice = attendance.badge_twice(self.room.participants.values())
        if not twice:
            return ""
        told = _("{name} and {other} bear badge {number}. Give one of them a new badge, and each desk its own letter.")
        return told.format(name=twice[0].name, other=twice[1].name, number=whole(twice[0].number))

    def _mend_clock(self) -> None:
        if astray := self._astray():
            self._deed(partial(desk_clocks.mend, self.hall.workspace, self._workshop, *astray))

    def _show_found(self) -> None:
        if self.room is not None:
            found = self.room.find(self._typed)
            self.page.show_found(found, [self._state(one) for one in found])

    def _show_person(self) -> None:
        assert self.room is not None
        one = self.room.participants.get(self._person)
        inside = one is not None and self.room.is_in(one)
        self.page.show_person(one, self._told(one) if one else "", inside=inside)

    def _state(self, one: Participant) -> State:
        assert self.room is not None
        if one.came is None:
            return "", False
        if self.page.door:
            return (_("in"), True) if self.room.is_in(one) else (_("out"), False)
        return _("registered {time}").format(time=clock(one.came)), True

    def _told(self, one: Participant) -> str:
        assert self.room is not None
        if one.came is None:
            return attendance.credentials().get(one.credentials, "")
        told = _("Registered at {time}, desk {desk}.").format(time=clock(one.came), desk=one.desk)
        place = _("In the room.") if self.room.is_in(one) else _("Not in the room.")
        return f"{told} {place}"

    def _search(self, typed: str) -> None:
        self._typed = typed
        self._show_found()

    def _open(self, uid: str) -> None:
        self._person = uid
        self._show_person()
        if self.room is not None and not self.room.participants[uid].person:
            self.page.ask_seat_name()
        else:
            self.page.search.setFocus()

    # ---- Enter ---------------------------------------------------------------------------------------------

    def _take_typed(self, typed: str, chosen: str) -> None:
        """A badge that was scanned, else the row that stands first."""
        room = self.room
        if room is None:
            return
        known = room.participants.values()
        scanned = self.hall.desk.ask(lambda: (presence.scanned(known, room.line.code, typed),))
        if scanned is None:  # the trouble was told; the field is ready for the next scan
            self.page.next_person()
            return
        one = scanned[0] or room.participants.get(chosen)
        if one is None:
            self.page.open_walk_in()
            return
        self._person = one.id
        if self.page.door:
            self._deed(partial(presence.turn, self.hall.workspace, one.id), then_next=True)
        elif not one.person:
            self._open(one.id)
        elif one.registered:
            self._show_person()
            self.page.next_person()
        else:
            self._register(one.id, "")

    def _register(self, uid: str, name: str) -> None:
        ws, room = self.hall.workspace, self.room
        assert room is not None
        one = room.participants[uid]
        identity = self._identity if one.votes else ""
        self._person = uid
        self._deed(partial(attendance.register, ws, uid, name=name, identity=identity), then_next=True, badge=True)

    def _note(self, uid: str, way: str) -> None:
        self._deed(partial(presence.note, self.hall.workspace, uid, Way(way)), then_next=True)

    def _new_badge(self, uid: str) -> None:
        self._deed(partial(attendance.replace_badge, self.hall.workspace, uid), badge=True)

    # ---- more about a person -------------------------------------------------------------------------------

    def _more(self, uid: str) -> None:
        self._person = uid
        self._show_more()
        self.page.open_about()

    def _show_more(self) -> None:
        ws, uid = self.hall.workspace, self._person
        told = self.hall.desk.ask(lambda: attendance_details.details(ws, uid))
        if told is not None:
            picture = attendance_details.picture(ws, uid)
            self.page.about.show_details(told, list(attendance_details.disabilities().items()), picture)

    def _say_more(self, language: str, disability: str, agreed: bool, answer: str) -> Change | None:
        note = partial(attendance_details.note, self.hall.workspace, self._person)
        return self._deed(partial(note, language=language, disability=disability, photo_consent=agreed, answer=answer))

    def _note_more(self, language: str, disability: str, agreed: bool, answer: str) -> None:
        if self._say_more(language, disability, agreed, answer) is not None:
            self.page.close_forms()

    def _photograph(self, language: str, disability: str, agreed: bool, answer: str) -> None:
        """The consent is kept before the photograph."""
        path = self.hall.asking.open_file(_("Attach a photograph"))
        if path is not None and self._say_more(language, disability, agreed, answer) is not None:
            self._deed(partial(attendance_details.attach_photo, self.hall.workspace, self._person, path))
            self._show_more()

    def _choose_identity(self, code: str) -> None:
        self._identity = code

    def _deed(self, deed: "partial[Change]", *, then_next: bool = False, badge: bool = False) -> Change | None:
        done = self.hall.desk.do(deed)
        if done is not None and badge:
            self._queue(done.record)
        if done is not None and then_next:
            self.page.next_person()
        return done

    # ---- somebody new --------------------------------------------------------------------------------------

    def _offer_walk_in(self) -> None:
        if self.page.walk_in.isHidden():
            self.look()
            return
        ws = self.hall.workspace
        lists = {
            "capacity": list(reversed(attendance.capacities().items())),
            "sex": _silent_first(attendance.sexes()),
            "age_band": _silent_first(attendance.age_bands()),
            "credentials": [(code, told) for code, told in reversed(attendance.credentials().items())],
            "mandate": [("", _("None")), *attendance.mandates().items()],
            "identity": list(reversed(attendance.identities().items())),
        }
        councils = self.hall.desk.ask(lambda: attendance.bodies(ws)) or ()
        self.page.walk_in.show_lists(lists, councils=list(councils))
        self._offer_absent("")
        self.look()

    def _look_for_double(self, name: str, council: str) -> None:
        if self.room is not None:
            found = attendance.likely(self.room.participants.values(), name, council) if name.strip() else ()
            self.page.walk_in.show_likely(found)

    def _offer_absent(self, council: str) -> None:
        if self.room is not None:
            absent = self.room.absent_of(council) if council else ()
            self.page.walk_in.show_absent([(one.id, attendance.shown_name(one)) for one in absent])

    def _walk_in(self, typed: WalkIn) -> None:
        ws, workshop = self.hall.workspace, self._workshop
        one = Invited(
            typed.name,
            council=typed.council,
            capacity=typed.capacity,
            sex=typed.sex,
            age_band=typed.age_band,
            credentials=typed.credentials,
            mandate=typed.mandate,
        )
        deed = partial(
            attendance.walk_in,
            ws,
            workshop,
            one,
            identity=typed.identity if typed.credentials == attendance.VOTE else "",
            stands_for=typed.stands_for,
            list_consent=typed.list_consent,
        )
        done = self._deed(deed, badge=True)
        if done is not None:
            self._person = done.record
            self.page.close_walk_in()

    def _is_known(self, uid: str) -> None:
        """The person stands in the register: open that one in place of a new one."""
        self.page.close_walk_in()
        self._open(uid)

    # ---- badges --------------------------------------------------------------------------------------------

    def _queue(self, uid: str) -> None:
        ws = self.hall.workspace
        badge_queue.add(ws, self._workshop, uid)
        if badge_queue.at_once(ws):
            self._print()
        self._show_queue()

    def _print(self) -> None:
        """Send the badges that wait to the usual printer; they wait on while none takes them."""
        workshop, ws = self._workshop, self.hall.workspace
        wanted = badge_queue.waiting(ws, workshop)
        if not wanted or self._printing:
            return
        self._printing = True
        from pitso.services.printing import Job

        def leave(own: object) -> tuple[str, ...]:
            paper: Paper = badge_queue.paper(own, workshop, wanted)  # type: ignore[arg-type]
            press().send([paper], Job(), watched=0.5)
            return wanted

        work = self.hall.begin_work_on_file(leave, self._printed)
        work.failed.connect(self._not_printed)

    def _printed(self, done: tuple[str, ...]) -> None:
        self._printing = False
        if not self.stopped and self.room is not None:
            self._deed(partial(badge_queue.printed, self.hall.workspace, self._workshop, done))
            self.look()

    def _not_printed(self, _trouble: object) -> None:
        self._printing = False


def _silent_first(choices: dict[str, str]) -> list[tuple[str, str]]:
    """What is not said stands first, so that it is what an untouched list says."""
    return [("not_said", choices["not_said"]), *((code, told) for code, told in choices.items() if code != "not_said")]


def counts(figures: Figures, told: QuorumView) -> list[Count]:
    """The figures of the room in the order in which people ask for them."""
    women = percent_of(figures.women, figures.registered)
    quorum = _("met") if told.met else _("not met")
    shown = [
        Count(whole(figures.registered), _("registered of {number} invited").format(number=whole(figures.invited))),
        Count(whole(figures.present), _("in the room")),
        Count(
            _("{number} of {all}").format(number=whole(figures.councils_present), all=whole(figures.councils)),
            _("councils present"),
        ),
        Count(whole(figures.women), _("women, {share}").format(share=women)),
        Count(whole(figures.may_vote), _("may vote now"), "accent"),
    ]
    if told.lines:
        shown.append(Count(quorum, _("quorum"), "done" if told.met else "warn"))
    return shown


def percent_of(part: int, whole_: int) -> str:
    """A share of persons, or a dash while there is nobody."""
    return percent(Fraction(100 * part, whole_)) if whole_ else "–"
