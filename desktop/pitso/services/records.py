"""Records: begun and answered; every answer is one entry of the journal."""

from collections.abc import Callable
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import library, typed
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.editors import editor_of
from pitso.services.filling import Filling, environment
from pitso.services.pictures import prepared
from pitso.services.record_ids import DRAFT, beginning, state_words
from pitso.services.workspace import Workspace, require_author
from pitso.storage.edits import Edit, Put
from pitso.words import _


def begin(ws: Workspace, engagement: str, form: str) -> Change:
    """Begin a record with the version *form* of a form; its defaults and what was noted at the start are kept."""
    require_author(ws)
    read = library.form_of(ws, form)
    record = f"{beginning(engagement, read.id)}{ws.token()}"
    session = read.begin(environment(ws, record, read))
    filling = Filling(ws, record, form, read, session, DRAFT, "", {})
    edits: list[Edit] = []
    if form in library.shipped() and not ws.journal.record(form):
        edits += library.form_edits(form, read, library.xform_of(ws, form))
    edits += [Put(record, "form", form), Put(record, "state", DRAFT), *filling.edits()]
    said = _("A new record was begun: {form}.").format(form=library.title_of(read))
    return ws.record(edits, said=said, made=record)


def answer(filling: Filling, key: str, text: str) -> Change:
    """Keep the answer to one question, with all that a person's answer sets off; an empty one takes it away."""
    may_write(filling)
    label = filling.session.label(key) or filling.session.question(key).name
    return _kept(
        filling,
        lambda: filling.session.answer(key, text),
        _("Answered: {question}").format(question=_short(label)),
    )


def type_answer(filling: Filling, key: str, text: str) -> Change:
    """The same with what a person typed: dates, times and numbers as the form keeps them."""
    return answer(filling, key, typed.kept(editor_of(filling.session.question(key)), text))


def add_row(filling: Filling, series: str) -> Change:
    """Add a row to the repeat at *series*; the change tells its key."""
    may_write(filling)
    added: list[str] = []

    def add() -> None:
        added.append(filling.session.key(filling.session.add_row(series)))

    change = _kept(filling, add, _("A row was added."))
    filling.opened[series] = added[0]
    return change


def remove_row(filling: Filling, row: str) -> Change:
    """Take a row away with all that is in it; undo brings it back."""
    may_write(filling)
    return _kept(filling, lambda: filling.session.remove_row(row), _("A row was taken away."))


def attach(filling: Filling, key: str, name: str, content: bytes) -> Change:
    """Answer a question with a file; a picture is made smaller and loses its place, unless the form asks for it."""
    may_write(filling)
    question = filling.session.question(key)
    name, content = prepared(question, name, content)
    kept_as = f"{Path(name).stem[:60]}-{filling.ws.token()[:6]}{Path(name).suffix.lower()}"
    change = _kept(
        filling,
        lambda: filling.session.answer(key, kept_as),
        _("The file “{file}” was kept.").format(file=name),
        files={key: content},
    )
    filling.stored[key] = filling.ws.journal.record(filling.record)[key]
    return change


def attach_file(filling: Filling, key: str, path: Path) -> Change:
    """The same with the file at *path*; Trouble if it cannot be read."""
    return attach(filling, key, path.name, content_of(path))


def settle(filling: Filling, key: str, value: str) -> Change:
    """Of several answers that were given without knowing each other, this one holds from now on."""
    may_write(filling)
    filling.session.answer(key, value)
    edits = filling.edits()
    if not any(isinstance(edit, Put) and edit.field == key for edit in edits):
        edits.append(Put(filling.record, key, value, filling.is_personal(key)))
    return keep(filling, edits, _("The answer was settled."))


def may_write(filling: Filling) -> None:
    """Trouble if the record may not be answered as it stands."""
    if not filling.editable:
        raise Trouble(
            _("This record is {state}; it is not changed as it stands.").format(state=state_words(filling.state)),
            _("Begin a correction: the version that was finished stays readable."),
        )


def _kept(filling: Filling, work: Callable[[], None], said: str, *, files: dict[str, bytes] | None = None) -> Change:
    """Do *work* on the session and keep what it wrote; if that fails, the session is as it was."""
    before = filling.session.deeds
    work()
    try:
        return keep(filling, filling.edits(files=files), said)
    except Exception:
        while filling.session.deeds > before:
            filling.session.undo()
        filling.session.entries()
        raise


def keep(filling: Filling, edits: list[Edit], said: str, *, undoable: bool = True) -> Change:
    """Keep *edits* of an open record, and note in it that the journal holds them."""
    if filling.trial:
        filling.note(edits)
        return Change(frozenset({"record"}), said, undoable=False)
    change = filling.ws.record(edits, said=said, made=filling.record, undoable=undoable)
    filling.note(edits)
    return change


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
