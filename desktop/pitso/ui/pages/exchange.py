"""Exchange: what is kept here, what was sent, what the other side has; sending and receiving."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.views import ExchangeView, MergeReport, UnknownSigner
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.page import Page
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
        head.addWidget(Words(name, "strong"), 1)
        self.figure, self.told = Words("", "figure"), Words("", "small")
        self.column.addLayout(head)
        self.column.addWidget(self.figure)
        self.column.addWidget(self.told)

    def show_figure(self, figure: int, told: str) -> None:
        self.figure.setText(words.whole(figure))
        self.told.setText(told)


class ExchangePage(Page):
    """Sends what is new, receives what came.

    Signals:
        send_asked: the user sends what was not sent yet.
        receive_asked: the user picks bundles to bring in.
        taken_in: devices whose words were compared.
    """

    help_page = "exchange"
    send_asked = Signal()
    receive_asked = Signal()
    taken_in = Signal(list)

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
        self._build_report()
        self._build_unknown()
        self.bundles_title = Words(_("The last bundles"), "heading")
        self.bundles = Rows(_("The last bundles"), compact=True, whole=True)
        self.no_bundles = Words(
            _("No bundle has left or come yet. A bundle is one file, for a stick or a message."), "soft"
        )
        self.devices_title = Words(_("Computers that are known"), "heading")
        self.devices = QVBoxLayout()
        self.body.addSpacing(theme.S)
        for widget in (self.bundles_title, self.bundles, self.no_bundles):
            self.body.addWidget(widget)
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.devices_title)
        self.body.addLayout(self.devices)
        self.body.addStretch(1)
        self.receive = Button(_("Receive"), icon="inbox", hint=_("Bring one or several bundles in"))
        self.send = Button(_("Send what is new"), "main", icon="send")
        self.receive.clicked.connect(self.receive_asked)
        self.send.clicked.connect(self.send_asked)
        self.foot.addWidget(self.receive)
        self.foot.addStretch(1)
        self.foot.addWidget(self.send)

    def _build_report(self) -> None:
        self.report = Card("done")
        self.report_title = Words("", "heading")
        self.sentences = QVBoxLayout()
        self.sentences.setSpacing(theme.XS)
        self.report.column.addWidget(self.report_title)
        self.report.column.addLayout(self.sentences)
        self.body.addWidget(self.report)
        self.report.hide()

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

    def _show_unknown(self, unknown: tuple[UnknownSigner, ...]) -> None:
        self._unknown = unknown
        empty(self.unknown_words)
        self.unknown.setVisible(bool(unknown))
        for signer in unknown:
            told = ngettext("{number} entry", "{number} entries", signer.operations)
            number = told.format(number=words.whole(signer.operations))
            self.unknown_words.addWidget(Words(f"{signer.name or signer.device[:8]} · {number}", "strong"))
            self.unknown_words.addWidget(Words(signer.words))

    def show_exchange(self, view: ExchangeView) -> None:
        """Show how far everything is on its way."""
        unsent = max(view.kept - view.sent, 0)
        told = ngettext("{number} entry was not sent yet", "{number} entries were not sent yet", unsent)
        waiting = told.format(number=words.whole(unsent)) if unsent else _("Everything was sent.")
        self.show_head(_("Exchange"), second=waiting)
        self.kept.show_figure(view.kept, ngettext("entry", "entries", view.kept))
        self.sent.show_figure(view.sent, _("in a bundle"))
        self.received.show_figure(view.acknowledged, _("and said so"))
        self.bundles.show_rows(
            [
                Row(str(place), line.words, trailing=words.moment(line.at.astimezone()), icon="file-text")
                for place, line in enumerate(view.bundles)
            ]
        )
        self.bundles.setVisible(bool(view.bundles))
        self.no_bundles.setVisible(not view.bundles)
        self._show_unknown(view.unknown)
        empty(self.devices)
        self.devices_title.setVisible(bool(view.devices))
        for device in view.devices:
            row = QHBoxLayout()
            row.setSpacing(theme.S)
            row.addWidget(Icon("laptop", "soft", 18))
            row.addWidget(Words(device), 1)
            self.devices.addLayout(row)

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
        for report in reports:
            sender = _("{bundle} from {sender}").format(bundle=report.bundle, sender=report.sender)
            self.sentences.addWidget(Words(sender, "strong"))
            for sentence in report.sentences or (self._counted(report),):
                self.sentences.addWidget(Words(sentence))
        self.area.to_top()

    def _counted(self, report: MergeReport) -> str:
        return _("{new} new, {known} known already").format(
            new=words.whole(report.new), known=words.whole(report.known)
        )

    def show_working(self, working: bool) -> None:
        """While a bundle is written or read nothing else can be sent; all else goes on."""
        self.send.setEnabled(not working)
        self.receive.setEnabled(not working)
        self.send.show_words(_("One moment …") if working else _("Send what is new"))

    def first_question(self) -> QWidget | None:
        return self.send

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 44 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._stages.setDirection(down if narrow else across)
