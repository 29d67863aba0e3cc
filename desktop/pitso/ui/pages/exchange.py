"""Exchange: what is kept here, what was sent, what the other side has; and what needs a decision."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.views import BundleLine, ExchangeView, MergeReport, UnknownSigner, WaitingGroup
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.progress import Progress
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Icon, Words
from pitso.words import _, ngettext


class _Stage(Card):
    """One of the three stages of the way: kept, sent, received."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Icon(icon, "accent", 22))
        self.name = Words(name, "strong")
        head.addWidget(self.name, 1)
        self.figure, self.told = Words("", "figure"), Words("", "small")
        self.column.addLayout(head, 1)  # the figures of all three stand on one line
        self.column.addWidget(self.figure)
        self.column.addWidget(self.told)

    def show_figure(self, figure: int, told: str) -> None:
        self.figure.setText(words.whole(figure))
        self.told.setText(told)


class ExchangePage(Page):
    """Says how far everything is on its way, and leads to sending and receiving.

    Signals:
        send_asked: the user goes to sending.
        receive_asked: the user picks bundles to bring in.
        members_asked: the user looks at who belongs.
        give_asked: the user gives away in open formats.
        taken_in: devices whose words were compared.
        looked_into: the device whose waiting entries the user looks at.
        stop_asked: the user stops what is being received.
        receipt_asked: the number of a bundle whose receipt the user keeps on paper.
    """

    help_page = "exchange"
    send_asked = Signal()
    receive_asked = Signal()
    members_asked = Signal()
    give_asked = Signal()
    taken_in = Signal(list)
    looked_into = Signal(str)
    stop_asked = Signal()
    receipt_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.kept = _Stage("laptop", _("Kept on this computer"))
        self.sent = _Stage("send", _("Sent"))
        self.received = _Stage("inbox", _("Received by another computer"))
        self._stages = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stages.setSpacing(theme.M)
        for place, stage in enumerate((self.kept, self.sent, self.received)):
            if place:
                self._stages.addWidget(Icon("arrow-right", "soft", 24), 0, Qt.AlignmentFlag.AlignCenter)
            self._stages.addWidget(stage, 1)
        self.body.addLayout(self._stages)
        self.progress = Progress()
        self.progress.stop_asked.connect(self.stop_asked)
        self.body.addWidget(self.progress)
        self._build_report()
        self._build_only_here()
        self._build_unlisted()
        self._build_unknown()
        self._build_waiting()
        self._build_lists()
        self.body.addStretch(1)
        self.receive = Button(_("Receive"), icon="inbox", hint=_("Bring one or several bundles in"))
        self.members = Button(_("Who belongs"), icon="users")
        self.give = Button(_("Open formats"), icon="download", hint=_("The hosts’ copy, or everything as tables"))
        self.give.clicked.connect(self.give_asked)
        self.send = Button(_("Send"), "main", icon="send")
        self.receive.clicked.connect(self.receive_asked)
        self.members.clicked.connect(self.members_asked)
        self.send.clicked.connect(self.send_asked)
        self.foot.addWidget(flowing(self.receive, self.members, self.give, self.send, apart=True))

    def _build_report(self) -> None:
        self.report = Card("done")
        self.report_title = Words("", "heading")
        self.sentences = QVBoxLayout()
        self.sentences.setSpacing(theme.XS)
        self.to_differences = Button(_("Look at what differs"), icon="triangle-alert")
        self.to_differences.clicked.connect(self.differences_asked)
        self.report.column.addWidget(self.report_title)
        self.report.column.addLayout(self.sentences)
        self.report.column.addWidget(self.to_differences, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.report)
        self.report.hide()

    def _build_only_here(self) -> None:
        self.only_here = Card("warn")
        self.only_here_words = Words("", "strong")
        self.only_here.column.addWidget(self.only_here_words)
        self.only_here.column.addWidget(Words(_("If this computer is lost, they are lost. Write a bundle to a stick.")))
        self.body.addWidget(self.only_here)
        self.only_here.hide()

    def _build_unlisted(self) -> None:
        self.unlisted = Card("warn")
        self.unlisted.column.addWidget(
            Words(_("This computer does not stand on the office's list of members."), "strong")
        )
        told = _("What it sends waits at the others until the office has invited and admitted it: see who belongs.")
        self.unlisted.column.addWidget(Words(told))
        self.body.addWidget(self.unlisted)
        self.unlisted.hide()

    def _build_unknown(self) -> None:
        self.unknown = Card("warn")
        self.unknown_words = QVBoxLayout()
        self.take_in = Button(_("Take these computers in"))
        self.take_in.clicked.connect(lambda: self.taken_in.emit([signer.device for signer in self._unknown]))
        self._unknown: tuple[UnknownSigner, ...] = ()
        self.unknown.column.addWidget(Words(_("Entries of computers that are not known here wait"), "heading"))
        told = _("Ask the sender by voice for the words. If they are the same, take the computer in.")
        self.unknown.column.addWidget(Words(told))
        self.unknown.column.addLayout(self.unknown_words)
        self.unknown.column.addWidget(self.take_in, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.unknown)

    def _build_waiting(self) -> None:
        self.waiting_title = Words(_("What waits, and why"), "heading")
        self.waiting = Rows(_("What waits, and why"), whole=True)
        self.waiting.opened.connect(self.looked_into)
        self.body.addWidget(self.waiting_title)
        self.body.addWidget(self.waiting)

    def _build_lists(self) -> None:
        self.bundles_title = Words(_("The last bundles"), "heading")
        self.bundles = Rows(_("The last bundles"), compact=True, whole=True)
        self.bundles.opened.connect(self._open_bundle)
        self.opened = Card("soft")
        self.opened_words = QVBoxLayout()
        self.opened_words.setSpacing(theme.XS)
        self.keep_receipt = Button(_("Keep its receipt as PDF"), icon="download")
        self.keep_receipt.clicked.connect(lambda: self.receipt_asked.emit(int(self.bundles.current_id())))
        self.opened.column.addLayout(self.opened_words)
        self.opened.column.addWidget(self.keep_receipt, 0, Qt.AlignmentFlag.AlignLeading)
        self.opened.hide()
        self._lines: dict[str, BundleLine] = {}
        self.no_bundles = Words(
            _("No bundle has left or come yet. A bundle is one file, for a stick or a message."), "soft"
        )
        self.devices_title = Words(_("Computers that are known"), "heading")
        self.devices = QVBoxLayout()
        self.body.addSpacing(theme.S)
        for widget in (self.bundles_title, self.bundles, self.opened, self.no_bundles):
            self.body.addWidget(widget)
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.devices_title)
        self.body.addLayout(self.devices)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_exchange(self, view: ExchangeView) -> None:
        """Show how far everything is on its way."""
        unsent = max(view.kept - view.sent, 0)
        told = ngettext("{number} entry was not sent yet", "{number} entries were not sent yet", unsent)
        waiting = told.format(number=words.whole(unsent)) if unsent else _("Everything was sent.")
        self.show_head(_("Exchange"), second=waiting)
        self.kept.show_figure(view.kept, ngettext("entry", "entries", view.kept))
        self.sent.show_figure(view.sent, _("in a bundle"))
        self.received.name.show_words(
            _("Received by the office") if view.office_known else _("Received by another computer")
        )
        self.received.show_figure(view.acknowledged, _("and said so"))
        self._show_only_here(view)
        self.unlisted.setVisible(view.roster.number > 0 and not view.roster.belongs)
        self._show_unknown(view.unknown)
        self._show_waiting(view.waiting_groups)
        self.bundles.show_rows(
            [Row(str(line.id), line.words, trailing=words.moment(line.at), icon="file-text") for line in view.bundles]
        )
        self._lines = {str(line.id): line for line in view.bundles}
        self.bundles.setVisible(bool(view.bundles))
        self.no_bundles.setVisible(not view.bundles)
        empty(self.devices)
        self.devices_title.setVisible(bool(view.devices))
        for device in view.devices:
            row = QHBoxLayout()
            row.setSpacing(theme.S)
            row.addWidget(Icon("laptop", "soft", 18))
            row.addWidget(Words(device), 1)
            self.devices.addLayout(row)

    def _show_only_here(self, view: ExchangeView) -> None:
        self.only_here.setVisible(view.only_here_since is not None)
        if view.only_here_since is not None:
            self.only_here_words.show_words(
                _("No copy elsewhere: entries since {date} exist on this computer only.").format(
                    date=words.day(view.only_here_since.date())
                )
            )

    def _show_unknown(self, unknown: tuple[UnknownSigner, ...]) -> None:
        self._unknown = unknown
        empty(self.unknown_words)
        self.unknown.setVisible(bool(unknown))
        for signer in unknown:
            told = ngettext("{number} entry", "{number} entries", signer.operations)
            number = told.format(number=words.whole(signer.operations))
            self.unknown_words.addWidget(Words(f"{signer.name or signer.device[:8]} · {number}", "strong"))
            self.unknown_words.addWidget(Words(signer.words))

    def _show_waiting(self, groups: tuple[WaitingGroup, ...]) -> None:
        rows = [
            Row(
                group.device,
                group.name,
                detail=group.why_words,
                trailing=words.whole(group.operations),
                icon="triangle-alert" if group.decidable else "inbox",
            )
            for group in groups
            if group.device not in {signer.device for signer in self._unknown}
        ]
        self.waiting.show_rows(rows)
        self.waiting.setVisible(bool(rows))
        self.waiting_title.setVisible(bool(rows))

    def show_reports(self, reports: Sequence[MergeReport]) -> None:
        """Say in plain words what the bundles brought."""
        empty(self.sentences)
        self.report.setVisible(bool(reports))
        if not reports:
            return
        new = sum(report.new for report in reports)
        told = ngettext("{number} new entry was brought in", "{number} new entries were brought in", new)
        self.report_title.setText(told.format(number=words.whole(new)) if new else _("Nothing new was in it"))
        look = any(report.waiting or report.conflicts or report.missing_files for report in reports)
        self.report.show_look("warn" if look else "done")
        self.to_differences.setVisible(any(report.conflicts for report in reports))
        for report in reports:
            sender = _("{bundle} from {sender}").format(bundle=report.bundle, sender=report.sender)
            self.sentences.addWidget(Words(sender, "strong"))
            for sentence in report.sentences:
                self.sentences.addWidget(Words(sentence))
        self.area.to_top()

    def _open_bundle(self, row: str) -> None:
        line = self._lines[row]
        empty(self.opened_words)
        for sentence in line.sentences:
            self.opened_words.addWidget(Words(sentence))
        self.keep_receipt.setVisible(line.receipt)
        self.opened.show()

    def show_working(self, working: bool) -> None:
        """While a bundle is read nothing else can be sent; all else goes on."""
        self.send.setEnabled(not working)
        self.receive.setEnabled(not working)
        self.progress.show_working(_("Receiving …") if working else "")

    def first_question(self) -> QWidget | None:
        return self.send

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 44 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._stages.setDirection(down if narrow else across)
