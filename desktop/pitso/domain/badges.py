"""Numbers of badges: which desk gives which, and the serial that a scanner reads, with its check."""

ALPHABET = "0123456789BCDEFGHJKLNPR"
"""Letters that stand on the same key of English, French and German keyboards and are not mistaken for a digit."""
CODE = 3
"""Characters that name the workshop in a serial."""
DIGITS = 4
"""Digits that a number has at least in a serial."""
RANGE = 100
"""Numbers that a desk gives before it goes on in its next range."""
DESKS = 26
"""Desks of one workshop, ``A`` to ``Z``; the last is kept for who is invited after the numbers of the desks began."""
LATE = "Z"
FRENCH = str.maketrans("à&é\"'(-è_ç", "0123456789")
"""What a scanner that types for an English keyboard gives on a French one."""


def workshop_code(seed: int) -> str:
    """Three characters that tell the badges of one workshop from those of another."""
    return "".join(ALPHABET[seed // len(ALPHABET) ** place % len(ALPHABET)] for place in range(CODE))


def serial(code: str, number: int) -> str:
    """``7K2-0042-X``: the workshop, the number of the badge, and a check letter."""
    digits = f"{number:0{DIGITS}}"
    return f"{code}-{digits}-{_check(code + digits)}"


def _check(text: str) -> str:
    """Weights that differ modulo a prime: any single wrong character is seen, and any two that changed places."""
    size = len(ALPHABET)
    return ALPHABET[sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(text, 2)) % size]


def read(text: str) -> tuple[str, int] | None:
    """Code of the workshop and number of the badge that a scanner or a hand typed; None if it is no serial.

    Separators, spaces and the case of letters do not count.
    """
    return _read(text) or _read(text.translate(FRENCH))


def _read(text: str) -> tuple[str, int] | None:
    said = "".join(letter for letter in text.upper() if letter in ALPHABET)
    noise = [letter for letter in text.upper() if letter.isalnum() and letter not in ALPHABET]
    code, digits, check = said[:CODE], said[CODE:-1], said[-1:]
    if noise or len(digits) < DIGITS or not digits.isdigit() or _check(code + digits) != check:
        return None
    return code, int(digits)


def looks_scanned(text: str) -> bool:
    """Is this rather a serial than a name: digits and letters of a scanner, even if they came garbled?"""
    return len(text) >= CODE + DIGITS and sum(letter.isdigit() for letter in text) >= DIGITS


def first_range(invited: int) -> int:
    """What the numbers of the desks begin after, where so many were invited: the next full hundred, at least 200."""
    return max(2, -(-invited // RANGE)) * RANGE


def of_desk(first: int, desk: str, given: int) -> int:
    """The number that a *desk* (``A`` …) gives after it gave so many, where the ranges begin after *first*."""
    place = ord(desk) - ord("A")
    return first + given // RANGE * DESKS * RANGE + place * RANGE + given % RANGE + 1
