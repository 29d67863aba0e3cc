"""What a deed changed, told to whoever shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """The outcome of a deed.

    *touched* names the kinds of records that changed (``person``, ``rating`` ...), so that a screen knows
    whether to look again; *said* is one sentence for the undo bar, in the reader's language; *undoable* tells
    whether Ctrl+Z takes it back; *record* is the id of what the deed made, or empty.
    """

    touched: frozenset[str]
    said: str
    undoable: bool = True
    record: str = ""

    def touches(self, *kinds: str) -> bool:
        """Did any record of these *kinds* change?"""
        return not self.touched.isdisjoint(kinds)
