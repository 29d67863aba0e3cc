"""Warnings in words: the rule, the facts, what clears it."""

from datetime import date
from fractions import Fraction

from pitso.domain.facts import Track
from pitso.domain.warnings import Severity, Warning
from pitso.words import _, day, listed, percent, whole


def severity(value: Severity) -> str:
    """How heavy a warning is, in a word."""
    return {Severity.STOP: _("stop"), Severity.WARN: _("warning"), Severity.NOTE: _("note")}[value]


def title(warning: Warning) -> str:
    """The rule that raised it."""
    return {
        "W01": _("A peer is not trained"),
        "W02": _("No agreed objective"),
        "W03": _("A long gap"),
        "W04": _("A leader changed"),
        "W05": _("Resources are not covered"),
        "W06": _("Legal procedures are not in place"),
        "W07": _("Readiness is not established"),
        "W08": _("A precondition is open"),
        "W09": _("Weak evidence"),
        "W10": _("Commitments are overdue"),
        "W11": _("Learning goes one way"),
        "W12": _("A decision under influence"),
        "W13": _("The order of the election is broken"),
        "W14": _("The ballot papers do not add up"),
        "W15": _("No quorum"),
        "W16": _("Councils are missing"),
        "W17": _("Women are missing"),
        "W18": _("A report is late"),
        "W19": _("A letter is not answered"),
        "W20": _("The same person twice"),
        "W21": _("Two versions"),
        "W22": _("An agreement runs out"),
        "W23": _("A term ends"),
        "W24": _("No copy elsewhere"),
        "W25": _("Consent is missing"),
        "W26": _("A bundle is missing"),
        "W27": _("The clock is wrong"),
        "W28": _("The instrument differs"),
    }[warning.code]


def told(warning: Warning) -> str:
    """The facts, in one sentence."""
    named = {name: _figure(value) for name, value in warning.told.items()}
    for name in ("side", "sides"):
        if name in named:
            named[name] = _sides(str(warning.told[name]))
    renewal = _renewal() if warning.told.get("track") == Track.STRENGTHENING else {}
    case = f"{warning.code} {warning.case}"
    return (renewal.get(case) or _sentences()[case]).format(**named)


def _figure(value: int | Fraction | date | str) -> str:
    match value:
        case Fraction():
            return percent(value * 100)
        case date():
            return day(value)
        case int():
            return whole(value)
        case _:
            return value


def _sides(codes: str) -> str:
    named = {
        "host": _("Host side"),
        "supporting": _("Supporting association"),
        "coordinating": _("Coordinating office"),
    }
    return listed(named.get(code, code) for code in codes.split("+"))


def _renewal() -> dict[str, str]:
    """What W07 says where an association exists already."""
    return {
        "W07 none": _("Renewal is planned for {planned}, and there is no assessment for it."),
        "W07 not ready": _("Renewal is planned for {planned}; {name} of {held_on} says not ready."),
        "W07 not determinable": _("Renewal is planned for {planned}; {name} of {held_on} gives no verdict."),
        "W07 old": _("Renewal is planned for {planned}; {name} of {held_on} is too old."),
        "W07 leaders changed": _("Renewal is planned for {planned}; leaders changed after {name} of {held_on}."),
    }


