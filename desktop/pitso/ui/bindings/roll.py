"""The roll: its steps, its councils, the quorum and the proxies."""

from collections.abc import Callable, Sequence
from functools import partial

from pitso.domain.quorum import Condition
from pitso.services import attendance, contests, persons_here, proxies, quorum, rolls
from pitso.services.change import Change
from pitso.services.room import names_of
from pitso.services.room_views import RollView
from pitso.services.workspace import Workspace
from pitso.ui.bindings.room import RoomBinding
from pitso.ui.pages import roll_forms
from pitso.ui.pages.roll import COUNCIL, FREEZE, QUORUM, RollPage
from pitso.ui.parts.tally import Count
from pitso.words import _, listed, whole


class RollBinding(RoomBinding[RollPage]):
    """Connects the roll."""

    def connect_page(self) -> None:
        page = self.page
        self._view: RollView | None = None
        page.stepped.connect(self.go_to)
        page.programme_asked.connect(lambda: self.go_to("room"))
        page.form_asked.connect(self._offer)
        page.display.kept.connect(lambda until: self._do(partial(rolls.display, self._ws, self._uid, until)))
        page.adopt.kept.connect(lambda how: self._do(partial(rolls.adopt, self._ws, self._uid, how)))
        page.adopt.objected.connect(self._object)
        page.adopt.ruled.connect(lambda uid, text: self._do(partial(rolls.rule, self._ws, uid, text), close=False))
        page.freeze.kept.connect(self._freeze)
        page.amend.kept.connect(self._amend)
        page.council.kept.connect(self._enter_council)
        page.conditions.kept.connect(self._set_conditions)
        page.proxies.kept.connect(self._give_proxy)
        page.proxies.limited.connect(
            lambda number: self._do(partial(proxies.set_limit, self._ws, self._uid, number), close=False)
        )
        page.proxies.taken_back.connect(lambda uid: self._do(partial(proxies.take_back, self._ws, uid), close=False))
        page.conditions.show_lists(list(quorum.units().items()), list(quorum.bases().items()))

    @property
    def _ws(self) -> Workspace:
        return self.hall.workspace

    @property
    def _uid(self) -> str:
        assert self.room is not None, "no form of the roll opens before there is a workshop"
        return self.room.workshop

    # ---- what is shown -------------------------------------------------------------------------------------

    def look(self) -> None:
        room, ws = self.room, self._ws
        if room is None:
            self.page.show_nothing()
            return
        self._view = view = self.hall.desk.ask(
            lambda: rolls.roll(ws, room.workshop, candidates=contests.standing_at(ws, room.workshop))
        )
        if view is None:
            return
        figures, told = room.figures(), room.quorum()
        self.page.show_roll(
            view,
            title=room.line.title,
            stand=rolls.stand_words(view),
            digest=rolls.grouped(view.hash),
            counts=[
                Count(whole(len(view.councils)), _("councils")),
                Count(whole(len(view.electors)), _("delegates with a vote")),
                Count(whole(view.votes), _("votes")),
                Count(whole(figures.may_vote), _("may vote now"), "accent"),
            ],
            quorum=[quorum.line_words(line) for line in told.lines],
        )
        self._fill()

    def _fill(self) -> None:
        """What the forms offer, for the one that is open."""
        room, view, ws, page = self.room, self._view, self._ws, self.page
        if room is None or view is None:
            return
        electors = [(one.person, f"{one.name} · {one.council_name}") for one in view.electors]
        page.adopt.show_objections(view.objections)
        if not page.proxies.isHidden():
            present = {one.person for one in room.voters_present()}
            given, most = proxies.proxies(ws, room.workshop, present), proxies.limit(ws, room.workshop)
            page.proxies.show_proxies(electors, given, limit=most)
        if not page.amend.isHidden():
            page.amend.show_people(names_of(one for one in room.participants.values() if one.person), electors)

    def _offer(self, name: str, council: str) -> None:
        room, ws, page = self.room, self._ws, self.page
        if room is None or self._view is None:
            return
        if name == QUORUM:
            page.conditions.show_conditions(quorum.conditions(ws, room.workshop))
        elif name == FREEZE:
            people = persons_here.writers(ws, self.place.engagement)
            able = [one for one in people if one.id != ws.author and persons_here.has_pin(ws, one.id)]
            page.freeze.show_people([(one.id, one.name) for one in able])
        elif name == COUNCIL:
            self._show_council(council)
        page.show_form(name)
        self._fill()

    def _show_council(self, council: str) -> None:
        assert self._view is not None
        form = self.page.council
        form.show_lists(
            list(attendance.councils(self._ws)),
            list(rolls.council_types().items()),
            list(rolls.standings().items()),
        )
        line = next((one for one in self._view.delegations if one.council == council), None)
        named = {words: code for code, words in rolls.council_types().items()}
        form.show_council(
            line.name if line else "",
            delegates=line.delegates if line else 1,
            each=line.votes_each if line else 1,
            category=named.get(line.category, "") if line else "",
            standing="good" if line is None or line.standing else "not",
            names=listed(elector.name for elector in line.electors) if line else "",
        )

    # ---- what is done --------------------------------------------------------------------------------------

    def _do(self, deed: Callable[[], Change], *, close: bool = True) -> None:
        if self.hall.desk.do(deed) is not None and close:
            self.page.close_forms()

    def _object(self, text: str, by: str) -> None:
        self._do(partial(rolls.object_, self._ws, self._uid, text, by), close=False)

    def _freeze(self, second: str, pin: str) -> None:
        self._do(partial(rolls.freeze, self._ws, self._uid, second=second, pin=pin))

    def _amend(self, told: roll_forms.Amendment) -> None:
        self._do(
            partial(
                rolls.amend,
                self._ws,
                self._uid,
                person=told.person,
                remove=told.remove,
                mover=told.mover,
                yes=told.yes,
                no=told.no,
                reason=told.reason,
            )
        )

    def _enter_council(self, council: str, delegates: int, each: int, category: str, standing: str, by: str) -> None:
        self._do(
            partial(
                rolls.enter_council,
                self._ws,
                self._uid,
                council,
                delegates=delegates,
                votes_each=each,
                category=category,
                standing=standing,
                standing_by=by,
            )
        )

    def _set_conditions(self, wanted: Sequence[Condition]) -> None:
        self._do(partial(quorum.set_conditions, self._ws, self._uid, wanted))

    def _give_proxy(self, giver: str, holder: str) -> None:
        self._do(partial(proxies.give, self._ws, self._uid, giver=giver, holder=holder), close=False)
