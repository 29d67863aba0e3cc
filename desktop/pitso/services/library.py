"""Forms that an office brings: what is wrong with them, before anybody fills them."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pitso.domain.trouble import Trouble
from pitso.words import _
from pitso.xforms import FormTrouble, convert, read_form


@dataclass(frozen=True)
class Finding:
    """One thing that a form's author should look at; a *fault* keeps the form from being used."""

    fault: bool
    what: str
    remedy: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return asdict(self)

    def sentence(self) -> str:
        """The finding in one line, its place first."""
        place = ", ".join(str(part) for part in (self.sheet, self.row, self.column) if part)
        kind = _("Fault") if self.fault else _("Remark")
        return f"{kind} ({place}): {self.what} {self.remedy}" if place else f"{kind}: {self.what} {self.remedy}"


def check(path: Path) -> list[Finding]:
    """What is wrong with the XLSForm at *path*; empty if nothing is. Trouble if it cannot be read at all."""
    try:
        spreadsheet = path.read_bytes()
    except OSError as error:
        raise Trouble(
            _("“{file}” could not be read.").format(file=path.name), _("Look for it, then choose it again.")
        ) from error
    try:
        converted = convert(spreadsheet)
        form = read_form(converted.xform)
    except FormTrouble as trouble:
        return [Finding(True, trouble.happened, trouble.remedy, trouble.sheet, trouble.row, trouble.column)]
    remarks = [Finding(False, str(warning), "") for warning in converted.warnings]
    return remarks + [Finding(False, limit, "") for limit in form.limits]
