"""Looking after a workspace file: its tables, and what is odd about what came in."""

from pitso import words
from pitso.services.workspace import Workspace, device_name
from pitso.storage import joining, rebuilding
from pitso.words import _, ngettext


def rebuild(ws: Workspace) -> bool:
    """Make the tables again from the journal; says whether they were equal."""
    return rebuilding.rebuild(ws.journal)


def oddities(ws: Workspace) -> tuple[str, ...]:
    """What somebody should know about the computers that wrote here, one sentence each.

    A computer with two histories, a clock that is wrong, entries that only a newer Pitso understands.
    """
    forked = [
        _("{computer} was copied with its key: what both copies wrote is kept, as that of two computers.").format(
            computer=device_name(ws, fork.device)
        )
        for fork in joining.forks(ws.journal)
    ]
    clocks = [
        ngettext(
            "The clock of {computer} is {number} day ahead: its entries bear a wrong date.",
            "The clock of {computer} is {number} days ahead: its entries bear a wrong date.",
            lead.days,
        ).format(computer=device_name(ws, device), number=words.whole(lead.days))
        for device, lead in joining.wrong_clocks(ws.journal).items()
    ]
    unread = [
        ngettext(
            "{number} entry needs Pitso {version}: it is kept and passed on.",
            "{number} entries need Pitso {version}: they are kept and passed on.",
            number,
        ).format(number=words.whole(number), version=version or "?")
        for version, number in joining.needing(ws.journal).items()
    ]
    return (*forked, *clocks, *unread)
