"""What is wrong with a form, told by sheet, row and column."""

from lxml import etree

from pitso.domain.trouble import Trouble

NotWritten = etree.SerialisationError
"""What the writer of XML raises where a drive refuses it, also inside of a workbook: no OSError."""


class FormTrouble(Trouble):
    """A fault of a form. ``sheet``, ``row`` (1 is the header) and ``column`` are None where unknown.

    ``question`` is the XForm path of the question at fault, or None.
    """

    def __init__(
        self,
        happened: str,
        remedy: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        question: str | None = None,
    ) -> None:
        super().__init__(happened, remedy)
        self.sheet = sheet
        self.row = row
        self.column = column
        self.question = question
