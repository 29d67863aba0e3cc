"""Each step of an election as the page shows it: what is known, what is asked, what can be done."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from pitso import words
from pitso.domain.counting import Base, Rule, TieLeads
from pitso.domain.elections.account import Sum
from pitso.domain.elections.entries import Reason
from pitso.domain.elections.ladder import Candidate, Role, Rung, State, Step
from pitso.domain.elections.slate import Judgement, Sort
from pitso.services import (
    declarations,
    election_words,
    elections,
    keying,
    nominations,
    people,
    presence,
    quorum,
    rolls,
    rounds,
)
from pitso.services.contests import Contest, Election, HeldRound, entered, moment_of
from pitso.services.count_words import changed, result_words, rule_words
from pitso.services.election_views import Ask, AskKind, DeedLine, StepForm, StepRow, StepView
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, change, colon, day, listed, moment, ngettext, whole


def view(ws: Workspace, election: Election, contest: Contest | None, rung: Rung, chosen: str) -> StepView:
    """One step with all that belongs to it; *chosen* is the row that is open."""
    build: dict[Step, Callable[[_At], StepView]] = {
        Step.RULES: _rules,
        Step.ROLL: _roll,
        Step.OFFICERS: _officers,
        Step.NOMINATIONS: _nominations,
        Step.ORDER: _order,
        Step.OPENING: _opening,
        Step.PAPERS: _papers,
        Step.BOX: _box,
        Step.ENTRY: _entry,
        Step.COUNT: _count,
        Step.LOT: _lot,
        Step.OBJECTIONS: _objections,
        Step.DECLARATION: _declaration,
        Step.OFFICE: _office,
    }
    return build[rung.step](_At(ws, election, contest, rung, chosen))


class _At:
    """Where we are: an election, a position, a step, a row."""

    def __init__(self, ws: Workspace, election: Election, contest: Contest | None, rung: Rung, chosen: str) -> None:
        self.ws, self.election, self.rung, self.chosen = ws, election, rung, chosen
        self._contest = contest

    @property
    def contest(self) -> Contest:
        assert self._contest is not None, "only the rules are shown before there is a position"
        return self._contest

    @property
    def held(self) -> HeldRound | None:
        """The round of the step, if it is held already."""
        at = self.contest.rounds
        return at[self.rung.round] if self.rung.round < len(at) else None

    @property
    def active(self) -> bool:
        """May something be done at this step now?"""
        return self.rung.state in (State.OPEN, State.STOPPED)

    def shown(
        self,
        *,
        told: Sequence[str] = (),
        warned: Sequence[str] = (),
        forms: Sequence[StepForm] = (),
        rows: Sequence[StepRow] = (),
        figures: Sequence[Sequence[str]] = (),
        paper: str = "",
    ) -> StepView:
        """The step with these things on it."""
        place = self.election.title if self._contest is None else self.contest.title
        return StepView(
            id=f"{self.rung.step} {self.rung.round}",
            step=self.rung.step,
            title=election_words.title(self._contest, self.rung),
            place=place,
            state=self.rung.state,
            state_words=election_words.state(self.rung.state),
            told=tuple(line for line in told if line),
            why=self.rung.why,
            warned=tuple(line for line in warned if line),
            forms=tuple(forms),
            rows=tuple(rows),
            chosen=self.chosen if any(row.id == self.chosen for row in rows) else "",
            figures=tuple(tuple(row) for row in figures),
            paper=paper,
        )


# ---- before the vote --------------------------------------------------------------------------------------------


def _rules(at: _At) -> StepView:
    election = at.election
    rows = [StepRow(one.id, one.title, election_words.position_words(one)) for one in election.contests]
    judged = [election_words.condition_words(one) for one in election.judged()]
    if election.rules:
        when = moment_of(election.rules)
        adopted = _("Adopted on {moment}: {how}").format(
            moment=moment(when) if when else "", how=election.rules.get("how", "")
        )
        unchanged = election.rules.get("hash") == elections.rules_hash(election)
        warned = () if unchanged else (_("The rules are not what was adopted any more."),)
        return at.shown(told=(adopted, *judged), warned=warned, rows=rows)
    forms = [_new_position(), _conditions(election)]
    if any(row.id == at.chosen for row in rows):
        forms.insert(0, StepForm("", (DeedLine("drop-position", _("Take this position away")),)))
    if rows:
        how = Ask(
            "how", AskKind.TEXT, _("How they were adopted"), hint=_("Resolution 1, 86 for, 0 against, 2 abstaining")
        )
        forms.append(
            StepForm(
                _("The assembly adopts the rules"),
                (DeedLine("adopt", _("The rules are adopted"), main=True),),
                (how,),
                _("After that neither positions nor rules change."),
            )
        )
    told = _("The positions stand in the order in which they are elected.")
    return at.shown(told=(told,) if rows else (), forms=forms, rows=rows)


def _new_position() -> StepForm:
    yes_no = _("One candidate alone is voted on with yes or no")
    asks = (
        Ask("title", AskKind.TEXT, _("Position")),
        Ask("rule", AskKind.CHOICE, _("Rule"), choices=tuple((rule.value, rule_words(rule)) for rule in Rule)),
        Ask("places", AskKind.NUMBER, _("Places"), "1"),
        Ask("tie", AskKind.CHOICE, _("Equal votes"), choices=_codes(election_words.ties())),
        Ask(
            "majority",
            AskKind.CHOICE,
            _("Majority"),
            choices=_codes(election_words.majorities()),
            hint=_("Only for the rule of the majority"),
        ),
        Ask("repeat", AskKind.TICK, _("Without a majority the same ballot is repeated")),
        Ask("exactly", AskKind.TICK, _("A paper bears exactly as many marks as there are places")),
        Ask("vote_on_one", AskKind.TICK, yes_no),
        Ask("least_women", AskKind.NUMBER, _("Places for women at least"), "0"),
        Ask("least_men", AskKind.NUMBER, _("Places for men at least"), "0"),
    )
    return StepForm(_("A position to fill"), (DeedLine("add-position", _("Add the position")),), asks)


def _codes(told: dict[Base, str] | dict[TieLeads, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, said) for code, said in told.items())


def _conditions(election: Election) -> StepForm:
    told = {one.sort: one.least for one in election.conditions}
    asks = (
        Ask("women", AskKind.NUMBER, _("Women among all office bearers at least"), str(told.get(Sort.WOMEN, 0))),
        Ask("men", AskKind.NUMBER, _("Men among all office bearers at least"), str(told.get(Sort.MEN, 0))),
        Ask("councils", AskKind.TICK, _("No two from one council"), "yes" if Sort.COUNCILS in told else ""),
    )
    return StepForm(_("Conditions on the whole"), (DeedLine("conditions", _("Keep the conditions")),), asks)


def _roll(at: _At) -> StepView:
    roll = at.election.roll
    votes = ngettext("{number} vote", "{number} votes", roll.votes).format(number=whole(roll.votes))
    councils = ngettext("{number} council", "{number} councils", len(roll.councils))
    told = (rolls.stand_words(roll), f"{votes} · {councils.format(number=whole(len(roll.councils)))}")
    deed = DeedLine("roll", _("Open the roll"), main=at.active, goes="roll")
    warned = tuple(fault.words for fault in roll.faults)
    return at.shown(told=told, warned=warned, forms=(StepForm("", (deed,)),), paper=f"roll {at.election.workshop}")


def _officers(at: _At) -> StepView:
    election, named = at.election, elections.roles()
    rows = [
        StepRow(election.officer_ids[f"{one.person} {one.role}"], one.name, pill=named[one.role])
        for one in sorted(election.officers, key=lambda one: list(Role).index(one.role))
    ]
    asks = (
        Ask("person", AskKind.PERSON, _("Name"), choices=_everybody(at.ws)),
        Ask("role", AskKind.CHOICE, _("Role"), choices=tuple((role.value, said) for role, said in named.items())),
    )
    forms = [StepForm(_("Appoint an officer"), (DeedLine("appoint", _("Appoint"), main=True),), asks)]
    if any(row.id == at.chosen for row in rows):
        forms.insert(0, StepForm("", (DeedLine("dismiss", _("Not an officer any more")),)))
    told = _("A returning officer and a scrutineer at least; none of them stands for a position.")
    return at.shown(told=(told,), forms=forms, rows=rows)


def _everybody(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """Everybody by name, with what tells two of one name apart."""
    return _apart([(one.id, one.name, one.detail) for one in people.persons(ws)])


def _apart(found: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
    names = [name for _id, name, _detail in found]
    return tuple((uid, name if names.count(name) == 1 else f"{name} ({detail})") for uid, name, detail in found)


def _electors(election: Election) -> tuple[tuple[str, str], ...]:
    return _apart([(one.person, one.name, one.council_name) for one in election.roll.electors])


def _nominations(at: _At) -> StepView:
    election, contest = at.election, at.contest
    rows = [_nominated(contest, one) for one in contest.candidates]
    open_, closed = bool(election.opened) and not election.closed, bool(election.closed)
    told = [_("Nominations are open.") if open_ else _("Nominations are closed.") if closed else ""]
    forms: list[StepForm] = []
    if at.rung.state is State.WAITING or contest.held:
        return at.shown(told=told, rows=rows, paper=f"nomination-list {election.id}")
    chosen = next((one for one in contest.candidates if one.id == at.chosen), None)
    if open_:
        forms += [*([_of_nomination(at, chosen)] if chosen else []), _new_nomination(election)]
        forms.append(StepForm("", (DeedLine("close-nominations", _("Close nominations")),)))
    elif not closed:
        told.append(_("They are received from the moment at which the returning officer opens them."))
        forms.append(StepForm("", (DeedLine("open-nominations", _("Open nominations"), main=True),)))
    else:
        if chosen is not None and not chosen.withdrawn:
            forms.append(StepForm(chosen.name, (DeedLine("withdraw", _("Withdraws")),), (_reason(),)))
        forms.append(StepForm("", (DeedLine("open-nominations", _("Open nominations again")),)))
    return at.shown(told=told, forms=forms, rows=rows, paper=f"nomination-list {election.id}")


def _nominated(contest: Contest, one: Candidate) -> StepRow:
    record = contest.nominations[one.id]
    if one.withdrawn:
        return StepRow(one.id, one.name, one.council, _("withdrawn"), "soft")
    if one.ruling == nominations.REFUSED:
        return StepRow(one.id, one.name, str((record.get("ruling") or {}).get("reason", "")), _("refused"), "wrong")
    if one.ruling == nominations.ACCEPTED:
        return StepRow(one.id, one.name, one.council, _("accepted"), "done")
    return StepRow(one.id, one.name, one.council, _("to be ruled on"), "warn")


def _reason(label: str = "") -> Ask:
    return Ask("reason", AskKind.TEXT, label or _("Reason"))


def _new_nomination(election: Election) -> StepForm:
    voters = _electors(election)
    asks = (
        Ask("person", AskKind.PERSON, _("Candidate"), choices=voters, hint=_("Somebody on the roll")),
        Ask("proposer", AskKind.PERSON, _("Proposer"), choices=voters),
        Ask("seconder", AskKind.PERSON, _("Seconder"), choices=voters),
        Ask("consent", AskKind.TICK, _("The candidate has signed the consent")),
        Ask("name", AskKind.TEXT, _("As on the ballot paper"), hint=_("Leave it empty for the name as it is known")),
    )
    return StepForm(_("A nomination"), (DeedLine("nominate", _("Note the nomination"), main=True),), asks)


def _of_nomination(at: _At, one: Candidate) -> StepForm:
    """What one nomination lacks, and the ruling on it."""
    obstacle = nominations.obstacle(at.election, at.contest, one.id)
    voters = _electors(at.election)
    asks: list[Ask] = []
    if not one.proposer:
        asks.append(Ask("proposer", AskKind.PERSON, _("Proposer"), choices=voters))
    if not one.seconder:
        asks.append(Ask("seconder", AskKind.PERSON, _("Seconder"), choices=voters))
    if not one.consent:
        asks.append(Ask("consent", AskKind.TICK, _("The candidate has signed the consent")))
    deeds = [DeedLine("complete", _("Complete it"), main=True)] if asks else []
    deeds += [] if obstacle else [DeedLine("accept", _("Accept"), main=True)]
    deeds += [DeedLine("refuse", _("Refuse")), DeedLine("withdraw", _("Withdraws"))]
    backed = [
        _("Proposed by {name}").format(name=person_name(at.ws, one.proposer)) if one.proposer else "",
        _("Seconded by {name}").format(name=person_name(at.ws, one.seconder)) if one.seconder else "",
        obstacle or _("It may be accepted."),
    ]
    hint = " · ".join(part for part in backed if part)
    return StepForm(one.name, tuple(deeds), (*asks, _reason(_("Reason for a refusal or withdrawal"))), hint)


def _order(at: _At) -> StepView:
    contest = at.contest
    names = tuple((one.id, one.name) for one in contest.standing)
    drawn = contest.record.get("order_drawn") or {}
    told = [_("Drawn: {names}").format(names=listed(name for _id, name in names))] if drawn else []
    if witnesses := drawn.get("witnesses"):
        told.append(_("Witnesses: {names}").format(names=listed(witnesses)))
    if contest.held or (not at.active and not drawn):
        return at.shown(told=told)
    told.append(_("Draw the order before the room: the name that is drawn first stands first on the paper."))
    asks = [
        Ask(f"place {number}", AskKind.CHOICE, _("Place {number}").format(number=whole(number)), uid, choices=names)
        for number, (uid, _name) in enumerate(names, 1)
    ]
    asks += [Ask("method", AskKind.TEXT, _("How it was drawn")), *_witnesses()]
    deed = DeedLine("draw-order", _("Keep this order"), main=True)
    return at.shown(told=told, forms=(StepForm("", (deed,), tuple(asks)),), paper=f"ballot {contest.id}")


def _witnesses() -> tuple[Ask, Ask]:
    return (
        Ask("witness 1", AskKind.TEXT, _("First witness")),
        Ask("witness 2", AskKind.TEXT, _("Second witness")),
    )


# ---- a round ----------------------------------------------------------------------------------------------------


def _opening(at: _At) -> StepView:
    held = at.held
    if held is not None:
        return _opened(at, held)
    if not at.active:
        return at.shown()
    told, election = [], at.election
    view_ = quorum.quorum(at.ws, election.workshop)
    told.append(_("Voters in the room: {number}").format(number=whole(len(presence.voters(at.ws, election.workshop)))))
    told.append(quorum.summary(view_))
    if names := at.contest.course.next_names:
        told.append(_("Between: {names}").format(names=listed(names)))
    if at.rung.state is State.STOPPED:
        return at.shown(told=told, forms=(_ahead(at),))
    deed = DeedLine("open-round", _("Open the vote"), main=True)
    warned = () if view_.met else (_("There is no quorum (W15)."),)
    return at.shown(told=told, warned=warned, forms=(StepForm("", (deed,)),), paper=f"ballot {at.contest.id}")


def _ahead(at: _At) -> StepForm:
    """The decision of the hosts to go ahead although readiness is not established."""
    asks = (_reason(_("Why the hosts go ahead")), *second_person(at.ws, _everybody(at.ws)))
    return StepForm(_("The hosts decide to go ahead"), (DeedLine("go-ahead", _("Keep the decision"), main=True),), asks)


def second_person(ws: Workspace, choices: Sequence[tuple[str, str]]) -> tuple[Ask, Ask]:
    """The second person of a deed that binds, with the PIN."""
    others = tuple(choice for choice in choices if choice[0] != ws.author)
    return (
        Ask("second", AskKind.PERSON, _("Second person"), choices=others),
        Ask("pin", AskKind.PIN, _("PIN of the second person")),
    )


def _opened(at: _At, held: HeldRound) -> StepView:
    opened, when = held.opened, moment_of(held.opened)
    told = [
        _("Opened on {moment} by {name}").format(
            moment=moment(when) if when else "", name=person_name(at.ws, opened.get("by"))
        ),
        _("Votes in the room: {number}").format(number=whole(int(opened.get("present", 0)))) if opened else "",
        _("On the paper: {names}").format(names=listed(held.names)),
    ]
    told += [
        _("{condition}: {present} of {needed}").format(condition=line, present=whole(present), needed=whole(needed))
        for line, present, needed in opened.get("quorum", ())
    ]
    forms = []
    if not at.contest.declared and not held.in_doubt:
        forms.append(StepForm("", (DeedLine("show-ballot", _("Show it to the room")),)))
        asks = (_reason(), *second_person(at.ws, _scrutineers(at.election)))
        forms.append(StepForm(_("The round does not count"), (DeedLine("void", _("Hold it again")),), asks))
        if held.holder != at.ws.journal.device.hex()[:32]:
            deed = DeedLine("take-over", _("Hold it on this computer"))
            forms.append(StepForm(_("The computer that held it is lost"), (deed,), (_reason(),)))
    return at.shown(told=told, forms=forms, paper=f"ballot {held.id}")


def _scrutineers(election: Election) -> tuple[tuple[str, str], ...]:
    return tuple((one.person, one.name) for one in election.officers if one.role is Role.SCRUTINEER)


def _papers(at: _At) -> StepView:
    held = at.held
    if held is None or (not at.active and at.rung.state is not State.DONE):
        return at.shown()
    account, made = held.account, bool(held.record.get("account"))
    named = election_words.figures()
    told = [_("The account was made before the box was opened.")] if made else []
    figures = [
        (_("Figure"), words.pgettext("election", "Papers")),
        *((said, _figure(getattr(account, name))) for name, said in named.items()),
    ]
    forms = []
    if not made:
        asks = [
            Ask(name, AskKind.NUMBER, said, "" if (value := getattr(account, name)) is None else str(value))
            for name, said in named.items()
        ]
        asks.append(Ask("because", AskKind.TEXT, _("Why papers were not returned"), account.not_returned_because))
        deeds = (
            DeedLine("make-account", _("Make the account"), main=True),
            DeedLine("figures", _("Keep the figures")),
        )
        forms.append(StepForm(_("Before the box is opened"), deeds, tuple(asks), election_words.sums()[Sum.PRINTED]))
    forms += _explain(held, Sum.PRINTED)
    return at.shown(
        told=told,
        warned=_sums(held, Sum.PRINTED),
        forms=forms,
        figures=figures if made else (),
        paper=f"ballot-account {held.id}",
    )


def _figure(number: int | None) -> str:
    return "" if number is None else whole(number)


def _sums(held: HeldRound, *which: Sum) -> tuple[str, ...]:
    """The sums of an account that do not come out, with what explains them."""
    account, named = held.account, election_words.sums()
    found = []
    for one in which:
        by = account.differences.get(one)
        if by:
            told = _("{sum} does not come out: {difference}.").format(sum=named[one], difference=change(Fraction(by)))
            found.append(" ".join((told, account.explained.get(one, _("Nobody has explained it.")))))
    return tuple(found)


def _explain(held: HeldRound, which: Sum) -> list[StepForm]:
    account = held.account
    if not account.differences.get(which):
        return []
    ask = Ask("text", AskKind.TEXT, _("Explanation"), account.explained.get(which, ""))
    deed = DeedLine(f"explain {which.value}", _("Keep the explanation"))
    return [StepForm(_("Explain the difference"), (deed,), (ask,), _("It stays, and is printed with these words."))]


def _box(at: _At) -> StepView:
    held = at.held
    if held is None or not held.record.get("account"):
        return at.shown()
    expected = held.account.expected
    told = [
        _("{number} papers should be in the box: {sum}").format(
            number=_figure(expected), sum=election_words.sums()[Sum.BOX]
        )
    ]
    forms = []
    if held.ballots is None:
        value = "" if held.account.in_box is None else str(held.account.in_box)
        ask = Ask("number", AskKind.NUMBER, _("Papers in the box"), value, hint=_("Counted before they are unfolded"))
        forms.append(
            StepForm(_("The box is opened"), (DeedLine("count-box", _("Keep the number"), main=True),), (ask,))
        )
    if held.account.in_box is not None:
        told.append(_("{number} in the box").format(number=whole(held.account.in_box)))
    forms += _explain(held, Sum.BOX)
    return at.shown(told=told, warned=_sums(held, Sum.BOX), forms=forms, paper=f"ballot-account {held.id}")


def _entry(at: _At) -> StepView:
    held = at.held
    if held is None or held.record.get("in_box") is None:
        return at.shown()
    told = []
    if held.ballots is None:
        for slot in keying.SLOTS:
            own = entered(at.ws, held, slot)
            state = _("ended") if own.done else _("being keyed")
            said = f"{person_name(at.ws, own.by)} · {whole(len(own.papers))} · {state}" if own.by else _("nobody yet")
            told.append(colon(_("Entry {number} of 2").format(number=whole(slot)), said))
    else:
        sorted_ = held.box.get("sorted") or {}
        by = listed(person_name(at.ws, person) for person in sorted_.get("by", ()))
        told.append(_("Entered by {names}").format(names=by))
    goes = DeedLine(
        "entry", _("Key the papers") if held.ballots is None else _("Look at the count"), main=True, goes="count"
    )
    forms = [StepForm("", (goes,))]
    if held.ballots is None:
        ask = Ask("text", AskKind.TEXT, _("Explanation"), held.account.explained.get(Sum.SORTED, ""))
        deed = DeedLine(f"explain {Sum.SORTED.value}", _("Keep the explanation"))
        title = _("Where the papers keyed are not those in the box")
        forms.append(StepForm(title, (deed,), (ask,), _("It stays, and is printed with these words.")))
        anew = tuple(
            DeedLine(f"anew {slot}", _("Begin the entry of {name} anew").format(name=person_name(at.ws, own.by)))
            for slot in keying.SLOTS
            if (own := entered(at.ws, held, slot)).by
        )
        forms += [StepForm("", anew)] if anew else []
    return at.shown(told=told, warned=_sums(held, Sum.SORTED), forms=forms, paper=f"tally {held.id}")


def _count(at: _At) -> StepView:
    held = at.held
    told = at.contest.count_of[at.rung.round] if held is not None and not held.in_doubt else None
    if held is None or told is None or held.ballots is None:
        return at.shown()
    reasons = keying.reasons()
    sorted_ = held.box.get("sorted") or {}
    rejected = [f"{reasons[Reason(code)]}: {whole(n)}" for code, n in sorted_.get("rejected", {}).items()]
    names = list(held.names)
    heads = [_("Candidate"), *(_("Stage {number}").format(number=whole(n)) for n in range(1, len(told.stages) + 1))]
    rows = [[name, *column] for name, column in zip(names, changed(told, names), strict=True)]
    lines = (
        _("Valid: {valid} · blank: {blank} · rejected: {rejected}").format(
            valid=whole(told.valid),
            blank=whole(sorted_.get("blank", 0)),
            rejected=whole(sum(sorted_.get("rejected", {}).values())),
        ),
        "; ".join(rejected),
        *result_words(told),
        *(stage.action for stage in told.stages),
    )
    forms = []
    if not at.contest.declared:
        forms.append(StepForm(_("Recount"), (DeedLine("recount", _("Enter the papers anew")),), (_reason(),)))
    return at.shown(told=lines, forms=forms, figures=[heads, *rows] if told.stages else (), paper=f"count {held.id}")


def _lot(at: _At) -> StepView:
    tie = at.contest.course.tie
    if tie is None:
        return at.shown()
    names = tuple((name, name) for name in tie.between)
    asks = [
        Ask(
            f"place {number}",
            AskKind.CHOICE,
            _("Drawn as number {number}").format(number=whole(number)),
            name,
            choices=names,
        )
        for number, name in enumerate(tie.between, 1)
    ]
    ways = tuple(rounds.ways_of_drawing().items())
    asks += [
        Ask("method", AskKind.CHOICE, _("How it was drawn"), choices=ways),
        Ask("by", AskKind.TEXT, _("Who drew it")),
        *_witnesses(),
    ]
    if at.contest.rules.tie is TieLeads.SENIORITY:
        return _by_seniority(at, names)
    told = (
        _("{names} have equal votes.").format(names=listed(tie.between)),
        _("The one who is drawn first is the one on whom the step acts: who is elected, goes on, or is excluded."),
        _("Pitso draws nothing itself: the lot is drawn before the room and two witnesses."),
    )
    return at.shown(
        told=told, forms=(StepForm(_("The lot"), (DeedLine("lot", _("Keep the lot"), main=True),), tuple(asks)),)
    )


def _by_seniority(at: _At, names: Sequence[tuple[str, str]]) -> StepView:
    """Equal votes that the rules let seniority tell apart: the order, what it rests on, and two who checked it."""
    asks = [
        Ask(
            f"place {number}",
            AskKind.CHOICE,
            _("Place {number} by seniority").format(number=whole(number)),
            name,
            choices=tuple(names),
        )
        for number, (name, _same) in enumerate(names, 1)
    ]
    asks += [
        Ask("method", AskKind.TEXT, _("What the seniority rests on")),
        Ask("by", AskKind.TEXT, _("Who worked it out")),
        *_witnesses(),
    ]
    told = (
        _("{names} have equal votes.").format(names=listed(name for name, _same in names)),
        _("The rules let seniority decide: write the order in which it puts them."),
    )
    deed = DeedLine("lot", _("Keep this order"), main=True)
    return at.shown(told=told, forms=(StepForm(_("By seniority"), (deed,), tuple(asks)),))


# ---- after the count --------------------------------------------------------------------------------------------


def _objections(at: _At) -> StepView:
    contest = at.contest
    rows = []
    for uid, record in contest.objections.items():
        ruling = record.get("ruling") or {}
        pill = declarations.rulings().get(str(ruling.get("ruling", "")), _("to be ruled on"))
        detail = " · ".join(str(part) for part in (record.get("objector"), ruling.get("reason")) if part)
        rows.append(StepRow(uid, str(record.get("text", "")), detail, pill, "soft" if ruling else "warn"))
    forms = []
    if any(row.id == at.chosen for row in rows):
        ask = Ask("ruling", AskKind.CHOICE, _("Ruling"), choices=tuple(declarations.rulings().items()))
        forms.append(
            StepForm(_("Ruling"), (DeedLine("rule-objection", _("Keep the ruling"), main=True),), (ask, _reason()))
        )
    if at.rung.state is not State.WAITING:
        asks = (Ask("text", AskKind.TEXT, _("The objection")), Ask("by", AskKind.TEXT, _("Who objects")))
        forms.append(StepForm(_("An objection"), (DeedLine("object", _("Note the objection")),), asks))
    told = () if rows else (_("No objection was made."),)
    return at.shown(told=told, forms=forms, rows=rows)


def _declaration(at: _At) -> StepView:
    election, contest = at.election, at.contest
    won = election.winners(contest)
    judged = election.judged(contest)
    told = [_("Elected: {names}.").format(names=listed(one.name for one in won)) if won else _("Nobody is elected.")]
    if at.rung.state is State.WAITING or election.situation(contest).in_doubt:
        told = []
    told += [election_words.condition_words(one) for one in judged if one.judgement is not Judgement.BROKEN]
    warned = [election_words.condition_words(one) for one in judged if one.judgement is Judgement.BROKEN]
    for held in contest.held:
        warned += _sums(held, *Sum)
    if declared := contest.declared:
        when = moment_of(declared)
        names = listed(declared.get("names", ()))
        said = _("Declared on {moment}: {names}").format(
            moment=moment(when) if when else "", names=names or _("nobody")
        )
        told.insert(0, said)
    forms = []
    if at.rung.state is State.DONE:
        forms.append(StepForm("", (DeedLine("show-result", _("Show it to the room")),)))
    if at.rung.state is not State.WAITING:
        asks = list(second_person(at.ws, _scrutineers(election)))
        if declared:
            asks.insert(0, Ask("because", AskKind.TEXT, _("Why it is superseded")))
        deed = DeedLine("declare", _("Supersede it") if declared else _("Declare the result"), main=not declared)
        forms.append(StepForm(_("Signed by the returning officer and a scrutineer"), (deed,), tuple(asks)))
    return at.shown(told=told, warned=warned, forms=forms, paper=f"declaration {contest.id}")


def _office(at: _At) -> StepView:
    contest = at.contest
    rows = []
    by_person = {uid.rpartition("/")[2]: record for uid, record in contest.offices.items()}
    for uid, name in zip(contest.declared.get("winners", ()), contest.declared.get("names", ()), strict=True):
        office = by_person.get(str(uid).rpartition("/")[2], {})
        said = office.get("accepted")
        pill = _("waits") if said is None else _("accepted") if said["accepted"] else _("declined")
        term = " – ".join(day(date.fromisoformat(office[end])) for end in ("from", "until") if office.get(end))
        rows.append(StepRow(str(uid), str(name), term, pill, "warn" if said is None else "done"))
    if at.rung.state is State.WAITING or not rows:
        return at.shown(rows=rows)
    forms = []
    waits = next((row.id for row in rows if row.tone == "warn"), rows[0].id if len(rows) == 1 else "")
    chosen = at.chosen or waits
    if chosen:
        office = by_person.get(chosen.rpartition("/")[2], {})
        asks = (
            Ask("from", AskKind.DAY, _("In office from"), str(office.get("from") or "")),
            Ask("until", AskKind.DAY, _("In office until"), str(office.get("until") or "")),
        )
        name = next((row.title for row in rows if row.id == chosen), "")
        deeds = (DeedLine("take-office", _("Accepts"), main=True), DeedLine("decline", _("Declines")))
        forms.append(StepForm(name, deeds, asks))
    over = contest.record.get("handed_over") or {}
    handing = (
        Ask("what", AskKind.TEXT, _("What was handed over"), str(over.get("what", ""))),
        Ask("to", AskKind.TEXT, _("To whom"), str(over.get("to", ""))),
        Ask("on", AskKind.DAY, _("On"), str(over.get("on", ""))),
    )
    forms.append(StepForm(_("Handover"), (DeedLine("hand-over", _("Note the handover")),), handing))
    return at.shown(forms=forms, rows=rows)
