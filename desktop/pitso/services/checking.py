"""Checking a paper: its code leads to the record, and says whether the records are still what the paper says."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from pitso.domain.folding import fold
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper.imprint import CODE, groups
from pitso.services import discretion, papers, past, record_history
from pitso.services.paper_kinds import KINDS
from pitso.services.papers import Order
from pitso.services.views import HistoryLine, PaperLine
from pitso.services.workspace import Workspace, person_name
from pitso.storage.journal import Attachment, Record, Version
from pitso.words import _, colon, day, listed, moment

CHANGES_TOLD = 12
"""Entries since the paper that are told; the history has them all."""


class Outcome(StrEnum):
    """What a check finds."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CopyLine:
    """One copy that left the house."""

    number: int
    at: datetime
    by: str
    way: str


@dataclass(frozen=True)
class SignedLine:
    """A signed copy that came back."""

    id: str
    file: str
    hash: str
    on: str
    by: str


@dataclass(frozen=True)
class Check:
    """What a code leads to."""

    code: str
    """In groups of four."""
    outcome: Outcome
    said: str
    """The outcome in one sentence."""
    title: str = ""
    record: str = ""
    """The paper's own record."""
    of: str = ""
    """The record that the paper was made of."""
    kind: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """What and which: reader, language, state."""
    copies: tuple[CopyLine, ...] = ()
    signed: tuple[SignedLine, ...] = ()
    changes: tuple[HistoryLine, ...] = ()
    """Entries since, the latest first; told where the outcome is that something changed."""
    near: tuple[str, ...] = ()
    """Codes of papers that differ in one or two characters, where this one is unknown."""


def read_code(typed: str) -> str:
    """The check code in what was typed, pasted or scanned: 16 characters of 0-9 and a-f; empty if it is none.

    A scanner gives the whole QR (``PITSO:LSO-RR-1:9F3C…``); people type O for 0 and l for 1.
    """
    last = typed.strip().rpartition(":")[2].lower()
    bare = re.sub(r"[\s\-–.]", "", last).translate(str.maketrans("oil", "011"))
    found = re.fullmatch(rf"([0-9a-f]{{{CODE}}})([0-9a-f]{{{64 - CODE}}})?", bare)
    return found[1] if found else ""


def require_code(typed: str) -> str:
    """The check code in what was typed; Trouble if it is none."""
    code = read_code(typed)
    if not code:
        raise Trouble(
            _("“{typed}” is no check code.").format(typed=typed.strip()[:40]),
            _("It stands at the foot of each page: sixteen characters in groups of four, or the QR code."),
        )
    return code


def check(ws: Workspace, typed: str) -> Check:
    """Say whether the records are still what a paper with this code says; Trouble if it is no code."""
    code = require_code(typed)
    record = ws.journal.record(f"paper/{code}")
    if not record:
        return _unknown(ws, code)
    of_a_moment = record.get("sort") not in KINDS
    same = of_a_moment or _digest_now(ws, record) == record.get("digest")
    since = [] if same else _versions_since(ws, code)
    signed = signed_copies(ws, code)
    return Check(
        code=groups(code),
        outcome=Outcome.CHANGED if since else Outcome.UNCHANGED,
        said=_moment_words() if of_a_moment else _said(ws, since, same=same, signed=bool(signed)),
        title=title_of(ws, record),
        record=f"paper/{code}",
        of=str(record.get("of", "")),
        kind=str(record.get("sort", "")),
        details=_details(record, signed=bool(signed)),
        copies=copies(ws, code),
        signed=signed,
        changes=_told(ws, str(record.get("of", "")), since[:CHANGES_TOLD]),
    )


def _unknown(ws: Workspace, code: str) -> Check:
    near = tuple(
        groups(other)
        for other in (uid.partition("/")[2] for uid in ws.journal.records("paper/"))
        if sum(a != b for a, b in zip(code, other, strict=True)) <= 2
    )
    said = _(
        "No paper with this code is known here. It may have been made on another computer whose bundle has not come, "
        "or a character was misread."
    )
    return Check(groups(code), Outcome.UNKNOWN, said, near=near)


