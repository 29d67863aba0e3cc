"""What the fields of a record were before: who entered what, when, on which computer."""

import hashlib
import json
from typing import Any

from pitso.domain import hlc
from pitso.domain.operation import DELETE
from pitso.domain.policies import Reader, policy
from pitso.domain.readiness.instrument import Stage
from pitso.services import assessments, commitments, contacts, phrases, record_history, teams, thresholds
from pitso.services.views import HistoryLine, WaitingEntry
from pitso.services.workspace import Workspace, device_name, person_name
from pitso.storage.edits import kind_of
from pitso.storage.journal import Attachment, Version
from pitso.words import _, colon


def of_place(
    ws: Workspace, page: str, *, engagement: str = "", assessment: str = "", code: str = ""
) -> tuple[HistoryLine, ...]:
    """Every value that the fields on a page ever had, the latest first.

    Before the reveal only the own ratings of whoever writes here: another's are hidden in every view.
    """
    if page == "form":
        return record_history.of_question(ws, code)
    prefixes = _prefixes(ws, page, engagement, assessment, code)
    versions = [version for prefix in prefixes for version in ws.journal.history(prefix, exact=False)]
    versions.sort(key=lambda version: version.at, reverse=True)
    return tuple(line(ws, version) for version in versions if words_of(version))


def _prefixes(ws: Workspace, page: str, engagement: str, assessment: str, code: str) -> list[str]:
    if page == "rating":
        loaded = assessments.load(ws, assessment)
        own = next((rater.id for rater in loaded.raters if rater.person == ws.author), "")
        rater = own.rpartition("/")[2]
        return [f"rating/{loaded.key}/{rater}/{code}", f"evidence/{loaded.key}/{rater}/{code}/"] if own else []
    if page in ("consensus", "readiness") and assessment:
        key = assessments.load(ws, assessment).key
        agreed = [f"agreed/{key}/{code}", f"response/{key}/{code}"]
        return agreed if code else [*agreed, commitments.of_precondition(assessment, ""), assessment]
    if page == "people":
        name = f"name/{code.partition('/')[2]}/"
        return [code, name] if code else ["person/", "organisation/", "name/"]
    if page in ("election", "count") and code:
        of = code.partition("/")[2] if code.startswith("contest/") else code.partition("/")[2].rpartition("/")[0]
        return [f"{kind}/{of}" for kind in ("contest", "nomination", "round", "lot", "objection", "result", "office")]
    key = engagement.partition("/")[2]
    if page == "days":
        return [f"threshold/{key}/"]
    if page in ("commitments", "contacts"):
        return [code or f"{page.removesuffix('s')}/{key}/"]
    return [engagement, f"member/{key}/", f"assessment/{key}/"] if engagement else []


def line(ws: Workspace, version: Version) -> HistoryLine:
    """One value that a field had, told to a person."""
    of = subject(ws, version)
    named = words_of(version)
    return HistoryLine(
        field_words=colon(of, named) if of else named,
        value=told(ws, version),
        author=person_name(ws, version.author),
        device=device_name(ws, version.device),
        at=version.at.astimezone(),
        current=version.current,
    )


def waiting_entry(
    ws: Workspace, stamp: int, kind: str, entity: str, field: str, value: Any, author: str
) -> WaitingEntry:
    """An entry that waits, in words; what stays in the team, such as a single rating, is not shown."""
    if isinstance(value, dict) and "detached" in value and "name" not in value:
        content = ws.journal.body(value["detached"]) if policy(entity, field).reader is not Reader.TEAM else None
        value = json.loads(content) if content is not None else _("text or file")
    version = Version(entity, field, value, author, b"", 0, hlc.moment(stamp), current=False)
    said = value["name"] if isinstance(value, dict) and "name" in value else told(ws, version)
    return WaitingEntry(
        what=words_of(version) or f"{kind_of(entity)} {field}".strip(),
        value=_("deleted") if kind == DELETE else said,
        author=person_name(ws, author),
        at=version.at.astimezone(),
    )


def subject(ws: Workspace, version: Version) -> str:
    """What the field is of, where the page shows several."""
    parts = version.entity.split("/")
    if parts[0] == "record":
        return record_history.subject(ws, version)
    if parts[0] in ("agreed", "response"):
        return parts[-1]
    if parts[0] in ("person", "organisation"):
        return str(ws.journal.record(version.entity).get("name") or "")
    if parts[0] == "name":
        return str(ws.journal.record(f"organisation/{parts[1]}").get("name") or "")
    if parts[0] == "threshold":
        return thresholds.named().get(parts[2], ("", ""))[1]
    if parts[0] == "member":
        return person_name(ws, ws.journal.record(version.entity).get("person"))
    return str(ws.journal.record(version.entity).get("title") or "") if parts[0] == "assessment" else ""


