"""Papers: which can be made now, and making them; and those that tell of one moment (receipt, invitation, card)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pitso import words
from pitso.domain.folding import fold
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper.documents import bundle_receipt as receipts
from pitso.paper.documents import invitation as invitations
from pitso.paper.documents import recovery_card as cards
from pitso.paper.imprint import Imprint, State
from pitso.services import discretion, phases, report
from pitso.services.paper_kind import MOMENTS, Found, Kind
from pitso.services.paper_kinds import KINDS
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.storage.disk import write_whole
from pitso.words import _, listed


@dataclass(frozen=True)
class Order:
    """A paper that is wanted: which sort, of which record, in which language, for which reader."""

    kind: str
    of: str
    language: str
    reader: Reader


@dataclass(frozen=True)
class Paper:
    """A paper as it leaves the program: one file a document, named by what it is, where and when."""

    file_name: str
    pdf: bytes
    digest: str = ""
    """Of what it says; the first 16 characters are its check code."""
    title: str = ""
    state: str = ""


def available(ws: Workspace, engagement: str | None = None) -> tuple[PaperLine, ...]:
    """The papers that can be made now, of one engagement or of all, in the order of the moments."""
    wanted = [engagement] if engagement else list(ws.journal.records("engagement/"))
    lines = {
        (kind, record): _line(ws, kind, record, title, detail)
        for uid in wanted or [""]
        for kind, found in _found(ws, uid).items()
        for record, title, detail in found
    }
    order = [moment() for moment in MOMENTS]
    return tuple(sorted(lines.values(), key=lambda line: order.index(line.moment)))


def _found(ws: Workspace, engagement: str) -> dict[str, Found]:
    """The records of each sort of paper; those that several sorts are made of are sought once."""
    sought = {records: records(ws, engagement) for records in {sort.records for sort in KINDS.values()}}
    return {kind: sought[sort.records] for kind, sort in KINDS.items()}


def _line(ws: Workspace, kind: str, record: str, title: str, detail: str) -> PaperLine:
    sort = KINDS[kind]
    return PaperLine(
        kind,
        record,
        words.colon(sort.title(), title),
        detail,
        sort.moment(),
        readers=tuple((reader.value, discretion.reader_words(reader)) for reader in sort.readers),
        languages=tuple(sort.languages(ws, record).items()),
    )


def record_called(ws: Workspace, kind: str, called: str) -> str:
    """The record that a person means by its id, its title, or what stands beside that; else the latest one."""
    sort = sort_of(kind)
    found = [line for uid in ws.journal.records("engagement/") or [""] for line in sort.records(ws, uid)]
    matching = [line[0] for line in found if not called or called == line[0] or fold(called) in map(fold, line[1:])]
    if not matching:
        raise Trouble(
            _("There is nothing called “{title}” of which this paper can be made.").format(title=called),
            _("“pitso paper FILE --list” tells what there is."),
        )
    return matching[-1]


def sort_of(kind: str) -> Kind:
    """The sort of paper that is called so; Trouble if there is none."""
    if kind not in KINDS:
        raise Trouble(
            _("“{kind}” is no paper that Pitso makes.").format(kind=kind),
            _("“pitso paper FILE --list” tells the kinds."),
        )
    return KINDS[kind]


def order(ws: Workspace, kind: str, *, of: str, language: str, reader: str = "") -> Order:
    """What is wanted, as far as it can be had: the usual reader where none is named.

    Trouble where the paper is not made for that reader or in that language.
    """
    sort = sort_of(kind)
    wanted = Reader(reader) if reader else sort.readers[0]
    if wanted not in sort.readers:
        can = listed(each.value for each in sort.readers)
        raise Trouble(
            _("This paper is not made for that reader."), _("It can be made for: {readers}.").format(readers=can)
        )
    spoken = sort.languages(ws, of)
    if language not in spoken:
        raise Trouble(
            _("This paper is not made in “{language}”.").format(language=language),
            _("It can be made in: {languages}.").format(languages=listed(spoken)),
        )
    return Order(kind, of, language, wanted)


def order_called(ws: Workspace, kind: str, called: str, *, language: str | None, reader: str) -> Order:
    """What a person wants who names a record by its id or title, and perhaps a language."""
    of = record_called(ws, kind, called)
    spoken = sort_of(kind).languages(ws, of)
    usual = words.language() if words.language() in spoken else next(iter(spoken))
    return order(ws, kind, of=of, language=language or usual, reader=reader)


def make(ws: Workspace, kind: str, *, of: str, language: str, reader: str = "") -> Paper:
    """Make one paper of the record *of*, to be looked at: the same data give the same bytes.

    What leaves the house is issued (`issuing.issue`).
    """
    return drawn(ws, order(ws, kind, of=of, language=language, reader=reader))


def digest_of(ws: Workspace, wanted: Order) -> str:
    """The digest of what the paper would say now, without drawing it."""
    with words.speaking(_first(wanted)):
        return imprints.digest(_view(ws, wanted))


def _first(wanted: Order) -> str:
    """The language that a paper speaks first, where it speaks several."""
    return wanted.language.partition("+")[0]


def _view(ws: Workspace, wanted: Order) -> Any:
    """What the paper says, in the language that is spoken now; with what every paper of its engagement must say."""
    sort = sort_of(wanted.kind)
    view = sort.view(ws, wanted.of, wanted.reader)
    if sort.beside is not None:
        for further in wanted.language.split("+")[1:]:
            with words.speaking(further):
                view = sort.beside(view, sort.view(ws, wanted.of, wanted.reader))
    remark = " ".join(filter(None, (ws.looking_back, phases.override_words(ws, _engagement_of(ws, wanted.of)))))
    return replace(view, imprint=replace(view.imprint, remark=remark)) if remark else view


def _engagement_of(ws: Workspace, uid: str) -> str:
    """The engagement that a record belongs to: named in its id, or in a field of it."""
    named = f"engagement/{uid.split('/')[1]}"
    return named if ws.journal.record(named) else str(ws.journal.record(uid).get("engagement") or "")


def drawn(
    ws: Workspace, wanted: Order, numbered: Callable[[str], int] = lambda _digest: 1, printed_at: datetime | None = None
) -> Paper:
    """The paper that is *wanted*; *numbered* gives the number of the copy with a digest."""
    sort = sort_of(wanted.kind)
    with words.speaking(_first(wanted)):
        view = _view(ws, wanted)
        digest = imprints.digest(view)
        imprint = replace(view.imprint, copy=numbered(digest), printed_at=printed_at)
        pdf = sort.draw(replace(view, imprint=imprint), wanted.language)
    return Paper(file_name(ws, wanted), pdf, digest, imprint.title, imprint.state.value)


def file_name(ws: Workspace, wanted: Order) -> str:
    """What the file of a paper is called: by what it is, where and when."""
    sort = sort_of(wanted.kind)
    record = ws.journal.record(wanted.of)
    reader = wanted.reader.value if wanted.reader is not sort.readers[0] else ""
    called = str(record.get("title") or record.get("name") or "")[:60]
    parts = (wanted.kind, ws.name, called, str(record.get("held_on", "")), reader)
    return f"{'-'.join(fold(' '.join((*parts, *wanted.language.split('+')))).split())}.pdf"


def language_name(code: str) -> str:
    """What a language, or several on one paper, are called by those who speak them; the code where Pitso does not."""
    return " + ".join(words.LANGUAGES.get(each, each) for each in code.split("+"))


def keep(paper: Paper, path: Path) -> None:
    """Write a paper to a file, whole or not at all; Trouble names a full or vanished drive."""
    write_whole(path, paper.pdf)


# ---- papers that tell of one moment ---------------------------------------------------------------------------------


def receipt(
    ws: Workspace,
    *,
    received: bool,
    bundle: str,
    sender: str,
    recipient: str,
    at: datetime,
    new: int,
    known: int = 0,
    waiting: int = 0,
    missing_files: int = 0,
    differences: Sequence[tuple[str, str, str]] = (),
    sentences: Sequence[str] = (),
) -> Paper:
    """What a bundle brought (*received*) or carried away, in the reader's language: the merge report on paper.

    A difference is what, here, and in the bundle. *at* has a time zone.
    """
    title = _("Bundle receipt")
    view = receipts.BundleReceipt(
        imprint=_imprint(ws, title, "BR", Reader.OFFICE),
        way=receipts.Way.RECEIVED if received else receipts.Way.SENT,
        bundle=bundle,
        sender=sender,
        recipient=recipient,
        at=at.astimezone(),
        new=new,
        known=known,
        waiting=waiting,
        missing_files=missing_files,
        differences=tuple(receipts.Difference(*difference) for difference in differences),
        sentences=tuple(sentences),
        records_digest=ws.journal.digest(),
    )
    return _of_a_moment(view, receipts.make, "receipt", bundle)


def invitation(
    ws: Workspace,
    *,
    office: str,
    engagement: str,
    invited: str,
    role: str,
    file_name: str,
    payload: str,
    six_words: Sequence[str],
    valid_until: date | None = None,
) -> Paper:
    """The page by which a computer joins an engagement; *payload* is what its QR holds."""
    view = invitations.Invitation(
        imprint=_imprint(ws, _("Invitation"), "IN", Reader.BOTH_SIDES),
        office=office,
        engagement=engagement,
        invited=invited,
        role=role,
        file_name=file_name,
        payload=payload,
        six_words=tuple(six_words),
        valid_until=valid_until,
    )
    return _of_a_moment(view, invitations.make, "invitation", engagement)


def recovery_card(ws: Workspace, code: Sequence[str]) -> Paper:
    """The card that opens the workspace when its passphrase is forgotten; *code* in the groups that are printed."""
    view = cards.RecoveryCard(
        imprint=_imprint(ws, _("Recovery card"), "RC", Reader.TEAM),
        workspace=ws.name,
        made_on=ws.today(),
        code=tuple(code),
    )
    return _of_a_moment(view, cards.make, "recovery-card", ws.name)


def _imprint(ws: Workspace, title: str, letters: str, reader: Reader) -> Imprint:
    return Imprint(
        title=title,
        engagement=ws.name,
        code=f"{letters}-{ws.today().isoformat()}",
        state=State.DEMONSTRATION if ws.demonstration else State.FINAL,
        reader=discretion.reader_words(reader),
        as_of=report.as_of(ws),
    )


def _of_a_moment(view: Any, draw: Callable[[Any, str], bytes], kind: str, of: str) -> Paper:
    language = words.language()
    name = f"{'-'.join(fold(f'{kind} {of} {language}').split())}.pdf"
    return Paper(name, draw(view, language), imprints.digest(view), view.imprint.title, view.imprint.state.value)
