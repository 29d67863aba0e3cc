"""The window: pages, the parts they are built from, and the layer that connects them with the services."""

import sys


def _hold_none() -> None:
    """Keep Python 3.11 alive under PySide6 6.12.

    Its wheels return None from every method of Qt that returns nothing without counting the reference, as is
    right from Python 3.12 on, where None is immortal. Under 3.11 the count falls to zero after a few thousand
    calls and the interpreter stops ("deallocating None"). A count that no session can use up is the same as
    immortal.
    """
    if sys.version_info < (3, 12):
        import ctypes

        ctypes.c_ssize_t.from_address(id(None)).value += 1 << 48


_hold_none()
