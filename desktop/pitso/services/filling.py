"""A record that is open: its session, what the journal holds of it, and the way from the one to the other.

A record is an entity `record/<engagement>/<form>/<token>`. Its fields `form`, `state` and `name` are the program's; a
field that begins with a slash is an answer, named by its path with the ids of rows in braces, and one that ends with a
brace is a row, whose value says where it stands among its sisters. What can be worked out again is not kept.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pitso.domain.trouble import Trouble
from pitso.services import assessments, consensus, library, thresholds
from pitso.services.record_ids import DRAFT, WITHDRAWN, beginning, engagement_of, unmarked
from pitso.services.workspace import NOBODY, Workspace
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment
from pitso.words import _, listed
from pitso.xforms import Answers, Entry, Environment, Form, Session

if TYPE_CHECKING:
    from pitso.services.form_pages import Pages

BEFORE_ALL = 0
AFTER_ALL = 2**52

_ID = re.compile(r"\{[^}]*\}")

_PERSONAL_KINDS = frozenset({"username", "email", "phonenumber"})


@dataclass
class Filling:
    """One record that somebody has open.

    ``stored`` holds the answers and rows as the journal has them, ``differing`` the fields for which it holds several
    answers that were given without knowing each other. ``opened`` remembers which row of each table is open.
    """

    ws: Workspace
    record: str
    form_uid: str
    form: Form
    session: Session
    state: str
    name: str
    stored: dict[str, Any]
    differing: frozenset[str] = frozenset()
    opened: dict[str, str] = field(default_factory=dict)
    revision: str = ""
    """The record of the earlier version that is looked at; empty for the record itself."""
    trial: bool = False
    """A look at a form: what is answered is kept nowhere."""
    pages: "Pages | None" = None
    """The pages that the form lies on, with how far they are (see `form_pages`)."""
    cells: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each row tells in its table, by its key."""

    @cached_property
    def media(self) -> Mapping[str, bytes]:
        """The pictures that labels show, by the names of their files."""
        return dict(library.media_of(self.ws, self.form_uid))

    @property
    def editable(self) -> bool:
        """May it be answered as it stands?"""
        return self.state == DRAFT and not self.revision and not self.ws.journal.file.read_only

    def every_key(self) -> frozenset[str]:
        """The keys of all questions that there are now, those in rows included."""
        return frozenset(self.session.key(path) for path in self.session.paths())

    def is_personal(self, key: str) -> bool:
        """Is the answer at *key* about a person, so that it is kept apart?"""
        question = self.form.plan.questions.get(unmarked(key))
        if question is None:
            return False
        return question.kind in _PERSONAL_KINDS or question.attributes.get("pitso:personal", "no") not in ("", "no")

    def file(self, key: str) -> Attachment | None:
        """The file that answers the question at *key*."""
        held = self.stored.get(key)
        return held if isinstance(held, Attachment) else None

    def edits(self, *, files: Mapping[str, bytes] | None = None) -> list[Edit]:
        """What the session wrote since this was last asked, as edits of the journal; *files* by their keys."""
        found: list[Edit] = []
        for entry in self.session.entries():
            content = (files or {}).get(entry.key)
            if entry.key.endswith("}"):
                found += self._row(entry)
            elif content is not None:
                found.append(Attach(self.record, entry.key, entry.after or "", content, self.is_personal(entry.key)))
            else:
                found.append(Put(self.record, entry.key, entry.after or "", self.is_personal(entry.key)))
        if self.session.name != self.name:
            found.append(Put(self.record, "name", self.session.name))
        return _without_gone(found)

    def _row(self, entry: Entry) -> list[Edit]:
        if entry.after is not None:
            series = entry.key[: entry.key.rindex("{")]
            at = [order for key, order in self.stored.items() if _is_row_of(key, series) and isinstance(order, int)]
            place = max(at, default=BEFORE_ALL) + 1
            self.stored[entry.key] = place
            return [Put(self.record, entry.key, place)]
        gone = [key for key in self.stored if key == entry.key or key.startswith(f"{entry.key}/")]
        return [Put(self.record, key, None) for key in gone]

    def note(self, edits: Iterable[Edit]) -> None:
        """The journal holds these *edits* now."""
        for edit in edits:
            if not isinstance(edit, Put | Attach) or edit.entity != self.record:
                continue
            if edit.field == "name":
                self.name = str(edit.value if isinstance(edit, Put) else "")
            elif edit.field == "state":
                self.state = str(edit.value if isinstance(edit, Put) else "")
            elif isinstance(edit, Attach):
                pass  # its hash is known only to the journal; `records.attach` looks again
            elif edit.value is None:
                self.stored.pop(edit.field, None)
            else:
                self.stored[edit.field] = edit.value
            self.differing -= {edit.field}


