"""Roles and deeds: who may do what binds (model, section 9).

The roster gives each computer its roles. A deed that the roles do not allow is refused where it is done, and set aside
where it arrives.
"""

from collections.abc import Collection, Mapping

LEADER, PEER, HOST, RAPPORTEUR, DESK, RETURNING, COUNTER, OFFICE = (
    "leader",
    "peer",
    "host",
    "rapporteur",
    "desk",
    "returning",
    "counter",
    "office",
)

ROLES = (LEADER, PEER, HOST, RAPPORTEUR, DESK, RETURNING, COUNTER, OFFICE)

DEEDS: Mapping[str, frozenset[str]] = {
    "rating.level": frozenset({PEER, LEADER, HOST}),
    "rating.level_after_reveal": frozenset({PEER, LEADER, HOST}),
    "assessment.revealed": frozenset({LEADER}),
    "assessment.closed": frozenset({LEADER}),
    "agreed.agreed": frozenset({LEADER}),
    "acknowledged.stop": frozenset({LEADER}),
    "election.rules": frozenset({RETURNING, LEADER}),
    "election.nominations_opened": frozenset({RETURNING}),
    "nomination.ruling": frozenset({RETURNING}),
    "round.opened": frozenset({RETURNING}),
    "round.account": frozenset({RETURNING}),
    "box.papers": frozenset({RETURNING, COUNTER}),
    "lot.drawn": frozenset({RETURNING}),
    "result.declared": frozenset({RETURNING}),
    "attendance.came": frozenset({DESK, RAPPORTEUR, LEADER}),
    "presence.moved": frozenset({DESK, RAPPORTEUR, LEADER}),
    "resolution.decided": frozenset({RAPPORTEUR, LEADER}),
    "roll.displayed": frozenset({RETURNING}),
    "roll.adopted": frozenset({RETURNING}),
    "roll.closed": frozenset({RETURNING}),
    # A host's answer is often typed at the leader's computer, under the host's own name.
    "response.text": frozenset({HOST, LEADER}),
    "commitment.text": frozenset({RAPPORTEUR, LEADER}),
    "phase.ahead": frozenset({LEADER}),
    # Who lets warnings wait longer takes them from everybody.
    "threshold.days": frozenset({LEADER, OFFICE}),
    # A host overrides; it may be typed at the leader's or the office's computer, under the host's own name.
    "phase.override": frozenset({HOST, LEADER, OFFICE}),
}
"""Fields that bind, as ``kind.field``, and the roles of which one is needed. Any other may be written by anybody."""


ERASERS = frozenset({OFFICE})
"""Who may let every replica forget what is personal."""

SETTLERS = frozenset({RETURNING, LEADER, OFFICE})
"""Who may say which of several values counts, where a fact is written once; it takes two people."""


def allowed(entity: str, field: str, roles: Collection[str]) -> bool:
    """May a computer with these *roles* write this *field* of an *entity*, or delete it (no field)?

    Whoever may write none of the fields that bind in a record may not take the record away either.
    """
    kind = entity.partition("/")[0]
    if not field:
        binding = [needed for name, needed in DEEDS.items() if name.partition(".")[0] == kind]
        return not binding or not frozenset[str]().union(*binding).isdisjoint(roles)
    needed = DEEDS.get(f"{kind}.{field}")
    return needed is None or not needed.isdisjoint(roles)