def _said(ws: Workspace, since: list[Version], *, same: bool, signed: bool) -> str:
    if same:
        return _("Unchanged: the records still say what the paper says.")
    if not since:
        return _(
            "The records are unchanged. Made here the paper would read otherwise: a part of them is not held on this "
            "computer, or another version of Pitso words it."
        )
    latest = since[0]
    told = _("Changed since by {name}, last on {moment}.").format(
        name=person_name(ws, latest.author) or _("Pitso"), moment=moment(latest.at.astimezone())
    )
    return f"{told} {_('The signed version is older than the records.')}" if signed else told


def _moment_words() -> str:
    return _("Known here: this paper tells of one moment, and nothing that is entered later changes it.")


def _order(record: Record) -> Order:
    return Order(
        str(record.get("sort", "")),
        str(record.get("of", "")),
        str(record.get("language", "")),
        Reader(record.get("reader", Reader.BOTH_SIDES)),
    )


def _digest_now(ws: Workspace, record: Record) -> str:
    """The digest of the same paper made now; empty where it cannot be made any more."""
    try:
        return papers.digest_of(ws, _order(record))
    except Trouble:
        return ""


def title_of(ws: Workspace, record: Record) -> str:
    """What a paper is called, and of which record it is."""
    sort = KINDS.get(str(record.get("sort", "")))
    of = str(ws.journal.record(str(record.get("of", ""))).get("title", ""))
    return ": ".join(part for part in (sort.title() if sort else str(record.get("title", "")), of) if part)


def _details(record: Record, *, signed: bool) -> tuple[tuple[str, str], ...]:
    states = {"draft": _("draft"), "final": _("final"), "demonstration": _("demonstration")}
    state = _("signed") if signed else states.get(str(record.get("state")), "")
    return (
        (_("State"), state),
        (_("For"), discretion.reader_words(_order(record).reader)),
        (_("Language"), papers.language_name(str(record.get("language", "")))),
    )


def ways() -> dict[str, str]:
    """How a copy left the house, in words."""
    return {"printed": _("printed"), "saved": _("saved"), "opened": _("opened")}


def copies(ws: Workspace, code: str) -> tuple[CopyLine, ...]:
    """The copies that left the house, the first one first."""
    lines = [
        CopyLine(
            int(copy.get("number", 0)),
            datetime.fromisoformat(copy["at"]),
            person_name(ws, copy.get("by")),
            ways().get(str(copy.get("way")), ""),
        )
        for copy in ws.journal.records(f"copy/{code}/").values()
    ]
    return tuple(sorted(lines, key=lambda line: (line.number, line.at)))


def signed_copies(ws: Workspace, code: str) -> tuple[SignedLine, ...]:
    """The signed copies that came back, the latest first."""
    lines = [
        SignedLine(uid, file.name, file.hash, day_of(str(record.get("on", ""))), person_name(ws, record.get("by")))
        for uid, record in ws.journal.records(f"signed/{code}/").items()
        if isinstance(file := record.get("file"), Attachment)
    ]
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True))


def day_of(written: str) -> str:
    """A date that was kept, in words."""
    return day(datetime.fromisoformat(written).date()) if written else ""


def _versions_since(ws: Workspace, code: str) -> list[Version]:
    """What was entered in the paper's sources since its last copy left, the latest first.

    Causality decides: an entry that the computer which printed did not know counts as later, whatever its clock.
    """
    record = ws.journal.record(f"paper/{code}")
    knew = _knew(ws, code)
    sort = KINDS.get(str(record.get("sort", "")))
    if sort is None:
        return []
    found = [
        version
        for prefix in sort.sources(ws, str(record.get("of", "")))
        for version in ws.journal.history(prefix, exact=False)
        if version.seq > knew.get(version.device.hex()[:32], 0)
    ]
    found.sort(key=lambda version: version.at, reverse=True)
    return found


