"""What this computer account remembers of Pitso: language, type size, day or night, recent workspaces."""

import json
from dataclasses import asdict, dataclass, replace

from pitso import places, words
from pitso.storage.disk import leave

BODY_SIZES = range(14, 25)
THEMES = ("system", "day", "night")
RECENT_LIMIT = 6


@dataclass(frozen=True)
class Account:
    """The settings of one computer account."""

    language: str = "en"
    body_size: int = 16
    theme: str = "system"
    recent: tuple[str, ...] = ()

    def opened(self, path: str) -> "Account":
        """The same, with the workspace at *path* first among the recent ones."""
        others = tuple(other for other in self.recent if other != path)
        return replace(self, recent=(path, *others)[:RECENT_LIMIT])


def load() -> Account:
    """The settings of this account; the first ones where there are none or they cannot be read."""
    try:
        noted = json.loads(places.settings().read_text(encoding="utf-8"))
        account = Account(noted["language"], noted["body_size"], noted["theme"], tuple(noted["recent"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Account()
    sound = (
        account.language in words.LANGUAGES
        and account.body_size in BODY_SIZES
        and account.theme in THEMES
        and all(isinstance(path, str) for path in account.recent)
    )
    return account if sound else Account()


def save(account: Account) -> None:
    """Remember the settings; a disk that refuses them is no reason to disturb anybody's work."""
    path = places.settings()
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(account), ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        leave(part)
