"""The facts of an engagement, gathered from all that the workspace holds; what is not there yet is left empty."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pitso.domain import hlc
from pitso.domain.facts import (
    HOST,
    SUPPORTING,
    Agreement,
    Assessed,
    Commitment,
    Contact,
    Event,
    EventKind,
    Facts,
    LeadershipChange,
    Peer,
    Precondition,
    Talk,
)
from pitso.domain.readiness.scoring import GateState, Result, Verdict
from pitso.services import (
    answers,
    assessments,
    commitments,
    contacts,
    differing,
    doubles,
    election_facts,
    milestones,
    phase_deeds,
    phrases,
    resource_steps,
    room_facts,
    teams,
    terms,
    trust,
)
from pitso.services.answers import Said, Told
from pitso.services.assessments import Assessment
from pitso.services.record_ids import FINAL, SIGNED
from pitso.services.workspace import Workspace, acknowledged
from pitso.storage import departing, joining
from pitso.words import language

TRAINED, EXEMPT = "completed", "exempt"


def facts(ws: Workspace, engagement: str) -> Facts:
    """All that is known of an engagement now; gathered once until something is written or received."""
    state = (ws.written, language(), ws.author, ws.today())
    kept = ws.known.get(engagement)
    if kept is None or kept[0] != state:
        kept = ws.known[engagement] = (state, _gathered(ws, engagement))
    return kept[1] if ws.demonstration else _with_clocks(ws, kept[1])


def _gathered(ws: Workspace, engagement: str) -> Facts:
    told = {form: answers.said(ws, engagement, form) for form in FORMS}
    judged = assessments.in_order(ws, engagement)
    uncertain = differing.fields(ws)
    states = ws.journal.several({entity for entity, _field in uncertain})
    promised = {one.record: one for one in commitments.facts_of(ws, engagement)}
    voted, held = election_facts.gathered(ws, engagement), room_facts.gathered(ws, engagement)
    known = Facts(
        track=milestones.track(told["identification"]),
        milestones=milestones.reached(ws, told),
        election_due=milestones.election_due(told["reflection"], planned=bool(voted.elections)),
        exit_open=milestones.exit_open(
            told["exit"], overdue=any(one.must and one.overdue(ws.today()) for one in promised.values())
        ),
        team=tuple(_team(ws, engagement, told, judged)),
        objective_signed=_signed(told["objective"]),
        assessments=tuple(_assessed(ws, one, promised) for one in judged),
        events=(*_events(ws, told), *held.events),
        contacts=(*contacts.facts_of(ws, engagement), *_spoken(told)),
        commitments=tuple(promised.values()),
        leadership=tuple(_leadership(told)),
        steps=tuple(step for plan in told["resources"][-1:] for step in resource_steps.steps(plan)),
        learned=_learned(told["learning"]),
        led=held.led or _led(told["visit"]),
        talks=tuple(_talks(told["reflection"])),
        agreements=tuple(_agreements(told["agreement"])),
        elections=voted.elections,
        ballots=voted.ballots,
        decided=(*held.decided, *voted.decided),
        women=(*held.women, *voted.women),
        terms=(*terms.facts_of(ws, engagement), *voted.terms),
        went_ahead=voted.went_ahead,
        doubles=doubles.number(ws),
        differing=len(uncertain),
        differing_final=sum(record.get("state") in (FINAL, SIGNED) for record in states.values()),
        unsent_days=_unsent_days(ws),
        gaps=tuple(sorted({trust.name_of(ws, gap.device) for gap in joining.gaps(ws.journal)})),
        silent=_silent(ws),
    )
    return phase_deeds.with_deeds(ws, engagement, known)


FORMS = (
    "identification",
    "choice",
    "objective",
    "team",
    "visit",
    "meeting",
    "feedback",
    "reflection",
    "agreement",
    "leadership",
    "resources",
    "learning",
    "partners",
    "statutes",
    "plan",
    "programme",
    "exit",
)
"""Forms whose records are read here, by their ids."""


# ---- the objective ------------------------------------------------------------------------------------------


def _signed(objectives: tuple[Said, ...]) -> dict[str, date]:
    """When each side signed the objective first."""
    rows = [row for one in objectives for row in one.table("signatories")]
    days = {
        side: answers.earliest(row.day("signed") for row in rows if row.values.get("signatory_side") == side)
        for side in (HOST, SUPPORTING)
    }
    return {side: day for side, day in days.items() if day is not None}


# ---- people -----------------------------------------------------------------------------------------------------


def _team(ws: Workspace, engagement: str, told: Told, judged: list[Assessment]) -> Iterable[Peer]:
    """The peers, with the first day on which each took part and the first on which each was trained."""
    on_visits = [(one.day("starts"), row) for one in told["visit"] for row in one.table("team")]
    training = [row for one in told["team"] for row in one.table("training")]
    for member in teams.members(ws, engagement):
        if member.side != teams.PEER:
            continue
        visited = [(day, row) for day, row in on_visits if row.values.get("member") == member.person]
        rated = [
            one.held_on for one in judged if ws.journal.records(f"rating/{one.key}/{member.id}/", fields=["level"])
        ]
        own = [row for row in training if row.values.get("trainee") == member.person]
        completed = [row.day("trained_on") for row in own if row.values.get("result") == TRAINED]
        known = [day for day, row in visited if row.values.get("trained") == "yes"]
        yield Peer(
            name=member.name,
            acted_on=answers.earliest([*(day for day, _row in visited), *rated]),
            trained_on=answers.earliest([*completed, *known]),
            exempt=any(row.values.get("result") == EXEMPT for row in own),
        )


SUCCEEDED = frozenset({"end_of_term", "dismissal", "resignation", "death", "transfer"})
"""Causes for which somebody held the post before, whether or not that person is named."""


def _leadership(told: Told) -> Iterable[LeadershipChange]:
    """Changes of leadership; one that reconfirms the objective later counts for all before it."""
    rows = [row for one in told["objective"] for row in one.table("reconfirmations")]
    reconfirmed = [day for row in rows if (day := row.day("reconfirmed_on")) is not None]
    for one in told["leadership"]:
        happened = one.day("happened_on_day") or one.day("happened_on_month") or one.day("happened_on_year")
        if happened is None:
            continue
        yield LeadershipChange(
            post=one.values.get("post", ""),
            happened_on=happened,
            first_holder="leaves" not in one.values and one.values.get("cause") not in SUCCEEDED,
            briefed_on=answers.earliest(row.day("briefed_on") for row in one.table("briefing")),
            reconfirmed_on=answers.earliest(
                [one.day("reconfirmed_on"), *(day for day in reconfirmed if day >= happened)]
            ),
            record=one.at,
        )


# ---- what took place ------------------------------------------------------------------------------------------


def _events(ws: Workspace, told: Told) -> Iterable[Event]:
    for number, one in enumerate(sorted(told["visit"], key=lambda one: one.values.get("starts", "")), 1):
        if (starts := one.day("starts")) is not None:
            name = str(ws.journal.record(one.at).get("name") or number)
            yield _event(ws, EventKind.VISIT, name, one, starts, one.day("ends"))
    for kind, form in ((EventKind.MEETING, "meeting"), (EventKind.FEEDBACK, "feedback")):
        for one in told[form]:
            if (held := one.day("held_on")) is not None:
                name = one.values.get("title") or str(ws.journal.record(one.at).get("name") or "")
                yield _event(ws, kind, name, one, held, held)


def _event(ws: Workspace, kind: EventKind, name: str, one: Said, starts: date, ends: date | None) -> Event:
    return Event(
        kind=kind,
        name=name,
        starts=starts,
        ends=max(starts, ends or starts),
        next_date=one.day("next_date"),
        final_on=answers.finished_on(ws, one),
        approved_on=answers.earliest(row.day("approved_on") for row in one.table("approval")),
        record=one.at,
    )


def _learned(points: tuple[Said, ...]) -> dict[str, int]:
    learners = [one.values.get("learned_by", "") for one in points]
    both = learners.count("both")
    return {HOST: learners.count("hosts") + both, SUPPORTING: learners.count("supporting") + both}


def _led(visits: tuple[Said, ...]) -> dict[str, int]:
    """Sessions that each side led: a programme of a visit counts them, minutes belong to a workshop."""
    led = [row.values["led_by"] for one in visits for row in one.table("programme") if "led_by" in row.values]
    return {side: led.count(code) for side, code in ((HOST, "host"), (SUPPORTING, "peer"), ("shared", "shared"))}


def _talks(reflections: tuple[Said, ...]) -> Iterable[Talk]:
    for one in reflections:
        if (on := one.day("decided_on")) is not None and "peers_absent" in one.values:
            yield Talk(on, one.values["peers_absent"] == "yes", record=one.at)


# ---- what was promised ----------------------------------------------------------------------------------------


def _agreements(agreements: tuple[Said, ...]) -> Iterable[Agreement]:
    for one in agreements:
        signed = [row.day("signed_on") for row in one.table("signatures")]
        if (ends := one.day("ends")) is not None and one.values.get("state") not in ("expired", "ended"):
            reviews = [day for row in one.table("reviews") if (day := row.day("review_on")) is not None]
            name = one.values.get("title", "")
            yield Agreement(
                name, ends, answers.earliest(signed), one.values.get("renewal") == "automatic", tuple(reviews), one.at
            )


def _spoken(told: Told) -> Iterable[Contact]:
    """Letters and talks that other records tell of: the objective was signed or confirmed again, a partner was met."""
    for form, table, name in (
        ("objective", "signatories", "signed"),
        ("objective", "reconfirmations", "reconfirmed_on"),
        ("partners", "partners", "last_contact_day"),
    ):
        for one in told[form]:
            days = {day for row in one.table(table) if (day := row.day(name)) is not None}
            yield from (Contact(form, day, record=one.at) for day in sorted(days))


# ---- readiness ------------------------------------------------------------------------------------------------


def _assessed(ws: Workspace, one: Assessment, promised: Mapping[str, Commitment]) -> Assessed:
    if not assessments.agreed_ratings(ws, one):
        return Assessed(one.title, one.held_on, one.stage.value, record=one.id)
    result = assessments.result(ws, one)
    covered = one.closed is not None and result.verdict is not Verdict.UNDETERMINED
    confidence = result.overall.confidence
    return Assessed(
        name=one.title,
        held_on=one.held_on,
        stage=one.stage.value,
        verdict=result.verdict,
        coverage_on=one.held_on if covered else None,
        on_word_only=tuple(gate.code for gate in result.gates if gate.state is GateState.ON_WORD_ONLY),
        confidence=None if confidence is None else confidence / 100,
        below_minimum=tuple(gate.code for gate in result.gates if gate.state in (GateState.NOT_MET, GateState.UNKNOWN)),
        preconditions=_preconditions(one, result, promised),
        record=one.id,
    )


def _preconditions(one: Assessment, result: Result, promised: Mapping[str, Commitment]) -> tuple[Precondition, ...]:
    if result.verdict is not Verdict.PRECONDITIONS:
        return ()
    found = []
    for cause in result.causes:
        promise = promised.get(commitments.of_precondition(one.id, phrases.cause_id(cause)))
        words = phrases.cause(cause, one.instrument)
        known = (promise.owner, promise.due, promise.closed_on) if promise else ("", None, None)
        found.append(Precondition(words, *known))
    return tuple(found)


# ---- computers ------------------------------------------------------------------------------------------------


def _unsent_days(ws: Workspace) -> tuple[date, ...]:
    """The first and the last day of which nobody else has the entries."""
    oldest = departing.oldest(ws.journal, beyond=acknowledged(ws))
    if oldest is None:
        return ()
    last = ws.journal.last_deed()
    days = [hlc.moment(oldest).astimezone().date(), *([last.at.astimezone().date()] if last else [])]
    return tuple(sorted(set(days)))


def _silent(ws: Workspace) -> dict[str, date]:
    """In an office: when a bundle of each sender came last."""
    if not ws.office:
        return {}
    rows = ws.journal.file.rows("SELECT party, max(at) FROM bundle WHERE direction = 'received' GROUP BY party")
    return {party: hlc.moment(at).astimezone().date() for party, at in rows}


def _with_clocks(ws: Workspace, known: Facts) -> Facts:
    """This computer's clock against what was recorded here and elsewhere; the demonstration has a clock of its own."""
    last, now = ws.journal.last_deed(), ws.clock()
    lead = max(joining.wrong_clocks(ws.journal).values(), default=None)
    return replace(
        known,
        now=now,
        # Another computer may have moved our stamps on by so much, without any clock being wrong.
        latest_recorded=last.at - hlc.LEAP_LIMIT if last else None,
        latest_received=now + lead if lead else None,
    )
