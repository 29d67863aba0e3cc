"""The sorts of papers of an election."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pitso.domain.policies import Reader
from pitso.paper.documents import (
    ballot_account,
    ballot_papers,
    count_report,
    counterfoils,
    declaration,
    hand_count_sheet,
    nomination_form,
    nomination_list,
    tally_sheet,
)
from pitso.services import declaration_papers, election_papers
from pitso.services.paper_kind import (
    Kind,
    for_signature,
    in_the_room,
    one_or_two,
)
from pitso.words import _


def _all() -> dict[str, Kind]:
    """The papers of an election, in the order in which they are wanted."""
    team, both, public = (Reader.TEAM,), (Reader.BOTH_SIDES, Reader.PUBLIC), (Reader.PUBLIC,)
    told: tuple[tuple[str, Callable[[], str], Callable[[], str], Any, Any, Any, tuple[Reader, ...]], ...] = (
        (
            "nomination-form",
            lambda: _("Nomination form"),
            in_the_room,
            election_papers.of_elections,
            election_papers.nomination_form_of,
            nomination_form.make,
            public,
        ),
        (
            "nomination-list",
            lambda: _("List of nominations"),
            for_signature,
            election_papers.of_elections,
            election_papers.nomination_list_of,
            nomination_list.make,
            both,
        ),
        (
            "ballot",
            lambda: _("Ballot papers"),
            in_the_room,
            election_papers.of_ballots,
            election_papers.ballots,
            ballot_papers.make,
            public,
        ),
        (
            "counterfoils",
            lambda: _("Counterfoils"),
            in_the_room,
            election_papers.of_ballots,
            election_papers.foils,
            counterfoils.make,
            team,
        ),
        (
            "ballot-account",
            lambda: _("Ballot account"),
            for_signature,
            election_papers.of_rounds,
            election_papers.account,
            ballot_account.make,
            both,
        ),
        (
            "tally",
            lambda: _("Tally sheet"),
            in_the_room,
            election_papers.of_ballots,
            election_papers.tally,
            tally_sheet.make,
            team,
        ),
        (
            "hand-count",
            lambda: _("Hand count"),
            in_the_room,
            election_papers.of_preferences,
            election_papers.hand_count,
            hand_count_sheet.make,
            team,
        ),
        (
            "count",
            lambda: _("Report of the count"),
            for_signature,
            election_papers.of_counts,
            election_papers.count,
            count_report.make,
            both,
        ),
        (
            "declaration",
            lambda: _("Declaration of results"),
            for_signature,
            election_papers.of_declarations,
            declaration_papers.declared,
            declaration.make,
            public,
        ),
        (
            "observers",
            lambda: _("Observers' copy"),
            for_signature,
            election_papers.of_declarations,
            lambda ws, of, reader: declaration_papers.declared(ws, of, reader, observers=True),
            declaration.make,
            public,
        ),
    )
    made = {
        name: Kind(title, moment, records, view, draw, sources=election_papers.sources, readers=readers)
        for name, title, moment, records, view, draw, readers in told
    }
    bilingual = replace(made["ballot"], languages=one_or_two, beside=ballot_papers.beside)
    return made | {"ballot": bilingual}


ELECTION = _all()
"""The papers of an election, in the order in which they are wanted."""
