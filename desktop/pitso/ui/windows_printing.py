"""Printing where there is no CUPS: each page is rendered at 300 dots to the inch and given to the system's printer."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pitso.domain.trouble import Trouble
from pitso.services.papers import Paper
from pitso.services.printing import Job, Printer
from pitso.words import _

DOTS = 300


def can_print() -> bool:
    """Does the system know a printer?"""
    return bool(QPrinterInfo.availablePrinterNames())


def printers() -> tuple[Printer, ...]:
    """The printers of the system, the usual one first; Trouble where there is none."""
    usual = QPrinterInfo.defaultPrinterName()
    found = [Printer(name, name == usual) for name in QPrinterInfo.availablePrinterNames()]
    if not found:
        raise Trouble(
            _("No printer is set up on this computer."),
            _("Connect one and set it up, or save the paper and print it from another computer."),
        )
    return tuple(sorted(found, key=lambda each: (not each.usual, each.name)))


def send(papers: Sequence[Paper], job: Job) -> str:
    """Print papers as one job; belongs into a thread of its own."""
    name = job.printer or printers()[0].name
    printer = QPrinter(QPrinterInfo.printerInfo(name))
    printer.setCopyCount(job.copies)
    paint(papers, job.pages, printer)
    return _("Sent to the printer “{printer}”.").format(printer=name)


def paint(papers: Sequence[Paper], pages: str, printer: QPrinter) -> None:
    """Paint the *pages* of the papers on a printer, one by one, so that no more than one lies in memory."""
    printer.setResolution(DOTS)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDocName(papers[0].title or "Pitso")
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(
            _("The printer did not take the paper ({why}).").format(why=printer.printerName()),
            _("See that it is on and connected, then print again."),
        )
    try:
        first = True
        for paper in papers:
            for document, number in _pages(paper, pages):
                if not first and not printer.newPage():
                    raise _stopped(number)
                first = False
                _paint_page(document, number, printer, painter)
    finally:
        painter.end()


def _pages(paper: Paper, wanted: str) -> Iterator[tuple[QPdfDocument, int]]:
    """The wanted pages of a paper, with the document that they are read from."""
    held = QBuffer()
    held.setData(QByteArray(paper.pdf))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(held)
    for number in numbers(wanted, document.pageCount()):
        yield document, number
    document.close()


def numbers(wanted: str, last: int) -> list[int]:
    """Page numbers from 0 of ``3-5,7``; all of them where nothing is named."""
    if not wanted:
        return list(range(last))
    found: list[int] = []
    for part in wanted.split(","):
        first, _dash, until = part.partition("-")
        found += range(int(first) - 1, int(until or first))
    return found


def _paint_page(document: QPdfDocument, number: int, printer: QPrinter, painter: QPainter) -> None:
    points = document.pagePointSize(number)
    size = QSize(round(points.width() * DOTS / 72), round(points.height() * DOTS / 72))
    image = document.render(number, size)
    target = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    painter.drawImage(target, image, QRectF(image.rect()))


def _stopped(number: int) -> Trouble:
    return Trouble(
        _("The printer stopped before page {page}. Nothing is lost.").format(page=number + 1),
        _("See to paper, ink and cable. To print only the rest, name the pages."),
    )
