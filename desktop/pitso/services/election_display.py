"""What the room sees of an election on the projector: the ballot while it is open, the result once it is declared."""

from pitso.domain.trouble import Trouble
from pitso.services import contests, display, election_words, rounds
from pitso.services.change import Change
from pitso.services.contests import Contest, moment_of
from pitso.services.elections import election_of
from pitso.services.workspace import Workspace
from pitso.words import _, clock, figure, listed


def show_ballot(ws: Workspace, uid: str) -> Change:
    """Show who stands in a round; once the box is opened, only that it is being counted."""
    election, contest, held = rounds.held(ws, uid)
    lines = held.names
    if held.record.get("account"):
        lines = (_("The papers are being counted."),)
    return display.show_lines(ws, election.workshop, election_words.round_title(contest, held), lines)


def show_result(ws: Workspace, uid: str) -> Change:
    """Show who is elected to a position, with the votes; Trouble before the declaration, and while it is in doubt."""
    election = contests.load(ws, election_of(uid))
    contest = election.contest(uid)
    now = election.situation(contest)
    if not contest.declared or now.in_doubt or now.changed_since:
        raise Trouble(
            _("The room sees a result once it is declared and nothing of it is in doubt."), _("Declare it first.")
        )
    title = _("{position}: declared").format(position=contest.title)
    return display.show_lines(ws, election.workshop, title, result_lines(contest))


def result_lines(contest: Contest) -> tuple[str, ...]:
    """The result as the room sees it: those elected, the votes of everybody, when it was declared."""
    names = contest.declared.get("names", ())
    lines = [_("Elected: {names}.").format(names=listed(names)) if names else _("Nobody is elected.")]
    count = next((one for one in reversed(contest.count_of) if one is not None and one.stages), None)
    if count is not None:
        votes = sorted(count.stages[-1].votes.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"{name} – {figure(number)}" for name, number in votes]
    if when := moment_of(contest.declared):
        lines.append(_("Declared at {time}").format(time=clock(when)))
    return tuple(lines)
