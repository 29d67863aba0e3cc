"""Files and signatures as answers: picked, dropped, or drawn."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pitso.services.form_views import Ask, FileView
from pitso.ui import theme
from pitso.ui.parts import brush
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.editors import Editor
from pitso.ui.parts.words import Words
from pitso.words import _, whole

THUMB = 160
BUNDLES = (".pitso-bundle", ".pitso")


class Thumb(QLabel):
    """A small picture of a picture."""

    def show_picture(self, content: bytes | None, name: str) -> None:
        pixmap = QPixmap()
        if content:
            pixmap.loadFromData(content)
        self.setAccessibleName(name)
        self.setVisible(not pixmap.isNull())
        if not pixmap.isNull():
            kept = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.setPixmap(pixmap.scaled(QSize(THUMB * 2, THUMB), kept, smooth))


class FileEditor(Editor):
    """A file to pick or to drop.

    Signals:
        file_asked: the user wants to pick a file.
        dropped: the path of a file that was dropped on the question.
    """

    file_asked = Signal()
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.thumb = Thumb()
        self.thumb.hide()
        self.told = Words("", "small")
        self.pick = Button("", icon="paperclip")
        self.remove = Button(_("Take the file away"), "quiet", icon="trash-2")
        self.pick.clicked.connect(self.file_asked)
        self.remove.clicked.connect(lambda: self.given.emit(""))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.pick)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.told)
        column.addLayout(row)
        self.setFocusProxy(self.pick)

    def show_ask(self, ask: Ask) -> None:
        picture = ask.editor == "picture"
        self.pick.show_words(_("Choose a picture") if picture else _("Choose a file"))
        self.pick.setToolTip(_("A file may also be dropped here."))
        self.pick.setEnabled(not ask.locked)
        self.remove.setVisible(bool(ask.value) and not ask.locked)
        self.setAcceptDrops(not ask.locked)
        self.thumb.show_picture(ask.file.content if ask.file else None, ask.value)
        self.told.show_words(_told(ask.file) or ask.value)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _first_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _first_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(str(path))


def _first_file(event: QDropEvent) -> Path | None:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if files and not files[0].name.endswith(BUNDLES) else None


def _told(file: FileView | None) -> str:
    if file is None:
        return ""
    return _("{file}, {size} kB").format(file=file.name, size=whole(max(1, file.size // 1000)))


class Pad(QWidget):
    """A field to sign in, by mouse or pen.

    Signals:
        drawn: the signature as a PNG, a moment after the pen was lifted.
    """

    drawn = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[QPolygonF] = []
        self._shown = QPixmap()
        self.setFixedHeight(THUMB)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=800)
        self._timer.timeout.connect(self.flush)

    def show_signature(self, content: bytes | None) -> None:
        """Show what was signed before; strokes that are not kept yet stay."""
        self._shown = QPixmap()
        if content:
            self._shown.loadFromData(content)
        self.update()

    def clear(self) -> None:
        self.strokes.clear()
        self._timer.stop()
        self.update()

    def flush(self) -> None:
        """Say what was drawn and not said yet."""
        self._timer.stop()
        if self.strokes:
            image = QImage(self.size(), QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            self._draw(QPainter(image), QColor("black"))
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            self.strokes.clear()
            self.drawn.emit(buffer.data().data())

    def _draw(self, painter: QPainter, ink: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(ink, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self.strokes:
            painter.drawPolyline(stroke)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.isEnabled():
            self._timer.stop()
            self._shown = QPixmap()
            self.strokes.append(QPolygonF([event.position()]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.strokes:
            self.strokes[-1].append(QPointF(event.position()))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self.strokes:
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        # A signature is dark on white, by night too: so it is kept and printed.
        painter.fillRect(self.rect(), QColor("white"))
        brush.box(painter, self.rect(), "", "strong")
        if not self._shown.isNull():
            painter.drawPixmap(1, 1, self._shown)
        self._draw(painter, QColor("black"))


class SignatureEditor(Editor):
    """A signature, drawn by mouse or pen.

    Signals:
        drawn: the signature as a PNG.
    """

    drawn = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.pad = Pad()
        self.pad.drawn.connect(self.drawn)
        self.remove = Button(_("Sign again"), "quiet", icon="undo-2")
        self.remove.clicked.connect(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.pad)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeading)
        self.setFocusProxy(self.remove)

    def show_ask(self, ask: Ask) -> None:
        self.pad.setAccessibleName(ask.label or ask.name)
        self.pad.setToolTip(_("Sign here with the mouse or a pen."))
        self.pad.setEnabled(not ask.locked)
        self.pad.show_signature(ask.file.content if ask.file else None)
        self.remove.setEnabled(not ask.locked)

    def flush(self) -> None:
        self.pad.flush()

    def _again(self) -> None:
        self.pad.clear()
        self.given.emit("")
