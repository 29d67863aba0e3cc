"""The election page: each deed of a step leads to the service that does it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pitso.domain.counting import NoMajority
from pitso.domain.elections.account import Sum
from pitso.domain.elections.slate import Condition, Sort
from pitso.services import (
    contests,
    declarations,
    election_display,
    election_pages,
    elections,
    keying,
    nominations,
    rounds,
)
from pitso.services.change import Change
from pitso.services.election_views import ElectionView
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.election import ElectionPage

NEW = "new"
Answers = Mapping[str, Any]


class ElectionBinding(Binding[ElectionPage]):
    """Connects the ladder of steps; the place names the position and the step."""

    def connect_page(self) -> None:
        self._view: ElectionView | None = None
        self._row = ""
        page = self.page
        page.position_opened.connect(self._open_position)
        page.step_opened.connect(self._open_step)
        page.row_opened.connect(self._open_row)
        page.deed_asked.connect(self._do)
        page.left.connect(self._leave_to)
        page.paper_asked.connect(lambda paper: self.hall.go("papers", code=paper))
        page.other_opened.connect(self._open_other)
        page.new_asked.connect(lambda: self._at(code="", part=NEW))

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        known = self.hall.desk.ask(lambda: contests.elections(ws, place.engagement)) or ()
        title = str(ws.journal.record(place.engagement).get("title", ""))
        if place.part == NEW or not known:
            form = self.hall.desk.ask(lambda: election_pages.beginning(ws, place.engagement))
            self._view = None
            self.page.show_beginning(form, engagement=title, any_=bool(known))
            return
        uid = self._election(known)
        view = self.hall.desk.ask(
            lambda: election_pages.election(
                ws, uid, position=_position_of(place.code), step=place.part, chosen=self._row
            )
        )
        if view is not None:
            self._view = view
            self.page.show_election(view, engagement=title)

    def _election(self, known: tuple[str, ...]) -> str:
        """The election of the open position, else the one that was open, else the latest."""
        of_position = elections.election_of(self.place.code) if self.place.code else ""
        if self.place.code in known:
            return self.place.code
        return of_position if of_position in known else known[-1]

    def _at(self, **where: str) -> None:
        self._row = ""
        self.place = self.hall.place = replace(self.place, **where)
        self.page.forget_forms()
        self.look()
        self.page.to_top()

    def _open_position(self, position: str) -> None:
        self._at(code=position, part="")

    def _open_step(self, step: str) -> None:
        self._at(code=self._view.position if self._view else "", part=step)

    def _open_other(self, uid: str) -> None:
        self._at(code=uid, part="")

    def _open_row(self, row: str) -> None:
        self._row = row
        self.look()
        self.page.focus_first()

    def _leave_to(self, page: str) -> None:
        self.hall.go(page, code=self._round() if page == "count" else "")

    # ---- what is done -----------------------------------------------------------------------------------------------

    def _round(self) -> str:
        """The round of the open step."""
        assert self._view is not None
        contest = contests.load(self.hall.workspace, self._view.id).contest(self._view.position)
        return contest.rounds[int(self._view.step.id.rpartition(" ")[2])].id

    def _do(self, code: str, answers: Answers) -> None:
        deed, _space, which = code.partition(" ")
        change = self.hall.desk.ask(lambda: self._deeds()[deed](answers, which)())
        if change is None:
            self.look()  # figures may have been kept before the account was refused
            return
        self._row = ""
        self.page.forget_forms()
        if deed == "begin":
            self.place = self.hall.place = replace(self.place, code=change.record, part="")
        elif deed not in STAYING:
            self.place = self.hall.place = replace(self.place, part="")
        self.hall.desk.changed.emit(change)
        self.page.to_top()

    def _deeds(self) -> dict[str, Callable[[Answers, str], Callable[[], Change]]]:
        """What does each deed, from the answers of its form."""
        return {**self._of_election(), **self._of_position(), **self._of_round()}

    def _of_election(self) -> dict[str, Callable[[Answers, str], Callable[[], Change]]]:
        ws, uid = self.hall.workspace, self._view.id if self._view else ""
        return {
            "begin": lambda a, _w: partial(_begin, ws, self.place.engagement, a),
            "go-ahead": lambda a, _w: partial(elections.go_ahead, ws, uid, **_only(a, "reason", "second", "pin")),
            "add-position": lambda a, _w: partial(_add_position, ws, uid, a),
            "drop-position": lambda _a, _w: partial(elections.drop_position, ws, self._row),
            "conditions": lambda a, _w: partial(elections.set_conditions, ws, uid, _conditions(a)),
            "adopt": lambda a, _w: partial(elections.adopt_rules, ws, uid, how=a["how"]),
            "appoint": lambda a, _w: partial(elections.appoint, ws, uid, a["person"], a["role"]),
            "dismiss": lambda _a, _w: partial(elections.dismiss, ws, self._row),
            "open-nominations": lambda _a, _w: partial(elections.open_nominations, ws, uid),
            "close-nominations": lambda _a, _w: partial(elections.close_nominations, ws, uid),
        }

    def _of_position(self) -> dict[str, Callable[[Answers, str], Callable[[], Change]]]:
        ws, contest, row = self.hall.workspace, self._view.position if self._view else "", self._row
        winner = row or self._only_row()
        return {
            "nominate": lambda a, _w: partial(nominations.nominate, ws, contest, **a),
            "complete": lambda a, _w: partial(
                nominations.complete, ws, row, **_only(a, "proposer", "seconder", "consent")
            ),
            "accept": lambda _a, _w: partial(nominations.rule, ws, row, ruling=nominations.ACCEPTED),
            "refuse": lambda a, _w: partial(nominations.rule, ws, row, ruling=nominations.REFUSED, reason=a["reason"]),
            "withdraw": lambda a, _w: partial(nominations.withdraw, ws, row, reason=a["reason"]),
            "draw-order": lambda a, _w: partial(
                nominations.draw_order, ws, contest, order=_places(a), method=a["method"], witnesses=_witnesses(a)
            ),
            "open-round": lambda _a, _w: partial(rounds.open_round, ws, contest),
            "show-result": lambda _a, _w: partial(election_display.show_result, ws, contest),
            "lot": lambda a, _w: partial(
                rounds.draw_lot, ws, contest, order=_places(a), method=a["method"], by=a["by"], witnesses=_witnesses(a)
            ),
            "object": lambda a, _w: partial(declarations.object_, ws, contest, **_only(a, "text", "by")),
            "rule-objection": lambda a, _w: partial(declarations.rule, ws, row, **_only(a, "ruling", "reason")),
            "declare": lambda a, _w: partial(declarations.declare, ws, contest, **_only(a, "second", "pin", "because")),
            "take-office": lambda a, _w: partial(
                declarations.accept, ws, winner, accepted=True, from_=a["from"], until=a["until"]
            ),
            "decline": lambda _a, _w: partial(declarations.accept, ws, winner, accepted=False),
            "hand-over": lambda a, _w: partial(
                declarations.hand_over, ws, contest, what=a["what"], to=a["to"], on=a["on"] or ws.today()
            ),
        }

    def _only_row(self) -> str:
        rows = self._view.step.rows if self._view else ()
        return rows[0].id if len(rows) == 1 else ""

    def _of_round(self) -> dict[str, Callable[[Answers, str], Callable[[], Change]]]:
        ws = self.hall.workspace
        return {
            "show-ballot": lambda _a, _w: partial(election_display.show_ballot, ws, self._round()),
            "void": lambda a, _w: partial(rounds.void, ws, self._round(), **_only(a, "reason", "second", "pin")),
            "take-over": lambda a, _w: partial(rounds.take_over, ws, self._round(), reason=a["reason"]),
            "figures": lambda a, _w: partial(_figures, ws, self._round(), a),
            "make-account": lambda a, _w: partial(_account, ws, self._round(), a),
            "count-box": lambda a, _w: partial(rounds.count_box, ws, self._round(), a["number"] or 0),
            "explain": lambda a, which: partial(rounds.explain, ws, self._round(), Sum(which), a["text"]),
            "anew": lambda _a, which: partial(keying.begin_anew, ws, self._round(), int(which)),
            "recount": lambda a, _w: partial(rounds.recount, ws, self._round(), reason=a["reason"]),
        }


def _position_of(code: str) -> str:
    """The position that a round belongs to; any other code as it is."""
    return f"contest/{contests.key_of(code).rpartition('/')[0]}" if code.startswith("round/") else code


STAYING = frozenset(
    {
        *("add-position", "drop-position", "conditions", "appoint", "dismiss", "nominate", "complete", "accept"),
        *("refuse", "withdraw", "figures", "explain", "object", "rule-objection", "anew", "take-office", "decline"),
        *("show-ballot", "show-result"),
    }
)
"""Deeds after which the same step stays open; all others lead to the step that is next."""


def _only(answers: Answers, *wanted: str) -> dict[str, Any]:
    return {key: answers[key] for key in wanted if key in answers}


def _begin(ws: Workspace, engagement: str, answers: Answers) -> Change:
    decision = _only(answers, "reason", "second", "pin")
    return elections.begin(
        ws,
        engagement,
        answers["workshop"],
        title=answers["title"],
        held_on=answers["held_on"] or ws.today(),
        **decision,
    )


def _add_position(ws: Workspace, uid: str, answers: Answers) -> Change:
    repeat = NoMajority.REPEAT if answers["repeat"] else NoMajority.RUNOFF
    told = _only(answers, "title", "rule", "tie", "majority", "exactly", "vote_on_one")
    told |= {key: answers[key] or 0 for key in ("least_women", "least_men")}
    places = 1 if answers["places"] is None else answers["places"]
    return elections.add_position(ws, uid, **told, places=places, no_majority=repeat.value)


def _conditions(answers: Answers) -> list[Condition]:
    found = [Condition(sort, answers[sort.value]) for sort in (Sort.WOMEN, Sort.MEN) if answers[sort.value]]
    return [*found, *([Condition(Sort.COUNCILS)] if answers[Sort.COUNCILS.value] else [])]


def _places(answers: Answers) -> list[str]:
    """What stands at place 1, place 2 and so on."""
    found = {int(key.partition(" ")[2]): value for key, value in answers.items() if key.startswith("place ")}
    return [found[place] for place in sorted(found)]


def _witnesses(answers: Answers) -> list[str]:
    return [answers["witness 1"], answers["witness 2"]]


def _figures(ws: Workspace, uid: str, answers: Answers) -> Change:
    return rounds.keep_figures(ws, uid, _only(answers, *rounds.FIGURES), because=answers["because"])


def _account(ws: Workspace, uid: str, answers: Answers) -> Change:
    """Keep the figures as they stand in the form, then make the account of them."""
    kept = _figures(ws, uid, answers)
    made = rounds.make_account(ws, uid)
    return replace(made, touched=made.touched | kept.touched)
