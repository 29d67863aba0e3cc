"""What a session takes from outside: clock, zone, randomness, device, lists and the last saved record."""

import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

Rows = Iterable[Mapping[str, str]]


def _clock() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Environment:
    """The world around a session; every value may be replaced, so that a session can be run again alike.

    ``clock`` returns the present moment with its time zone. ``zone`` is the time zone in which dates are
    reckoned, that of the clock's moment where None. ``random`` returns a number from 0 to 1 (1 excluded);
    ``uuid`` a version 4 UUID as text. ``device`` holds ``deviceid``, ``username``, ``email``, ``phonenumber``
    and any other property. ``lists`` gives the rows of an external instance by its id (``person`` for
    ``person.csv``), asked once a session and again after `Session.refresh_lists`; they go before the form's
    media. ``last_saved`` is the submission XML of the record of this form that was saved last, None where
    there is none.
    """

    clock: Callable[[], datetime] = _clock
    zone: tzinfo | None = None
    random: Callable[[], float] = random.random
    uuid: Callable[[], str] = field(default=lambda: str(uuid.uuid4()))
    device: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Callable[[], Rows]] = field(default_factory=dict)
    last_saved: bytes | None = None

    def now(self) -> datetime:
        """The present moment in the zone in which dates are reckoned."""
        moment = self.clock()
        if self.zone is not None:
            return moment.astimezone(self.zone)
        return moment if moment.tzinfo else moment.astimezone()
