"""View values for the papers' tests: a small instrument, or the one that ships, rated by four peers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pitso.domain.readiness.scoring import GateState, Score
from pitso.paper.blocks import EvidenceItem, Participant
from pitso.paper.charts import SpreadRow
from pitso.paper.documents import (
    any_form,
    attendance_register,
    badges,
    ballot_account,
    ballot_papers,
    bundle_receipt,
    certificate,
    comparison,
    consensus_sheet,
    count_report,
    declaration,
    delegates_roll,
    feedback_sheet,
    hand_count_sheet,
    invitation,
    nomination_form,
    nomination_list,
    proceedings,
    rating_sheets,
    readiness,
    recovery_card,
    tally_sheet,
    workshop_programme,
    workshop_statistics,
)
from pitso.paper.documents.any_form import Answer, Asked, FormSheet, Section, Table
from pitso.paper.documents.readiness import (
    CauseLine,
    DimensionLine,
    IndicatorLine,
    MinorityView,
    PriorityLine,
    ReadinessReport,
    Response,
    SeenDifferently,
    Version,
)
from pitso.paper.imprint import Imprint, State

NAMES = (
    "Legal and administrative framework",
    "Political will and leadership stability",
    "Functioning of the local-government system",
    "Representation and inclusiveness",
    "Founding process, statutes and elections",
    "Organisation and secretariat",
    "Finance and resources",
    "Communication and networks",
    "Partners and stakeholders",
    "Preconditions of the peer engagement",
)
CODES = ("LEG", "POL", "SYS", "REP", "GOV", "ORG", "FIN", "COM", "PAR", "PEE")
COUNTS = (6, 5, 5, 5, 5, 5, 5, 4, 4, 7)
STATEMENT = "The administrative procedures that the change needs are known, assigned and scheduled."
SCALE = (
    ("0", "Absent"),
    ("1", "Beginning"),
    ("2", "Partial"),
    ("3", "Established"),
    ("4", "Secured"),
    ("NA", "Not applicable"),
    ("UK", "Not known yet"),
    ("ND", "No agreement"),
)
GRADES = (
    ("A", "Seen (document or fact)"),
    ("B", "Confirmed by two independent sources"),
    ("C", "Told by one source"),
    ("D", "No evidence"),
)
IMPRINT = Imprint(
    title="Readiness report",
    engagement="Lesotho 2026 · BALA",
    code="LSO-RR-1",
    state=State.DRAFT,
    reader="Both sides",
    as_of=datetime(2026, 1, 22, 18, 30),
)


def score(figure: int | None = 61, *, coverage: int = 96) -> Score:
    if figure is None:
        return Score(None, Fraction(0), Fraction(100), Fraction(0), None)
    return Score(Fraction(figure), Fraction(figure - 3), Fraction(figure + 4), Fraction(coverage), Fraction(91))


def indicator(code: str, number: int) -> IndicatorLine:
    rating = ("2", "1", "3", "ND", "0", "UK", "4")[number % 7]
    gate = tuple(GateState)[number // 3] if number % 3 == 0 else None
    return IndicatorLine(
        code=f"{code}-{number + 1}",
        statement=STATEMENT,
        rating=rating,
        rating_words=dict(SCALE)[rating],
        grade="ABCD"[number % 4],
        gate=gate,
        gate_minimum=2 if gate else None,
        reason="Two councils showed it, one did not." if number % 2 else "",
        note="Seen at the registrar on 20 January." if number % 3 else "",
        remarks=("single view",) if number == 4 else (),
        former=(Version("1 Beginning (C)", "The certificate arrived.", "Tumelo Naleli", date(2026, 1, 20)),)
        if number == 2
        else (),
    )


def dimensions() -> tuple[DimensionLine, ...]:
    return tuple(
        DimensionLine(
            code,
            name,
            10,
            score(30 + 6 * place, coverage=40 if code == "REP" else 96),
            code == "REP",
            tuple(indicator(code, number) for number in range(count)),
            score(20 + 5 * place),
        )
        for place, (code, name, count) in enumerate(zip(CODES, NAMES, COUNTS, strict=True))
    )


def report() -> ReadinessReport:
    lines = dimensions()
    strong = tuple(replace(lines[place].indicators[2], grade="A", statement=STATEMENT) for place in range(4))
    return ReadinessReport(
        imprint=IMPRINT,
        title="Readiness of Lesotho to found a national association of local governments",
        country="Lesotho",
        sides=("BALA with UCLG Africa", "Leaders of ten councils"),
        held_on=date(2026, 1, 22),
        stage="Before founding",
        amended="",
        messages=(
            "Local governments exist in law and in fact throughout the country, and their leaders know each other.",
            "All ten councils want an association and have said so in public; the ministry does not object.",
            "No draft statutes exist, and the organs of the association are not agreed.",
            "How an election would be held has not been discussed by those who would stand in it.",
            "A mandate for the initiative group is the first step; the second assessment can follow in June.",
        ),
        verdict="Not ready",
        causes=(
            CauseLine(
                "GOV-2, the organs of the association are agreed: level 0", "Refiloe Koro", date(2026, 5, 19), True
            ),
            CauseLine("GOV-3, the rules for electing office bearers are agreed: level 0", "", None, True),
            CauseLine("Even the high end of the range, 35.3, lies below 40"),
        ),
        overall=score(32),
        dimensions=lines,
        strengths=strong,
        priorities=tuple(
            PriorityLine(
                f"GOV-{n}", STATEMENT, "0", "gate not met" if n < 3 else "", "Refiloe Koro-Naleli", date(2026, 5, n)
            )
            for n in range(1, 9)
        ),
        spread=tuple(
            SpreadRow(f"POL-{n}", STATEMENT, (0, 1, 2, 1, 0), (0, 0, 1, 2, 0), 2, "agreed 2 (B)") for n in range(1, 6)
        ),
        seen_differently=(SeenDifferently("POL-4", STATEMENT, "1 Beginning", "3 Established"),),
        minority=(MinorityView("REP-4", "Two parties told us the contrary on the second day."),),
        responses=(Response("POL-4", "We had a mandate: see our minutes of 3 March. A & B <c>", "Initiative group"),),
        evidence=(
            EvidenceItem("LEG-1", "A", "Local Government Act 1997, section 62", "act-1997.pdf"),
            EvidenceItem("POL-1", "B", "Interviews with eight mayors and with the principal chief of staff"),
        ),
        people=(
            Participant("Kagiso Mosweu-Tau", "Leader of the peer team", "BALA"),
            Participant("Mpho Šebata", "Host", "Heron River District Council"),
        ),
        scale=SCALE,
        grades=GRADES,
        instrument="nala-readiness 1.0",
        instrument_digest="9f3c21aa0b1e77d2" * 4,
        former_name="AS-0, 2 December 2025",
        left_out=("Two quotations were left out: their speakers have not consented.",),
    )


def sheets() -> rating_sheets.RatingSheets:
    said = "The law is silent but an authoritative written reading says that it is allowed."
    return rating_sheets.RatingSheets(
        imprint=replace(IMPRINT, title="Rating sheets", code="LSO-RS-1", state=State.FINAL),
        title="Rating sheets",
        assessment="AS-2, Lantern City, 16 June 2026",
        rater="",
        scale=SCALE,
        grades=GRADES,
        dimensions=tuple(
            rating_sheets.SheetDimension(
                line.name,
                "Are statutes, organs, elections and a first plan ready, and agreed beforehand?",
                tuple(
                    rating_sheets.SheetIndicator(
                        each.code,
                        each.statement,
                        "Read the constitution, the local-government act and the law on associations.",
                        "Extract of the act; legal opinion; letter of the ministry; precedent.",
                        (said,) * 5,
                        number % 2 == 0,
                        "A gate: at least 2" if each.gate else "",
                    )
                    for number, each in enumerate(line.indicators)
                ),
            )
            for line in dimensions()[:2]
        ),
        instrument="nala-readiness 1.0",
        instrument_digest="9f3c21aa0b1e77d2" * 4,
    )


def consensus() -> consensus_sheet.ConsensusSheet:
    row = consensus_sheet.ConsensusRow
    return consensus_sheet.ConsensusSheet(
        imprint=replace(IMPRINT, title="Consensus sheet", code="LSO-CS-1"),
        title="Consensus sheet",
        assessment="AS-1, 22 January 2026",
        scale=SCALE,
        grades=GRADES,
        groups=(
            consensus_sheet.ConsensusGroup(
                "To be discussed",
                (
                    row("POL-1", STATEMENT, "1 2 2 3", "2 2 3", "2", reason_wanted=True),
                    row("REP-4", STATEMENT, "1 1 2 3", "3 3 3", "1", "ND", "C", "To be settled with all parties."),
                ),
            ),
            consensus_sheet.ConsensusGroup(
                "Close", tuple(row(f"LEG-{n}", STATEMENT, "1 1 1 2", "1 1 2", "1") for n in range(1, 20))
            ),
        ),
        leader="Kagiso Mosweu-Tau",
        peers=("Naledi Tau", "Thabo Kgosi"),
    )


def feedback() -> feedback_sheet.FeedbackSheet:
    return feedback_sheet.FeedbackSheet(
        imprint=replace(IMPRINT, title="Feedback sheet", code="LSO-FB-1"),
        title="Feedback session",
        held_on=date(2026, 1, 23),
        place="Lantern City",
        with_whom="Leaders of ten councils",
        assessment="AS-1: not ready",
        strengths=(
            "Local governments exist in law and in fact throughout the country.",
            "Elections are regular and accepted.",
            "Leaders want an association and say so in public.",
        ),
        points=(
            feedback_sheet.Point("GOV-2", STATEMENT, "B"),
            feedback_sheet.Point("POL-4", STATEMENT, "B", "disagree", "We had a mandate: minutes of 3 March."),
            feedback_sheet.Point("FIN-2", STATEMENT, "B"),
        ),
        differently=(feedback_sheet.Differently("POL-4", STATEMENT, "1 Beginning", "3 Established"),),
        corrections=("The council of Heron River has 27 seats, not 25.",),
        learned=("How rural and urban councils share one vote each.",),
        next_date=date(2026, 4, 28),
        release=1,
        signers=(("Mpho Šebata", "For the hosts"), ("Kagiso Mosweu-Tau", "For the peers")),
    )


def compared() -> comparison.Comparison:
    def steps(prefix: str, count: int, before: str, after: str) -> tuple[comparison.Step, ...]:
        return tuple(comparison.Step(f"{prefix}-{n + 1}", STATEMENT, before, after) for n in range(count))

    return comparison.Comparison(
        imprint=replace(IMPRINT, title="Two assessments", code="LSO-CO-1"),
        title="From the first to the second assessment of Lesotho",
        former=comparison.Assessed("AS-1", date(2026, 1, 22), "Before founding", "Not ready", score(32)),
        latter=comparison.Assessed("AS-2", date(2026, 6, 16), "Before founding", "Ready with preconditions", score(69)),
        summary="47 indicators stand in both: 42 rose, 5 stayed, none fell.",
        dimensions=tuple(
            comparison.ComparedDimension(line.code, line.name, line.former, line.score, False, line.insufficient)
            for line in dimensions()
        ),
        rose=steps("LEG", 22, "1 Beginning (B)", "3 Established (A)"),
        stayed=steps("SYS", 5, "4 Secured (A)", "4 Secured (A)"),
        fell=(),
        left_out=("PAR-4 was not applicable in AS-1.",),
    )


def receipt() -> bundle_receipt.BundleReceipt:
    return bundle_receipt.BundleReceipt(
        imprint=replace(IMPRINT, title="Bundle receipt", code="LSO-BR-3", state=State.FINAL),
        way=bundle_receipt.Way.RECEIVED,
        bundle="lesotho-2026-01-22-3.pitso-bundle",
        sender="Kagiso Mosweu-Tau, BALA",
        recipient="Coordinating office, UCLG Africa",
        at=datetime(2026, 1, 24, 9, 5),
        new=1204,
        known=88,
        waiting=2,
        missing_files=1,
        differences=(bundle_receipt.Difference("Seats of Heron River", "25", "27"),),
        sentences=("One photograph of visit 1 is asked for again.",),
        records_digest="77d29f3c21aa0b1e" * 4,
    )


def card() -> recovery_card.RecoveryCard:
    return recovery_card.RecoveryCard(
        imprint=replace(IMPRINT, title="Recovery card", code="LSO-RC-1", state=State.FINAL, reader=""),
        workspace="Lesotho 2026",
        made_on=date(2026, 1, 5),
        code=("K7QF", "2MTX", "9WHP", "4ZRD", "C3VN", "8JYL", "5GBA", "6EKS"),
    )


def invited() -> invitation.Invitation:
    return invitation.Invitation(
        imprint=replace(IMPRINT, title="Invitation", code="LSO-IN-2", state=State.FINAL, reader="Naledi Tau"),
        office="Coordinating office, UCLG Africa",
        engagement="Lesotho 2026",
        invited="Naledi Tau",
        role="Peer, chief executive",
        file_name="lesotho-2026-naledi.pitso-invitation",
        payload="PITSO-INVITE:" + "A7" * 120,
        six_words=("river", "basalt", "window", "seven", "cattle", "morning"),
        valid_until=date(2026, 3, 1),
    )


def register(number: int = 60) -> attendance_register.AttendanceRegister:
    return attendance_register.AttendanceRegister(
        imprint=replace(IMPRINT, title="Attendance register", code="LSO-AR-1"),
        title="Founding workshop, day 1",
        held_on=date(2026, 6, 17),
        place="Lantern City",
        rows=tuple(
            attendance_register.Present(
                n, f"{FIRST[n % 7]} {LAST[n % 11]}-{LAST[n // 11 % 11]}", "Heron River District Council", "Councillor"
            )
            for n in range(1, number + 1)
        ),
    )


FIRST = ("Mpho", "Naledi", "Thabo", "Refiloe", "Tumelo", "Palesa", "Lebohang")
LAST = ("Koro", "Naleli", "Khoeli", "Moru", "Noka", "Poone", "Pula", "Thaba", "Šebata", "Tau", "Mosweu")


def ballots(candidates: int = 3, number: int = 5) -> ballot_papers.BallotPapers:
    return ballot_papers.BallotPapers(
        imprint=replace(IMPRINT, title="Ballot papers", code="LSO-BP-1", state=State.DEMONSTRATION),
        contest="President, first round",
        held_on=date(2026, 6, 18),
        body="Founding assembly of the association",
        mark=ballot_papers.Mark.CROSS,
        choices=1,
        candidates=tuple(
            ballot_papers.Candidate(f"{FIRST[n % 7]} {LAST[n % 11]}-{LAST[(n + 4) % 11]}", "Lantern City Council")
            for n in range(candidates)
        ),
        number=number,
    )


def counted() -> count_report.CountReport:
    return count_report.CountReport(
        imprint=replace(IMPRINT, title="Report of the count", code="CR-87E61F28", state=State.DRAFT),
        title="Additional members",
        rule="Single transferable vote (Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52)",
        result=("Elected: Naledi Tau, Thabo Kgosi.",),
        figures=(("Papers", "88"), ("Valid", "86"), ("Invalid", "2"), ("Places", "2"), ("Quota", "29")),
        candidates=tuple(f"{FIRST[n % 7]} {LAST[n % 11]}-{LAST[(n + 4) % 11]}" for n in range(12)),
        stages=tuple(
            count_report.CountStage(
                "The candidate with fewest votes is excluded; each paper goes on at its value (rule 50).",
                tuple(f"{n + stage}.25\n+1.5" if n > stage else "" for n in range(12)),
                "0.00004\n+0.00004" if stage else "",
            )
            for stage in range(8)
        ),
        ties=(count_report.CountTie("3", "who is excluded", "Naledi Tau, Thabo Kgosi", "by lot"),),
        papers_digest="87e61f287bd60ffe" * 4,
    )


def form() -> FormSheet:
    """A visit, blank: every way of answering, a table, a condition."""
    asked = tuple(
        Asked(str(number), f"q{number}", "What was agreed with the council on that day?", kind, "In full words.")
        for number, kind in enumerate(
            (Answer.LINE, Answer.LINES, Answer.DATE, Answer.PLACE, Answer.FILE, Answer.SIGNATURE, Answer.TICK), 1
        )
    )
    choices = tuple(
        Asked(
            str(number),
            f"q{number}",
            "Who took part?",
            kind,
            only_if="Only if question 1 is answered.",
            needed=True,
            options=("Mayor", "Councillors", "Chief executive", "Others, who are written below the line"),
        )
        for number, kind in enumerate((Answer.ONE, Answer.SEVERAL, Answer.ORDER), 8)
    )
    return FormSheet(
        imprint=replace(IMPRINT, title="Visit", code="FORM-VISIT", state=State.FINAL),
        title="Visit to a council",
        form="nala-visit 3",
        form_digest="77d29f3c" * 8,
        filled=False,
        members=(
            Asked("", "told", "Read this aloud before you begin.", Answer.NOTE),
            Section("The day", 1, "As it was.", "", asked),
            Section("People", 1, "", "", (*choices, Section("Host", 2, "", "Only if question 8 is “Mayor”.", ()))),
            Table("Interviews", "", ("11 Who", "12 How long (1 / 2 / 3)", "13 Where"), (("Naledi Tau", "2", ""),), 4),
        ),
    )


ASSEMBLY = "Founding assembly of the association of local governments"
ROUND = "President, first round, 18 June 2026"
CANDIDATES = (("Mpho Koro-Noka", "Lantern City Council"), ("Naledi Tau", "Heron River District Council"))
OFFICERS = (("Kagiso Mosweu", "Returning officer"), ("Palesa Šebata", "Scrutineer"))


def elected(title: str, code: str, state: State = State.FINAL) -> Imprint:
    return replace(IMPRINT, title=title, code=code, state=state)


def nomination() -> nomination_form.NominationForm:
    return nomination_form.NominationForm(
        imprint=elected("Nomination", "LSO-NF-1"),
        body=ASSEMBLY,
        positions=("President", "Deputy president", "Treasurer", "Additional member"),
        closes="To be handed to the returning officer by 17 June 2026, 16:00.",
        conditions=("A councillor in office whose council is on the roll.", "No official of the election."),
    )


def nominations() -> nomination_list.NominationList:
    rows = tuple(
        nomination_list.Nomination(name, council, "Thabo Khoeli", "Refiloe Moru", "accepted")
        for name, council in CANDIDATES
    )
    refused = replace(rows[0], name="Tumelo Pula", ruling="refused", reason="not on the roll & late <sic>")
    return nomination_list.NominationList(
        imprint=elected("Nominations", "LSO-NL-1"),
        title="List of nominations",
        body=ASSEMBLY,
        closed="closed on 17 June 2026, 16:00",
        positions=(
            nomination_list.Position("President", 1, (*rows, refused)),
            nomination_list.Position("Treasurer", 1, ()),
        ),
        officers=OFFICERS,
    )


def account() -> ballot_account.BallotAccount:
    return ballot_account.BallotAccount(
        imprint=elected("Ballot account", "LSO-BA-1"),
        title="Account of the ballot papers",
        round=ROUND,
        before=tuple(
            ballot_account.Line(what, number)
            for what, number in (("Printed", 100), ("Issued", 89), ("Unused", 11), ("Handed back and replaced", 1))
        ),
        after=(
            ballot_account.Line("In the box", 87),
            ballot_account.Line("Valid", 86),
            ballot_account.Line("Blank", 1),
            ballot_account.Line("Challenged"),
        ),
        balances=(
            ballot_account.Balance("printed = issued + unused", 0),
            ballot_account.Balance("in the box = issued – handed back", -1, "A delegate left with the paper."),
            ballot_account.Balance("in the box = valid + blank + rejected"),
        ),
        officers=OFFICERS,
    )


def tally(candidates: int = 3, voters: int = 120) -> tally_sheet.TallySheet:
    named = tuple((each.name, each.body) for each in ballots(candidates).candidates)
    return tally_sheet.TallySheet(
        elected("Tally sheet", "LSO-TS-1"), "Tally sheet", ROUND, named, voters, "Lebohang Thaba"
    )


def by_hand() -> hand_count_sheet.HandCountSheet:
    return hand_count_sheet.HandCountSheet(
        imprint=elected("Count by hand", "LSO-HC-1"),
        title="Count by hand",
        rule="Single transferable vote",
        steps=("Sort the papers by first preference.", "Whoever reaches the quota is elected.") * 2,
        candidates=tuple(each.name for each in ballots(6).candidates),
        stages=6,
    )


def declared() -> declaration.Declaration:
    votes = tuple(
        declaration.Votes(name, council, Fraction(number), number == 64)
        for (name, council), number in zip(CANDIDATES, (64, 22), strict=True)
    )
    result = declaration.Result(
        position="President",
        places=1,
        rule="more than half of the valid votes",
        figures=(("Entitled", 90), ("Issued", 89), ("In the box", 87), ("Valid", 86)),
        candidates=votes,
        remarks=("One paper is missing: a delegate left with it.",),
        papers_digest="87e61f287bd60ffe" * 4,
    )
    members = replace(
        result,
        position="Additional members",
        places=2,
        candidates=(replace(votes[1], votes=Fraction(1229, 4), elected=True), replace(votes[0], elected=False)),
        remarks=(),
    )
    return declaration.Declaration(
        imprint=elected("Declaration", "LSO-DE-1"),
        title="Declaration of results",
        body=ASSEMBLY,
        held_on=date(2026, 6, 18),
        place="Maseru",
        results=(result, members),
        roll_digest="9f3c21aa77d20b14" * 4,
        supersedes="It takes the place of the declaration of 14:05, because of a recount.",
        officers=OFFICERS,
    )


def roll(councils: int = 10) -> delegates_roll.DelegatesRoll:
    return delegates_roll.DelegatesRoll(
        imprint=elected("Roll", "LSO-RO-1", State.DRAFT),
        title="Roll of delegates",
        stand="Displayed: objections until 17 June 2026, 12:00",
        delegations=tuple(
            delegates_roll.Delegation(
                f"Heron River District Council {number}",
                "District",
                3,
                tuple(
                    delegates_roll.Delegate(f"{FIRST[n]} {LAST[(n + number) % 11]}", "Councillor", "delegate")
                    for n in range(0 if number == 4 else 3)
                ),
                "not in good standing" if number == 4 else "",
            )
            for number in range(1, councils + 1)
        ),
        totals=(("Councils", 10), ("Votes", 30), ("Needed for a quorum", 16)),
        roll_digest="9f3c21aa77d20b14" * 4,
        amendments=("Tumelo Pula takes the place of Thabo Tau, moved by Mpho Koro, 64 to 3.",),
        for_signing=True,
    )


def badge_sheet(number: int = 10) -> badges.Badges:
    return badges.Badges(
        elected("Badges", "LSO-BG-1", State.DEMONSTRATION),
        "Founding workshop, Maseru, 18 June 2026",
        tuple(
            badges.Badge(f"{FIRST[n % 7]} {LAST[n % 11]}", "Heron River District Council", "Delegate", f"B-{n + 1:04}")
            for n in range(number)
        ),
    )


def certificates() -> certificate.Certificates:
    return certificate.Certificates(
        imprint=elected("Certificate", "LSO-CE-1"),
        title="Certificate of attendance",
        issuer="BALA and UCLG Africa",
        deed="took part in the founding workshop of the association of local governments",
        facts=("Maseru, 16 to 18 June 2026", "18 hours in 6 sessions"),
        recipients=tuple(certificate.Recipient(name, body) for name, body in CANDIDATES),
        signers=(("Kagiso Mosweu", "President of BALA"), ("", "Coordinating office")),
    )


def programme() -> workshop_programme.WorkshopProgramme:
    days = (date(2026, 6, 17), date(2026, 6, 18))
    titles = ("Opening", "How BALA was founded, told by those who were there", "Statutes", "Closing")
    return workshop_programme.WorkshopProgramme(
        imprint=elected("Programme", "LSO-PR-1"),
        title="Programme: Founding workshop",
        place="17 to 18 June 2026 · Maseru",
        sessions=tuple(
            workshop_programme.Planned(
                days[n // 2], f"{9 + n}:00 – {9 + n}:45", f"{9 + n}:05 – {9 + n}:50", title, "Plenary", "Hosts"
            )
            for n, title in enumerate(titles)
        ),
        led=(("Hosts", "46 %"), ("Peers", "31 %"), ("Both sides", "23 %")),
    )


def minutes() -> proceedings.Proceedings:
    resolved = proceedings.Resolved(
        "3/2026 · Statutes",
        "The statutes are adopted as circulated.\nThey enter into force today.",
        ("Moved by Refiloe Koro-Naleli", "adopted · Show of hands · 81 for, 3 against, 4 abstaining of 88 voters"),
        ("Amendment: The statutes are adopted with article 7 struck out. (rejected)",),
    )
    notes = ("Lineo Thaba-Sefate asks who pays. " * 6, "The treasurer of BALA answers.")
    return proceedings.Proceedings(
        imprint=elected("Minutes", "LSO-MI-1"),
        title="Minutes: Founding workshop",
        second="17 to 18 June 2026 · Maseru",
        sections=(
            proceedings.Section("1. Opening", ("17 June 2026", "09:00 – 09:40", "118 took part"), notes),
            proceedings.Section("7. Statutes", ("18 June 2026",), (), (resolved, resolved)),
        ),
        commitments=("File the application for registration (Neo, until 31 July 2026)",),
        left_out=("2 names were left out: these persons have not agreed to be named.",),
    )


def figures_of_workshop() -> workshop_statistics.WorkshopStatistics:
    councils = ("Basalt District Council", "Heron River District Council", "Lantern City Council")
    return workshop_statistics.WorkshopStatistics(
        imprint=elected("Figures of the workshop", "LSO-FW-1"),
        title="Figures of the workshop: Founding workshop",
        second="17 to 18 June 2026 · Maseru",
        figures=(("Invited", "129"), ("Registered", "120"), ("Women", "47 (39.2 %)")),
        councils=tuple(workshop_statistics.OfCouncil(name, 13, 12, 5, 9) for name in councils),
        sessions=(workshop_statistics.OfSession("Opening", "40", "Hosts", 118, 90),),
    )


PAPERS: dict[str, tuple[Callable[[], Any], Callable[[Any, str], bytes]]] = {
    "readiness": (report, readiness.make),
    "rating-sheets": (sheets, rating_sheets.make),
    "consensus-sheet": (consensus, consensus_sheet.make),
    "feedback": (feedback, feedback_sheet.make),
    "attendance-register": (register, attendance_register.make),
    "ballot-papers": (ballots, ballot_papers.make),
    "comparison": (compared, comparison.make),
    "bundle-receipt": (receipt, bundle_receipt.make),
    "recovery-card": (card, recovery_card.make),
    "invitation": (invited, invitation.make),
    "form": (form, any_form.make),
    "nomination-form": (nomination, nomination_form.make),
    "nomination-list": (nominations, nomination_list.make),
    "ballot-account": (account, ballot_account.make),
    "tally-sheet": (tally, tally_sheet.make),
    "hand-count-sheet": (by_hand, hand_count_sheet.make),
    "declaration": (declared, declaration.make),
    "delegates-roll": (roll, delegates_roll.make),
    "badges": (badge_sheet, badges.make),
    "certificate": (certificates, certificate.make),
    "programme": (programme, workshop_programme.make),
    "minutes": (minutes, proceedings.make),
    "workshop-figures": (figures_of_workshop, workshop_statistics.make),
    "count-report": (counted, count_report.make),
}
"""Every kind of paper: a value to print, and how it is printed."""


WITHOUT_EDGES = ("ballot-papers", "badges")
"""Papers without header and footer."""


def margin(kind: str) -> float:
    """Points that stay free at the sides of a paper: badges are cut along the edge of the page."""
    return 20 if kind == "badges" else 40


def print_one(kind: str, language: str) -> bytes:
    """The paper of the story of this kind."""
    view, make = PAPERS[kind]
    return make(view(), language)


def print_all(language: str) -> bytes:
    """Every paper, one after the other."""
    return b"".join(print_one(kind, language) for kind in PAPERS)
