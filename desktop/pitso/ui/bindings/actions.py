"""The way from what is missing to where it is done."""

from pitso.services.programme_views import ActionLine
from pitso.ui.hall import Hall, Place


def take(hall: Hall, engagement: str, action: ActionLine) -> None:
    """Go where an action is done: its page, its record, or a new record of its form."""
    if action.page != "form":
        hall.going.emit(Place(action.page, engagement))
        return
    from pitso.services import library, records

    ws, record = hall.workspace, action.record
    if not record:
        begun = hall.desk.do(lambda: records.begin(ws, engagement, library.current(ws, action.form)))
        if begun is None:
            return
        record = begun.record
    hall.going.emit(Place("form", engagement, code=record))
