"""Records and the forms that they are made with: begin one, go on with one, bring a form in, look at one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pitso import words
from pitso.domain.folding import fold
from pitso.services.form_views import FormLine, RecordLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Search
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Tone, Words
from pitso.words import _, listed, ngettext

RECORDS, FORMS = "records", "forms"
TONES: dict[str, Tone] = {"draft": "accent", "final": "done", "signed": "done", "withdrawn": "soft"}


class RecordsPage(Page):
    """The records of the engagement, or the forms that can be filled.

    Signals:
        part_asked: records or forms.
        opened: the id of a record.
        begun: the id of the form that a new record is made with.
        looked: the id of a form to be looked at.
        used: the id of the version that new records are made with from now on.
        brought: the user wants to bring a form in.
    """

    help_page = "records"
    part_asked = Signal(str)
    opened = Signal(str)
    begun = Signal(str)
    looked = Signal(str)
    used = Signal(str)
    brought = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._part = RECORDS
        self._lines: Sequence[RecordLine] = ()
        self._forms: dict[str, FormLine] = {}
        self.parts = Parts([(RECORDS, _("Records")), (FORMS, _("Forms"))], _("Records and forms"))
        self.parts.chosen.connect(self.part_asked)
        self.search = Search(_("Find a record"))
        self.search.textChanged.connect(self._show_records)
        self.add_line(self.parts)
        self.body.addWidget(self.search)
        self.rows = Rows(_("Records"), whole=True)
        self.rows.opened.connect(self.opened)
        self.forms = Rows(_("Forms"), whole=True)
        self.forms.opened.connect(self.begun)
        self.forms.walked.connect(self._walk)
        self.empty = Empty(
            _("No record yet"),
            _("Visits, minutes, agreements and whatever else a form asks for will stand here."),
        )
        for widget in (self.rows, self.forms, self.empty):
            self.body.addWidget(widget)
        self._build_form()
        self.body.addStretch(1)
        self.bring = Button(_("Bring a form in"), icon="folder-open")
        self.new = Button(_("New record"), "main", icon="plus")
        self.bring.clicked.connect(self.brought)
        self.new.clicked.connect(self._new)
        self.foot.addWidget(self.bring)
        self.foot.addStretch(1)
        self.foot.addWidget(self.new)

    def _build_form(self) -> None:
        """What is said of the form that one stands on."""
        self.form = Card()
        self.form_title, self.form_told = Words("", "heading"), Words("", "soft")
        self.look = Button(_("Look at it"), icon="eye")
        self.look.clicked.connect(lambda: self.looked.emit(self.forms.current_id()))
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self.look)
        row.addStretch(1)
        self.versions = Rows(_("Versions"), compact=True, whole=True)
        self.versions.opened.connect(self.used)
        for widget in (self.form_title, self.form_told):
            self.form.column.addWidget(widget)
        self.form.column.addLayout(row)
        self.form.column.addWidget(self.versions)
        self.body.addWidget(self.form)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_part(
        self, part: str, lines: Sequence[RecordLine], forms: Sequence[FormLine], *, engagement: str | None
    ) -> None:
        """Show the records, or the forms, by group; records belong to the *engagement* that is open."""
        self._part = part
        self._lines, self._forms = lines, {form.id: form for form in forms}
        self.show_head(
            _("Records"), place=engagement or "", second="" if engagement else _("Open an engagement first.")
        )
        self.parts.show_part(part)
        self._show_records()
        self.forms.show_rows(list(_form_rows(forms)))
        records = part == RECORDS
        self.forms.setVisible(not records)
        self.search.setVisible(records and bool(lines))
        self.bring.setVisible(not records)
        self.new.setVisible(bool(forms) and engagement is not None)
        self._walk(self.forms.current_id())

    def _show_records(self) -> None:
        wanted = fold(self.search.text()).split()
        found = [line for line in self._lines if all(word in fold(f"{line.name} {line.form_title}") for word in wanted)]
        self.rows.show_rows(list(_record_rows(found)))
        self.rows.setVisible(self._part == RECORDS and bool(found))
        self.empty.setVisible(self._part == RECORDS and not found)

    def _walk(self, identity: str) -> None:
        form = self._forms.get(identity)
        self.form.setVisible(self._part == FORMS and form is not None)
        if form is None:
            return
        self.form_title.show_words(form.title)
        told = [listed(form.languages), *form.limits]
        self.form_told.show_words("\n".join(part for part in told if part))
        self.versions.show_rows(
            [
                Row(
                    version.id,
                    _("Version {number}").format(number=version.version or "–"),
                    detail=_("ships with Pitso") if version.shipped else "",
                    pill=_("for new records") if version.current else "",
                    tone="done",
                )
                for version in form.versions
            ]
        )
        self.versions.setVisible(len(form.versions) > 1)

    # ---- what is said --------------------------------------------------------------------------------------

    def _new(self) -> None:
        if self._part == RECORDS and len(self._forms) == 1:
            self.begun.emit(next(iter(self._forms)))
        elif self._part == RECORDS:
            self.part_asked.emit(FORMS)
        elif self._forms:
            self.begun.emit(self.forms.current_id() or next(iter(self._forms)))

    def search_field(self) -> QWidget | None:
        return self.search if self.search.isVisible() else None

    def first_question(self) -> QWidget | None:
        if self._part == FORMS:
            return self.forms
        return self.rows if self.rows.rows else self.new if self.new.isVisibleTo(self) else self.parts.buttons[RECORDS]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.rows.setFocus()
        else:
            super().keyPressEvent(event)


def _record_rows(lines: Sequence[RecordLine]) -> list[Row]:
    groups: dict[str, list[RecordLine]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    rows = []
    for group, inside in groups.items():
        rows.append(Row("", group))
        rows += [_record_row(line) for line in inside]
    return rows


def _record_row(line: RecordLine) -> Row:
    notes = [line.form_title, line.author, words.moment(line.at)]
    number = line.problems or 0
    left = ngettext("{number} left", "{number} left", number).format(number=words.whole(number))
    under = []
    if line.differing:
        told = ngettext("{number} answer differs", "{number} answers differ", line.differing)
        under.append(told.format(number=words.whole(line.differing)))
    if line.newer_form:
        under.append(_("The form of this draft has a newer version."))
    return Row(
        line.id,
        line.name or line.form_title,
        detail=" · ".join(note for note in notes if note),
        trailing=left if line.problems else "",
        pill=line.state_words,
        tone="warn" if line.differing else TONES.get(line.state, "soft"),
        icon="file-text",
        under=" · ".join(under),
    )


def _form_rows(forms: Sequence[FormLine]) -> list[Row]:
    groups: dict[str, list[FormLine]] = {}
    for form in forms:
        groups.setdefault(form.group, []).append(form)
    rows = []
    for group, inside in groups.items():
        rows.append(Row("", group))
        for form in inside:
            known = ngettext("{number} version", "{number} versions", len(form.versions))
            version = _("Version {number}").format(number=form.version) if form.version else ""
            trailing = known.format(number=words.whole(len(form.versions))) if len(form.versions) > 1 else ""
            rows.append(Row(form.id, form.title, detail=version, trailing=trailing, icon="clipboard-list"))
    return rows
