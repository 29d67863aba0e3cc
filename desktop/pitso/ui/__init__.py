"""The window: pages, the parts they are built from, and the layer that connects them with the services."""

import sys


def hold_constants() -> None:
    """Keep Python 3.11 alive under PySide6 6.12.

    Its wheels take the counting of references to None, True and False for needless, as is right from Python 3.12 on,
    where they are immortal: every method of Qt that returns nothing gives away one None too many, and every signal
    that carries a bool one True or False. Under 3.11 the count falls to zero after a few thousand calls and the
    interpreter stops ("deallocating None", "deallocating True or False"). A count that no session can use up is the
    same as immortal. Called once, after the window was painted: until then far fewer calls are made.
    """
    if sys.version_info < (3, 12):
        import ctypes

        for constant in (None, True, False):
            if sys.getrefcount(constant) < 1 << 40:
                ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 48
