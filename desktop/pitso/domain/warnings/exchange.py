"""Rules about computers and what they hold: doubles, differences, copies, consent, bundles, clocks."""

from datetime import date, timedelta

from pitso.domain.facts import Facts
from pitso.domain.warnings.people import visits_begun
from pitso.domain.warnings.warning import Settings, Severity, Told, Warning, days
from pitso.words import listed

CLOCK_TOLERANCE = timedelta(days=1)
"""How much later than this computer's clock a received change may have been made."""


def same_person_twice(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W20: names that may be one person's stand in the registers."""
    return (Warning("W20", Severity.NOTE, "doubles", told={"number": facts.doubles}),) if facts.doubles else ()


def two_versions(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W21: something was changed on two computers without knowing of each other; heavier in a final record."""
    if not facts.differing:
        return ()
    severity = Severity.WARN if facts.differing_final else Severity.NOTE
    case = "final" if facts.differing_final else "differing"
    return (Warning("W21", severity, case, told={"number": facts.differing}),)


def no_copy_elsewhere(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W24: during a visit, what was written on more than one day lies only on this computer."""
    unsent = sorted({day for day in facts.unsent_days if day <= today})
    if len(unsent) <= 1 or not visits_begun(facts.events, today):
        return ()
    return (Warning("W24", Severity.WARN, "only here", unsent[0], told={"days": len(unsent)}),)


def consent_missing(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W25: what is about to leave would name people who have not agreed."""
    if not facts.without_consent:
        return ()
    told: Told = {"number": len(facts.without_consent), "names": listed(facts.without_consent)}
    return (Warning("W25", Severity.STOP, "consent", told=told),)


def bundle_missing(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W26: a change is missing between two that came, or a team on a visit has not been heard of."""
    found = [Warning("W26", Severity.NOTE, "gap", None, name, {"name": name}) for name in facts.gaps]
    if visits_begun(facts.events, today):
        found += [
            Warning(
                "W26", Severity.NOTE, "silent", heard + days(settings.team_silence), name, {"name": name, "last": heard}
            )
            for name, heard in sorted(facts.silent.items())
            if (today - heard).days > settings.team_silence
        ]
    return tuple(found)


def clock_wrong(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W27: this computer's clock is behind what it has written, or far behind what just came from another."""
    now, recorded, received = facts.now, facts.latest_recorded, facts.latest_received
    if now is not None and recorded is not None and now < recorded:
        return (Warning("W27", Severity.WARN, "behind own", now.date(), told={"day": recorded.date()}),)
    if now is not None and received is not None and received - now > CLOCK_TOLERANCE:
        return (Warning("W27", Severity.WARN, "behind others", now.date(), told={"day": received.date()}),)
    return ()
