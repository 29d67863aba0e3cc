"""Who belongs: the office's list of computers, and how another one comes to stand on it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pitso.services.views import Asked, RosterView, SeatLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, listed


class MembersPage(Page):
    """Shows who belongs; at the office one invites, admits and revokes, elsewhere one joins.

    Signals:
        invited: name of the person, list of roles.
        request_asked: the office opens a request that came.
        admitted: the six words that were read out.
        join_asked: the user opens an invitation of the office.
        code_scanned: what the square code of a printed invitation says.
        revoked: the device that nothing more is believed of.
        begun: an office whose former computer is gone begins a new list.
    """

    help_page = "members"
    invited = Signal(str, list)
    request_asked = Signal()
    admitted = Signal(str)
    join_asked = Signal()
    code_scanned = Signal(str)
    revoked = Signal(str)
    begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keeps = False
        self.own = Card("soft")
        self.own.column.addWidget(Words(_("The six words of this computer"), "strong"))
        self.own_words = Words("", "heading")
        self.own_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.own.column.addWidget(self.own_words)
        self.own_told = Words("", "small")
        self.own.column.addWidget(self.own_told)
        self.rows = Rows(_("Who belongs"), whole=True)
        self.rows.opened.connect(self._open)
        self.nobody = Empty(_("No office keeps a list yet"), "")
        self.scanned = Entry(_("Or scan the square code of a printed invitation"))
        self.scanned.returnPressed.connect(self._scan)
        self.scan_field = Field(_("Or scan the square code of a printed invitation"), self.scanned)
        self.body.addWidget(self.own)
        self._build_astray()
        self.body.addWidget(self.rows)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.scan_field)
        self._build_lost()
        self._build_invitation()
        self._build_request()
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self._close)
        self.join = Button(_("Join the office"), "main", icon="landmark", hint=_("Open the invitation that came"))
        self.join.clicked.connect(self.join_asked)
        self.open_request = Button(_("Open a request"), icon="inbox")
        self.open_request.clicked.connect(self.request_asked)
        self.invite = Button(_("Invite a computer"), "main", icon="plus")
        self.invite.clicked.connect(self._invite)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        for button in (self.open_request, self.join, self.invite):
            self.foot.addWidget(button)

    def _build_astray(self) -> None:
        self.astray = Card("warn")
        self.astray_words = Words("", "strong")
        self.begin = Button(_("Begin a new list"), icon="plus")
        self.begin.clicked.connect(self.begun)
        self.astray.column.addWidget(self.astray_words)
        self.astray.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.astray)
        self.astray.hide()

    def _build_lost(self) -> None:
        self.lost = Card("warn")
        self.lost_words = Words("", "strong")
        self.lost_told = Words(
            _("If it was lost or stolen: what it wrote later is set aside from now on. What is held already stays.")
        )
        self.revoke = Button(_("Believe nothing more of it"), icon="lock")
        self.revoke.clicked.connect(lambda: self.revoked.emit(self.rows.current_id()))
        for widget in (self.lost_words, self.lost_told):
            self.lost.column.addWidget(widget)
        self.lost.column.addWidget(self.revoke, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.lost)
        self.lost.hide()

    def _build_invitation(self) -> None:
        self.invitation = Card()
        self.holder = Entry(_("For whom"))
        self.holder_field = Field(_("For whom"), self.holder, hint=_("The person who has the computer."))
        self.roles: dict[str, QCheckBox] = {}
        self.role_boxes = QVBoxLayout()
        self.role_boxes.setSpacing(theme.XS)
        self.roles_fault = Words("", "fault")
        self.roles_fault.hide()
        self.invitation.column.addWidget(self.holder_field)
        self.invitation.column.addWidget(Words(_("What is done at that computer"), "strong"))
        self.invitation.column.addLayout(self.role_boxes)
        self.invitation.column.addWidget(self.roles_fault)
        self.body.addWidget(self.invitation)
        self.invitation.hide()

    def _build_request(self) -> None:
        self.request = Card()
        self.asks, self.asks_roles = Words("", "heading"), Words("", "soft")
        self.six = Entry(_("The six words"))
        self.six_field = Field(
            _("The six words"),
            self.six,
            hint=_("Call the holder and type the words that you hear. Do not admit a message."),
        )
        for widget in (self.asks, self.asks_roles, self.six_field):
            self.request.column.addWidget(widget)
        self.admit = Button(_("Admit"), "main", icon="check")
        self.admit.clicked.connect(lambda: self.admitted.emit(self.six.text()))
        self.request.column.addWidget(self.admit, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.request)
        self.request.hide()

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_roles(self, roles: Sequence[tuple[str, str]]) -> None:
        """Offer the roles that a computer may have, as (code, words)."""
        for code, told in roles:
            box = QCheckBox(told)
            self.roles[code] = box
            self.role_boxes.addWidget(box)

    def show_members(self, view: RosterView) -> None:
        """Show who belongs."""
        self._keeps = view.keeps
        self.show_head(
            _("Who belongs"),
            second=_("The office keeps a list of computers; each knows the others by it, and what is done there."),
        )
        self.own_words.setText(view.own_words)
        told = _("Read them out when the office asks for them.")
        if view.keeps:
            told = _("Whoever joins can ask for them, to be sure that the invitation is from you.")
        elif view.belongs:
            told = _("This computer stands on the office's list.")
        self.own_told.show_words(told)
        self.astray_words.show_words(view.astray)
        self.astray.setVisible(bool(view.astray))
        self.rows.show_rows([self._row(seat) for seat in view.seats])
        self.nobody.words.show_words(
            _("Invite the first computer; you get a small file for its holder.")
            if view.keeps
            else _("The office sends an invitation, a small file. Open it here to join.")
        )
        self._has_seats = bool(view.seats)
        self._belongs = view.belongs
        self._stand()

    def _row(self, seat: SeatLine) -> Row:
        gone = seat.revoked_after is not None
        pill = _("not believed any more") if gone else _("this computer") if seat.here else ""
        return Row(
            seat.device,
            seat.name,
            detail=seat.roles,
            under=seat.words,
            pill=pill,
            tone="wrong" if gone else "done",
            icon="lock" if gone else "laptop",
        )

    def show_asked(self, asked: Asked) -> None:
        """Show who asks to belong."""
        self._close()
        self.asks.show_words(
            _("{name} asks to belong, with {computer}").format(name=asked.holder, computer=asked.computer)
        )
        self.asks_roles.show_words(
            _("Invited as {name}: {roles}").format(name=asked.invited, roles=listed(asked.roles))
        )
        self.six.clear()
        self.request.show()
        self._stand()
        self.focus_first()

    def close_forms(self) -> None:
        """What was asked for is done."""
        self.holder.clear()
        for box in self.roles.values():
            box.setChecked(False)
        self._close()

    def _form(self) -> bool:
        return not self.invitation.isHidden() or not self.request.isHidden()

    def _stand(self) -> None:
        form = self._form()
        self.rows.setVisible(self._has_seats and not form)
        self.nobody.setVisible(not self._has_seats and not form)
        self.own.setVisible(not form)
        self.cancel.setVisible(form or not self.lost.isHidden())
        self.join.setVisible(not self._keeps and not self._belongs)
        self.scan_field.setVisible(not self._keeps and not self._belongs)
        self.open_request.setVisible(self._keeps and not form)
        self.invite.setVisible(self._keeps and self.request.isHidden())
        self.invite.show_words(_("Write the invitation") if form else _("Invite a computer"))
        if form:
            self.lost.hide()

    # ---- what is said --------------------------------------------------------------------------------------

    def _open(self, device: str) -> None:
        row = next((row for row in self.rows.rows if row.id == device), None)
        if self._keeps and row is not None and not row.pill:
            self.lost_words.show_words(row.title)
            self.lost.show()
            self._stand()
            self.revoke.setFocus()

    def _scan(self) -> None:
        if self.scanned.text().strip():
            self.code_scanned.emit(self.scanned.text().strip())

    def _invite(self) -> None:
        if self.invitation.isHidden():
            self.lost.hide()
            self.invitation.show()
            self._stand()
            self.focus_first()
            return
        holder = self.holder.text().strip()
        roles = [code for code, box in self.roles.items() if box.isChecked()]
        self.holder_field.show_fault("" if holder else _("Say for whom it is."))
        self.roles_fault.show_words("" if roles else _("Choose at least one."))
        self.roles_fault.setVisible(not roles)
        if not holder:
            self.holder.setFocus()
        elif roles:
            self.invited.emit(holder, roles)

    def _close(self) -> None:
        self.invitation.hide()
        self.request.hide()
        self.lost.hide()
        self._stand()
        self.focus_first()

    def first_question(self) -> QWidget | None:
        if not self.invitation.isHidden():
            return self.holder
        if not self.request.isHidden():
            return self.six
        if self._keeps:
            return self.invite
        return self.join if not self.join.isHidden() else self.rows

    def escape(self) -> bool:
        if not self._form() and self.lost.isHidden():
            return False
        self._close()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.invitation.isHidden():
            self._invite()
        elif enter and not self.request.isHidden():
            self.admitted.emit(self.six.text())
        else:
            super().keyPressEvent(event)
