"""Carrying a draft over to another version of its form: answers go by the names of questions, misfits are told.

Nothing is lost: an answer that has no place in the newer form stays in the journal under its former name.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from pitso.services import library
from pitso.services.change import Change
from pitso.services.filling import Filling, answers_of, environment
from pitso.services.form_views import ProblemLine
from pitso.services.record_ids import DRAFT, form_id_of, unmarked
from pitso.services.records import keep, may_write
from pitso.storage.edits import Edit, Put, Restore
from pitso.storage.journal import Attachment
from pitso.words import _, colon, ngettext
from pitso.xforms import Form, Session

_STEP = re.compile(r"/([^/{]+)(?:\{([^}]*)\})?")


@dataclass(frozen=True)
class Carried:
    """A draft as it would be with the newer form, and what did not fit."""

    form_uid: str
    moved: dict[str, str]
    """For each answer and row its key in the newer form, where that is another one."""
    misfits: tuple[ProblemLine, ...]
    """The key in the former form, the question, and why its answer does not fit."""


def carried(filling: Filling) -> Carried:
    """Try the newer version of the form with the answers of the draft; nothing is kept yet."""
    uid = library.current(filling.ws, form_id_of(filling.record))
    newer = library.form_of(filling.ws, uid)
    moved: dict[str, str] = {}
    stored: dict[str, Any] = {}
    misfits: list[ProblemLine] = []
    for key, value in filling.stored.items():
        target = _place_in(newer, key)
        if target is not None:
            stored[target] = value
            if target != key:
                moved[key] = target
        elif value not in ("", None) and not key.endswith("}") and _was_asked(filling.form, key):
            misfits.append(_misfit(filling, key, value, _("The newer form does not ask this.")))
    session = newer.resume(answers_of(newer, stored), environment(filling.ws, filling.record, newer))
    for key, value in filling.stored.items():
        target = moved.get(key, key)
        if not key.endswith("}") and target in stored and value not in ("", None):
            why = _refused(session, newer, target)
            if why:
                misfits.append(_misfit(filling, key, value, why))
    return Carried(uid, moved, tuple(misfits))


def _was_asked(form: Form, key: str) -> bool:
    question = form.plan.questions.get(unmarked(key))
    return question is not None and bool(question.control)


def _misfit(filling: Filling, key: str, value: object, why: str) -> ProblemLine:
    question = filling.form.plan.questions.get(unmarked(key))
    label = question.label(filling.session.language) if question is not None else key
    told = value.name if isinstance(value, Attachment) else str(value)
    return ProblemLine(key, label or key, colon(told, why))


def _refused(session: Session, form: Form, key: str) -> str:
    """Why the newer form does not take an answer as it stands, or nothing."""
    question = form.plan.questions.get(unmarked(key))
    if question is None or not question.control:
        return ""
    if question.kind in ("select_one", "select_multiple", "rank"):
        kept = session.kept(key)
        names = [kept] if question.kind == "select_one" else kept.split()
        offered = all(session.option_label(key, name) for name in names)
        return "" if offered else _("It is not one of the choices any more.")
    problem = session.problem(key)
    return problem.message if problem is not None and problem.kind in ("type", "constraint") else ""


def _place_in(form: Form, key: str) -> str | None:
    """The key in *form* of what stands at *key* in another version of it; None where it has no place."""
    steps = _STEP.findall(key)
    rows = {name: identity for name, identity in steps if identity}
    name = steps[-1][0]
    if key.endswith("}"):
        paths = [group.path for group in form.groups if group.kind == "repeat" and group.name == name]
    else:
        paths = [question.path for question in form.questions if question.name == name]
    path = unmarked(key) if unmarked(key) in paths else paths[0] if len(paths) == 1 else None
    if path is None:
        return None
    repeats = {group.path for group in form.groups if group.kind == "repeat"}
    needed = [repeat for repeat in repeats if path == repeat or path.startswith(f"{repeat}/")]
    if {repeat.rpartition("/")[2] for repeat in needed} != set(rows):
        return None
    found, so_far = "", ""
    for step in path.split("/")[1:]:
        so_far += f"/{step}"
        found += f"/{step}{{{rows[step]}}}" if so_far in repeats else f"/{step}"
    return found


def carry_over(filling: Filling, report: Carried) -> Change:
    """Move the draft to the newer version of its form."""
    may_write(filling)
    edits: list[Edit] = [Put(filling.record, "form", report.form_uid), Put(filling.record, "state", DRAFT)]
    for key, target in report.moved.items():
        value = filling.stored[key]
        if isinstance(value, Attachment):
            held = {"detached": value.hash, "name": value.name, "size": value.size}
            edits.append(Restore(filling.record, target, json.dumps(held, ensure_ascii=False, separators=(",", ":"))))
        else:
            edits.append(Put(filling.record, target, value, filling.is_personal(key)))
        edits.append(Put(filling.record, key, None))
    number = len(report.misfits)
    said = ngettext("{number} answer did not fit.", "{number} answers did not fit.", number).format(number=number)
    return keep(filling, edits, said if number else _("The draft uses the newer version of its form."))
