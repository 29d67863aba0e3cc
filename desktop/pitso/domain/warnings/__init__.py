"""Warnings that the program raises by itself: one small rule each, over frozen facts and a day (model, section 4)."""

from collections.abc import Mapping
from datetime import date

from pitso.domain.facts import Facts
from pitso.domain.warnings import exchange, meetings, people, promises, readiness, voting
from pitso.domain.warnings.warning import Acknowledgement as Acknowledgement
from pitso.domain.warnings.warning import Rule, Settings
from pitso.domain.warnings.warning import Severity as Severity
from pitso.domain.warnings.warning import Warning as Warning
from pitso.domain.warnings.warning import rests as rests

USUAL = Settings()

RULES: Mapping[str, Rule] = {
    "W01": people.peer_not_trained,
    "W02": people.no_agreed_objective,
    "W03": meetings.long_gap,
    "W04": people.leadership_changed,
    "W05": promises.resources_not_covered,
    "W06": readiness.procedures_not_in_place,
    "W07": readiness.readiness_not_established,
    "W08": readiness.preconditions_open,
    "W09": readiness.weak_evidence,
    "W10": promises.overdue_commitment,
    "W11": meetings.one_way_learning,
    "W12": meetings.decision_under_influence,
    "W13": voting.rules_late,
    "W14": voting.ballots_do_not_add_up,
    "W15": voting.no_quorum,
    "W16": meetings.councils_missing,
    "W17": people.women_missing,
    "W18": meetings.report_late,
    "W19": promises.letter_unanswered,
    "W20": exchange.same_person_twice,
    "W21": exchange.two_versions,
    "W22": promises.agreement_runs_out,
    "W23": people.term_ends,
    "W24": exchange.no_copy_elsewhere,
    "W25": exchange.consent_missing,
    "W26": exchange.bundle_missing,
    "W27": exchange.clock_wrong,
    "W28": readiness.instrument_differs,
}
"""Every rule by its code."""


def raised(facts: Facts, today: date, settings: Settings = USUAL) -> tuple[Warning, ...]:
    """What the rules raise on the day *today*, the heaviest first, then in the order of the rules."""
    found = [warning for rule in RULES.values() for warning in rule(facts, today, settings)]
    return tuple(sorted(found, key=lambda warning: (warning.severity.weight, warning.code)))


def heaviest(warnings: tuple[Warning, ...]) -> Severity | None:
    """The severity of the heaviest of these, or None where there is none."""
    return min((warning.severity for warning in warnings), key=lambda severity: severity.weight, default=None)