def _is_row_of(key: str, series: str) -> bool:
    return key.startswith(f"{series}{{") and key.endswith("}") and "/" not in key[len(series) :]


def _without_gone(edits: list[Edit]) -> list[Edit]:
    """An answer in a row that went in the same deed is written once: as gone."""
    last: dict[str, Edit] = {}
    for edit in edits:
        if isinstance(edit, Put | Attach) and not (edit.field in last and _clears(last[edit.field])):
            last[edit.field] = edit
    return list(last.values())


def _clears(edit: Edit) -> bool:
    return isinstance(edit, Put) and edit.value is None


# ---- from the journal ---------------------------------------------------------------------------------------------


def open_record(ws: Workspace, record: str) -> Filling:
    """The record as the journal holds it now; Trouble if it, or its form, is not here."""
    held = ws.journal.record(record)
    if "form" not in held:
        raise Trouble(_("This record is not here."), _("Receive the bundle of the team that began it."))
    form_uid = str(held["form"])
    form = library.form_of(ws, form_uid)
    stored = {name: value for name, value in held.items() if name.startswith("/")}
    session = form.resume(answers_of(form, stored), environment(ws, record, form))
    session.deprecated_id = str(held.get("deprecated") or "")
    return Filling(
        ws=ws,
        record=record,
        form_uid=form_uid,
        form=form,
        session=session,
        state=str(held.get("state", DRAFT)),
        name=str(held.get("name") or ""),
        stored=stored,
        differing=frozenset(name for _uid, name in ws.journal.differing(record) if _uid == record),
    )


def open_trial(ws: Workspace, engagement: str, form_uid: str) -> Filling:
    """A form as it would be filled; what is answered in it is kept nowhere."""
    form = library.form_of(ws, form_uid)
    record = f"{beginning(engagement, form.id)}trial"
    session = form.begin(environment(ws, record, form))
    filling = Filling(ws, record, form_uid, form, session, DRAFT, "", {}, trial=True)
    filling.note(filling.edits())
    return filling


def answers_of(form: Form, stored: Mapping[str, Any]) -> Answers:
    """The state of a record from its fields.

    A row is there while its own field or any answer in it is: an answer that was given without knowing that the row
    was taken away brings it back.
    """
    places: dict[str, int] = {}
    values: dict[str, str] = {}
    for key, value in stored.items():
        if key.endswith("}"):
            places[key] = value if isinstance(value, int) else AFTER_ALL
        elif value is not None:
            values[key] = value.name if isinstance(value, Attachment) else str(value)
    for key in values:
        for end in (at.end() for at in _ID.finditer(key)):
            places.setdefault(key[:end], AFTER_ALL)
    rows: dict[str, list[str]] = {}
    for key in sorted(places, key=lambda key: (places[key], key)):
        series, _brace, identity = key[:-1].rpartition("{")
        rows.setdefault(series, []).append(identity)
    counted = {group.path for group in form.groups if group.count}
    for series, identities in rows.items():
        if unmarked(series) in counted:
            rows[series] = _numbered(identities)
    return Answers({series: tuple(identities) for series, identities in rows.items()}, {}, values)


def _numbered(identities: list[str]) -> list[str]:
    """The rows that a count makes are called 1, 2, 3 ...; those without an answer are among them."""
    last = max((int(identity) for identity in identities if identity.isdigit()), default=0)
    return [str(number) for number in range(1, last + 1)]


# ---- what a session takes from outside ----------------------------------------------------------------------------


def environment(ws: Workspace, record: str, form: Form) -> Environment:
    """The world around a session: clock, chance, this computer, who writes, and the registers as live lists."""
    author = ws.journal.record(ws.author) if ws.author else {}
    device = {
        "deviceid": ws.journal.device.hex()[:16],
        "username": str(author.get("name") or ""),
        "email": str(author.get("email") or ""),
        "phonenumber": str(author.get("phone") or ""),
    }
    return Environment(
        clock=lambda: ws.clock().astimezone(),
        random=lambda: int(ws.token(), 16) / 2 ** (4 * len(ws.token())),
        uuid=lambda: new_uuid(ws),
        device=device,
        lists=live_lists(ws, engagement_of(record), form),
        last_saved=_last_saved(ws, record, form),
    )


def new_uuid(ws: Workspace) -> str:
    """A version 4 UUID from the names that the workspace gives."""
    return str(uuid.UUID(int=int((ws.token() + ws.token())[:32].ljust(32, "0"), 16), version=4))


Rows = list[dict[str, str]]


