"""What every test shares: Qt without a screen, and a computer account of its own."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_account(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys and settings of a test never touch the account of the person who runs it."""
    home = tmp_path_factory.mktemp("account")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("HOME", str(home))
    (home / "session").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "session"))
    return home