def _sentences() -> dict[str, str]:
    return {
        "W01 untrained": _("{name} took part, and no completed training is recorded."),
        "W02 unsigned": _("The objective is not signed by: {sides}."),
        "W03 no event": _("Days since the two sides met last: {days}, on {last}."),
        "W03 silence": _("Days without any meeting, letter or call: {days}, since {last}."),
        "W03 no next date": _("{name} ended without a next date."),
        "W04 unbriefed": _("{post}: {days} days, and nobody has briefed who follows."),
        "W04 unconfirmed": _("{post}: {days} days, and the objective was not confirmed again."),
        "W04 both": _(
            "{post}: {days} days, nobody has briefed who follows, and the objective was not confirmed again."
        ),
        "W05 next steps": _("The next two steps are covered by {cover}."),
        "W05 near step": _("{name} is near, and covered by {cover}."),
        "W06 gate": _("{code} is below the minimum for scaling down."),
        "W06 items": _("Required items that are open: {number}. {items}"),
        "W07 none": _("Founding or election is planned for {planned}, and there is no assessment for it."),
        "W07 not ready": _("Founding or election is planned for {planned}; {name} of {held_on} says not ready."),
        "W07 not determinable": _(
            "Founding or election is planned for {planned}; {name} of {held_on} gives no verdict."
        ),
        "W07 old": _("Founding or election is planned for {planned}; {name} of {held_on} is too old."),
        "W07 leaders changed": _(
            "Founding or election is planned for {planned}; leaders changed after {name} of {held_on}."
        ),
        "W08 no owner": _("{words} Nobody sees to it."),
        "W08 no date": _("{words} It has no date."),
        "W08 overdue": _("{words} Its date has passed."),
        "W09 word only": _("{code} is met on word only."),
        "W09 confidence": _("{name}: only {confidence} of the result rests on good evidence."),
        "W10 overdue": _("{side}: {number} overdue."),
        "W11 no learning": _("{side}: no learning point yet."),
        "W11 hosts hardly lead": _("The hosts led {share} of the sessions."),
        "W12 peers present": _("Peers were present on {on}, when the hosts decided."),
        "W13 nominations": _("{name}: nominations were opened before the rules were adopted."),
        "W13 roll": _("{name}: the roll was not closed when the vote began."),
        "W13 official": _("{name}: candidates act as officials: {both}."),
        "W14 papers": _("{name}: sums of the account that do not come out: {number}."),
        "W15 quorum": _("{name}: present {present}, needed {quorum}."),
        "W16 few": _("{councils} of {all} councils are registered."),
        "W16 kind absent": _("Nobody came from: {missing}."),
        "W17 women": _("{group}: {women} of {all} are women; the least share is {least}."),
        "W18 report": _("The report on {name} was due on {due}."),
        "W18 minutes": _("The minutes of {name} were not approved at the next meeting, on {due}."),
        "W19 unanswered": _("{subject}, {on}: an answer was needed by {by}."),
        "W20 doubles": _("Names that may be one person's or one body's: {number}."),
        "W21 differing": _("Values that were written differently in two places: {number}."),
        "W21 final": _("Values that were written differently in two places, some in a final record: {number}."),
        "W22 ends": _("{name} ends on {ends}, in {days} days."),
        "W22 review": _("{name}: a review was due on {due}."),
        "W23 term": _("{of}: the term ends on {ends}, in {days} days."),
        "W24 only here": _("Entries of more than one day exist on this computer only."),
        "W25 consent": _("People who have not agreed to be named: {number}. {names}"),
        "W26 gap": _("Entries of {name} are missing between others that came."),
        "W26 silent": _("Nothing came from {name} since {last}."),
        "W27 behind own": _("This computer's clock is earlier than what it recorded on {day}."),
        "W27 behind others": _("Another computer has recorded something on {day}; one of the two clocks is wrong."),
        "W28 versions": _("{name} was rated with {number} versions of the instrument."),
    }


def clears(warning: Warning) -> str:
    """What clears it, as an action."""
    return {
        "W01": _("Record the training, or an exemption with its reason."),
        "W02": _("Let both sides sign the objective, and record the signatures."),
        "W03": _("Record the meeting, letter or call, and agree on a next date."),
        "W04": _("Brief the new leader, and let both sides confirm the objective again."),
        "W05": _("Confirm lines of the resource plan in writing."),
        "W06": _("Close the open items of the exit checklist."),
        "W07": _("Assess anew, or record the hosts' decision with its reason."),
        "W08": _("Name who sees to it and until when, then see it done."),
        "W09": _("Add evidence that was seen."),
        "W10": _("Do it, drop it with a reason, or pass it on."),
        "W11": _("Write down what each side learned, and let the hosts lead more sessions."),
        "W12": _("Let the hosts talk again alone, or note why it stands."),
        "W13": _("Put the election in order before it goes on."),
        "W14": _("Look for the missing papers, or explain the difference."),
        "W15": _("Wait until enough of those entitled are present."),
        "W16": _("Invite those who are missing, or note why they do not come."),
        "W17": _("Invite more women to vote and to stand."),
        "W18": _("Finish the report, or let the minutes be approved."),
        "W19": _("Record the answer, or ask again."),
        "W20": _("Join the two, or mark them as different."),
        "W21": _("Choose one of the values; all stay in the history."),
        "W22": _("Hold the review, or renew the agreement."),
        "W23": _("Write into the risk register what is done about it."),
        "W24": _("Send a bundle, or write one to a stick."),
        "W25": _("Ask for consent, or leave the names out."),
        "W26": _("Ask the team for its bundle."),
        "W27": _("Check the time of this computer."),
        "W28": _("Match the versions by the codes of the indicators, or keep the ratings apart."),
    }[warning.code]