def _told(ws: Workspace, of: str, versions: Iterable[Version]) -> tuple[HistoryLine, ...]:
    """The versions that a person can read."""
    if of.startswith("record/"):
        return record_history.lines_of(ws, of, versions)
    return tuple(past.line(ws, version) for version in versions if past.words_of(version))


def _knew(ws: Workspace, code: str) -> dict[str, int]:
    """What the computers knew that printed copies of it: together, for all copies say the same."""
    knew: dict[str, int] = {}
    for copy in ws.journal.records(f"copy/{code}/").values():
        for device, seq in json.loads(copy.get("knew", "{}")).items():
            knew[device] = max(seq, knew.get(device, 0))
    return knew


def find(ws: Workspace, typed: str) -> tuple[tuple[str, str, str], ...]:
    """Record, title and code of the papers whose code or name begins with what was typed."""
    code = read_code(typed)
    if code:
        found = [f"paper/{code}"] if ws.journal.record(f"paper/{code}") else []
    else:
        found = ws.journal.search(fold(typed), ["paper"])
    return tuple((uid, title_of(ws, ws.journal.record(uid)), groups(uid.partition("/")[2])) for uid in found)


def with_standing(ws: Workspace, lines: Iterable[PaperLine]) -> tuple[PaperLine, ...]:
    """The papers, each with what became of it: that it was issued or signed, and whether the records went on since."""
    codes: dict[tuple[str, str], list[str]] = {}
    for uid, record in ws.journal.records("paper/").items():
        codes.setdefault((str(record.get("sort")), str(record.get("of"))), []).append(uid.partition("/")[2])
    return tuple(replace(line, standing=_standing(ws, codes.get((line.kind, line.of), []))) for line in lines)


def _standing(ws: Workspace, codes: list[str]) -> str:
    signed = {code: lines[0] for code in codes if (lines := signed_copies(ws, code))}
    if signed:
        code, line = max(signed.items(), key=lambda pair: pair[1].on)
        told = _("signed on {date}").format(date=line.on)
        return f"{told} · {_('the signed version is older')}" if is_older(ws, code) else told
    return _("issued") if codes else ""


def is_older(ws: Workspace, code: str) -> bool:
    """Did the records go on since, so that the paper would say something else?"""
    record = ws.journal.record(f"paper/{code}")
    return bool(_versions_since(ws, code)) and _digest_now(ws, record) != record.get("digest")


# ---- for the command line -----------------------------------------------------------------------------------------


def as_text(found: Check) -> list[str]:
    """What a check found, line by line."""
    lines = [f"{found.code}  {found.title}".rstrip(), found.said]
    lines += [colon(what, which) for what, which in found.details if which]
    for copy in found.copies:
        told = _("Copy {number}, {way} {moment}").format(number=copy.number, way=copy.way, moment=moment(copy.at))
        lines.append(listed(part for part in (told, copy.by) if part))
    lines += [_("Signed {date}: {file}").format(date=line.on, file=line.file) for line in found.signed]
    lines += [f"  {moment(line.at)}  {line.author}  {colon(line.field_words, line.value)}" for line in found.changes]
    if found.near:
        lines.append(_("Did you mean {codes}?").format(codes=listed(found.near)))
    return lines


def as_json(found: Check) -> dict[str, Any]:
    """What a check found, as plain values."""
    return {
        "code": found.code,
        "outcome": found.outcome.value,
        "said": found.said,
        "title": found.title,
        "of": found.of,
        "copies": [{"number": copy.number, "at": copy.at.isoformat(), "by": copy.by} for copy in found.copies],
        "signed": [{"file": line.file, "on": line.on, "by": line.by} for line in found.signed],
        "changes": [{"what": line.field_words, "by": line.author, "at": line.at.isoformat()} for line in found.changes],
        "near": list(found.near),
    }