def words_of(version: Version) -> str:
    """What the field is called, or nothing for a field of the program's own."""
    if kind_of(version.entity) == "record" and version.field.startswith("/"):
        return _("Answer")
    return {
        "device.name": _("Name of the computer"),
        "rating.level": _("Rating"),
        "rating.level_after_reveal": _("Rating after the reveal"),
        "rating.reason": _("Reason"),
        "rating.note": _("Note"),
        "evidence.grade": _("Grade of the evidence"),
        "evidence.text": _("Evidence"),
        "evidence.file": _("File"),
        "agreed.agreed": _("Agreed"),
        "response.text": _("The hosts"),
        "assessment.title": _("Title"),
        "assessment.stage": _("Stage"),
        "assessment.held_on": _("Date"),
        "assessment.revealed": _("Revealed"),
        "assessment.closed": _("Closed"),
        "contact.subject": _("Subject"),
        "contact.subject_within_team": _("Subject"),
        "contact.summary": _("What was said"),
        "contact.summary_within_team": _("What was said"),
        "contact.answer_by": _("Needs an answer by"),
        "contact.outcome": _("What came of it"),
        "contact.file": _("File"),
        "contact.file_within_team": _("File"),
        "commitment.text": _("What shall be done"),
        "commitment.owner": _("Who sees to it"),
        "commitment.due": _("By when"),
        "commitment.importance": _("Importance"),
        "commitment.side": _("Side"),
        "commitment.state": _("State"),
        "commitment.proof": _("What shows that it was done"),
        "threshold.days": _("Days"),
        "record.state": _("State"),
        "record.name": _("Name"),
        "engagement.title": _("Title"),
        "engagement.country": _("Host country"),
        "engagement.host": _("Host side"),
        "engagement.supporting": _("Supporting association"),
        "engagement.coordinating": _("Coordinating office"),
        "member.person": _("Person"),
        "member.role": _("Role"),
        "person.name": _("Name"),
        "election.rules": _("Rules adopted"),
        "contest.order_drawn": _("Order on the paper"),
        "nomination.ruling": _("Ruling"),
        "nomination.withdrawn": _("Withdrawn"),
        "round.opened": _("Opening of the vote"),
        "round.figures": _("Figures"),
        "round.account": _("Account of the papers"),
        "round.in_box": _("Papers in the box"),
        "round.void": _("The round does not count"),
        "box.papers": _("Entry of the papers"),
        "box.sorted": _("Sorted papers"),
        "lot.drawn": _("Lot"),
        "objection.text": _("The objection"),
        "objection.ruling": _("Ruling"),
        "result.declared": _("Declaration"),
        "office.accepted": _("Acceptance and handover"),
        "person.role": _("Role"),
        "person.consent": _("May be named"),
        "person.consent_photo": _("May be shown"),
        "person.consent_quote": _("May be quoted"),
        "tenure.post": _("Post"),
        "tenure.since": _("since"),
        "tenure.until": _("until"),
        "person.organisation": _("Body"),
        "organisation.name": _("Name"),
        "organisation.kind": _("Kind"),
        "organisation.category": _("Type of council"),
        "organisation.district": _("District or region"),
        "organisation.seats": _("Seats"),
        "name.text": _("Another name"),
        "name.from": _("valid from"),
        "name.to": _("valid to"),
    }.get(f"{kind_of(version.entity)}.{version.field}", "")


def told(ws: Workspace, version: Version) -> str:
    """What the version says, in words."""
    value: Any = version.value
    if version.erased:
        return _("erased")
    if kind_of(version.entity) == "record":
        return record_history.told(ws, version)
    if value is None:
        return _("nothing")
    if isinstance(value, Attachment):
        return value.name
    if kind_of(version.entity) == "commitment":
        return commitments.version_words(version.field, value) or person_name(ws, value)
    if version.field == "outcome" and kind_of(version.entity) == "contact":
        return contacts.outcomes().get(value.get("outcome"), "")
    if version.field == "papers" and kind_of(version.entity) == "box":
        return _("SHA-256 {digest}").format(digest=hashlib.sha256(str(value).encode()).hexdigest()[:16])
    if isinstance(value, dict):
        return _told_together(ws, value)
    if version.field in ("level", "level_after_reveal"):
        return phrases.level(value)
    if version.field == "stage":
        return phrases.stage(Stage(value))
    if version.field == "role" and kind_of(version.entity) == "member":
        return dict(teams.roles()).get(value, str(value))
    if isinstance(value, str) and kind_of(value) in ("person", "organisation"):
        return str(ws.journal.record(value).get("name") or value)
    return str(value)


def _told_together(ws: Workspace, value: dict[str, Any]) -> str:
    """An agreed rating with its grade and reason; or an act, by whom it was done."""
    if "rating" not in value:
        return _act(ws, value)
    grade = f" ({value['evidence']})" if value.get("evidence") else ""
    reason = f": {value['reason']}" if value.get("reason") else ""
    return f"{phrases.level(value['rating'])}{grade}{reason}"


def _act(ws: Workspace, value: dict[str, Any]) -> str:
    """What was done, as far as it tells: its figures, who is named in it, by whom and on which computer."""
    figures = ("printed", "issued", "handed_back", "not_returned", "unused", "valid", "blank", "present")
    told = [f"{value[name]}" for name in figures if isinstance(value.get(name), int)]
    names = value.get("names") or value.get("order") or ()
    told += [str(name) for name in names if kind_of(str(name)) != "nomination"]
    told += [str(value[name]) for name in ("ruling", "reason", "computer") if value.get(name)]
    by = value.get("by")
    told.append(person_name(ws, by) if isinstance(by, str) else "")
    return " · ".join(part for part in told if part)
