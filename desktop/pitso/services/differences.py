"""Values that were written in two places without knowing each other: side by side, and what a person decides."""

import json
from collections.abc import Sequence

from pitso.domain.trouble import Trouble
from pitso.services import past, record_history, trust
from pitso.services.change import Change
from pitso.services.differing import fields
from pitso.services.views import Difference, Side
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Edit, Put, Restore, Settle, kind_of
from pitso.storage.journal import Attachment, Version
from pitso.words import _, colon


def differences(ws: Workspace) -> tuple[Difference, ...]:
    """Every field with several values, contested facts first; each value with who, when, where."""
    contested = set(ws.journal.contested(""))
    found = [_difference(ws, entity, field, contested=(entity, field) in contested) for entity, field in fields(ws)]
    return tuple(sorted(found, key=lambda difference: not difference.contested))


def _difference(ws: Workspace, entity: str, field: str, *, contested: bool) -> Difference:
    versions = _sides(ws, entity, field)
    shown = versions[0]
    of = past.subject(ws, shown)
    named = past.words_of(shown) or f"{kind_of(entity)} {field}"
    return Difference(
        entity=entity,
        field=field,
        what=colon(of, named) if of else named,
        contested=contested,
        sides=tuple(
            Side(
                value=past.told(ws, version),
                author=person_name(ws, version.author),
                device=trust.name_of(ws, version.device),
                at=version.at.astimezone(),
                shown=not contested and place == 0,
            )
            for place, version in enumerate(versions)
        ),
        words_said=_words_said(ws, entity, field),
        third=not contested and all(isinstance(version.value, str) for version in versions),
    )


def _sides(ws: Workspace, entity: str, field: str) -> list[Version]:
    """The values side by side, the one that is shown first; equal ones once."""
    seen: dict[str, Version] = {}
    for version in ws.journal.heads(entity, field):
        if version.kind != "settle":
            seen.setdefault(repr(version.value), version)
    return list(seen.values())


def _words_said(ws: Workspace, entity: str, field: str) -> tuple[str, ...]:
    """Who has said already which of several contested values counts."""
    return tuple(
        _("{name}: {value}, because {reason}").format(
            name=person_name(ws, version.author), value=past.told(ws, version), reason=version.reason
        )
        for version in ws.journal.heads(entity, field)
        if version.kind == "settle"
    )


def choose(ws: Workspace, entity: str, field: str, place: int) -> Change:
    """Let the value at this *place* hold; the others stay in the history."""
    version = _side(ws, entity, field, place)
    said = _("“{value}” holds now; the other value stays in the history.").format(value=past.told(ws, version))
    return ws.record([_again(ws, version)], said=said)


def _side(ws: Workspace, entity: str, field: str, place: int) -> Version:
    sides: Sequence[Version] = _sides(ws, entity, field)
    if len(sides) < 2 or not 0 <= place < len(sides):
        raise Trouble(_("This has been settled meanwhile."), _("Look at the list again."))
    return sides[place]


def _again(ws: Workspace, version: Version) -> Edit:
    value = version.value
    if isinstance(value, Attachment):
        told = {"detached": value.hash, "name": value.name, "size": value.size}
        return Restore(version.entity, version.field, json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    personal = record_history.is_personal(ws, version.entity, version.field)
    return Put(version.entity, version.field, value, personal)


def write_third(ws: Workspace, entity: str, field: str, text: str) -> Change:
    """Let a third text hold in place of several; all stay in the history."""
    text = text.strip()
    if not text:
        raise Trouble(_("Nothing was written."), _("Write what shall hold, or choose one of the values."))
    _side(ws, entity, field, 0)
    edit = Put(entity, field, text, record_history.is_personal(ws, entity, field))
    return ws.record([edit], said=_("“{value}” holds now.").format(value=text))


def settle(ws: Workspace, entity: str, field: str, place: int, reason: str) -> Change:
    """One person's word on a contested fact: it holds once another person says the same, knowing the same values."""
    require_author(ws)
    if not reason.strip():
        raise Trouble(_("The reason is missing."), _("Write why this value counts: it is printed with the result."))
    version = _side(ws, entity, field, place)
    edit = Settle(entity, field, version.value, reason.strip())
    said = _("Your word was kept. It holds when a second person says the same.")
    if any(word.author != ws.author for word in ws.journal.heads(entity, field) if word.kind == "settle"):
        said = _("Your word was kept beside that of the other.")
    return ws.record([edit], said=said)