def live_lists(ws: Workspace, engagement: str, form: Form) -> dict[str, Callable[[], Rows]]:
    """Lists that are read from the workspace whenever a session asks.

    `person`, `organisation` and `council` from the registers, `assessment`, `days` and the records of its own or a
    shipped form, by its identifier, from the engagement, and every list that forms of others keep entities in.
    """
    found: dict[str, Callable[[], Rows]] = {}
    for identity in form.files:
        if identity == "person":
            found[identity] = lambda: _persons(ws)
        elif identity in ("organisation", "council"):
            found[identity] = _bodies(ws, councils=identity == "council")
        elif identity == form.id:
            found[identity] = _records_of(ws, engagement, identity)
        elif identity not in form.plan.missing:
            continue  # the form brought a file of that name
        elif identity == library.ASSESSMENTS:
            found[identity] = lambda: _assessments(ws, engagement)
        elif identity == library.DAYS:
            found[identity] = lambda: _days(ws, engagement)
        elif identity in library.lists_at_hand():
            found[identity] = _records_of(ws, engagement, identity)
        else:
            found[identity] = _entities(ws, identity)
    return found


def _persons(ws: Workspace) -> Rows:
    persons = ws.journal.records("person/")
    bodies = ws.journal.records("organisation/", fields=["name"])
    rows = [
        {
            "name": uid,
            "label": str(person.get("name") or ""),
            "role": str(person.get("role") or ""),
            "organisation": str(person.get("organisation") or ""),
            "organisation_name": str(bodies.get(str(person.get("organisation")), {}).get("name") or ""),
        }
        for uid, person in persons.items()
        if uid != NOBODY
    ]
    return sorted(rows, key=lambda row: row["label"].casefold())


def _bodies(ws: Workspace, *, councils: bool) -> Callable[[], Rows]:
    def rows() -> Rows:
        found = [
            {"name": uid, "label": str(body.get("name") or ""), "kind": str(body.get("kind") or "")}
            for uid, body in ws.journal.records("organisation/").items()
            if not councils or body.get("kind") == "council"
        ]
        return sorted(found, key=lambda row: row["label"].casefold())

    return rows


def _records_of(ws: Workspace, engagement: str, form_id: str) -> Callable[[], Rows]:
    def rows() -> Rows:
        held = ws.journal.records(beginning(engagement, form_id), fields=["name", "state"])
        return [
            {"name": uid, "label": str(record.get("name") or ""), "state": str(record.get("state") or "")}
            for uid, record in held.items()
            if record.get("state") != WITHDRAWN
        ]

    return rows


def _assessments(ws: Workspace, engagement: str) -> Rows:
    """The assessments, each with the codes of what hosts and peers see two levels apart once that is revealed."""
    return [
        {
            "name": assessment.id,
            "label": assessment.title,
            "held_on": assessment.held_on.isoformat(),
            "differs": listed(consensus.told_apart(ws, assessment)),
        }
        for assessment in assessments.in_order(ws, engagement)
    ]


def _days(ws: Workspace, engagement: str) -> Rows:
    """How many days each warning of the engagement waits, such as those in which the report of a visit is due."""
    holds = thresholds.settings(ws, engagement)
    return [{"name": name, "days": str(getattr(holds, name))} for name in thresholds.named()]


def entities_of(identity: str) -> str:
    """What the ids of the entities in a list of another form begin with."""
    return f"entity/{quote(identity, safe='')}/"


def _entities(ws: Workspace, identity: str) -> Callable[[], Rows]:
    def rows() -> Rows:
        return [
            {"name": uid.rpartition("/")[2], **{name: str(value) for name, value in entity.items()}}
            for uid, entity in ws.journal.records(entities_of(identity)).items()
        ]

    return rows


def _last_saved(ws: Workspace, record: str, form: Form) -> bytes | None:
    """The submission of the record of this form that was changed last, where the form asks for it."""
    if "" not in form.plan.missing.values():
        return None
    found = ws.journal.file.rows(
        "SELECT entity.uid FROM op JOIN entity ON entity.id = op.entity WHERE entity.uid BETWEEN ? AND ? "
        "AND entity.uid <> ? GROUP BY entity.id ORDER BY max(op.hlc) DESC LIMIT 1",
        (
            beginning(engagement_of(record), form.id),
            beginning(engagement_of(record), form.id) + "\U0010ffff",
            record,
        ),
    )
    if not found:
        return None
    held = {name: value for name, value in ws.journal.record(found[0][0]).items() if name.startswith("/")}
    lists = live_lists(ws, engagement_of(record), form)
    return form.resume(answers_of(form, held), Environment(lists=lists)).submission()
