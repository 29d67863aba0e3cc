"""What every test shares: Qt without a screen, a computer account of its own, and the demonstration."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.services import demonstration

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("XDG_DATA_HOME", str(home / "data"))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setenv("HOME", str(home))
    (home / "session").mkdir()
    patch.setenv("XDG_RUNTIME_DIR", str(home / "session"))


@pytest.fixture(scope="session", autouse=True)
def common_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where keys go of what several tests share."""
    home = tmp_path_factory.mktemp("common")
    with pytest.MonkeyPatch.context() as patch:
        live_in(home, patch)
        yield home


@pytest.fixture(autouse=True)
def own_account(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys and settings of a test never touch the account of the person who runs it."""
    home = tmp_path_factory.mktemp("account")
    live_in(home, monkeypatch)
    return home


@pytest.fixture(scope="session")
def told(common_account: Path) -> Path:
    """The demonstration, made once: it takes seconds. Each test works on a copy."""
    path = common_account / "lesotho.pitso"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(common_account / "data"))  # whichever test asks first
        demonstration.make(path).close()
    return path
