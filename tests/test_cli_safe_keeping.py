"""The commands that keep a workspace safe, as a script calls them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pitso.cli import pitso

PHRASE, OTHER = "basalt river window seven", "another phrase that holds"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "phrase").write_text(f"{PHRASE}\n", encoding="utf-8")
    (tmp_path / "other").write_text(f"{OTHER}\n", encoding="utf-8")
    (tmp_path / "short").write_text("short\n", encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(pitso, list(words))


def test_a_workspace_without_a_passphrase_says_so_once(files: Path) -> None:
    done = run("new", "open.pitso", "--name", "Open")
    assert done.exit_code == 0
    assert "not protected by a passphrase" in done.stderr
    assert "has no passphrase" in run("passphrase", "open.pitso").stdout
    assert run("status", "open.pitso").stderr == ""


def test_a_protected_workspace_works_with_every_command_that_is_given_the_secret(files: Path) -> None:
    assert run("new", "safe.pitso", "--name", "Safe", "--passphrase-file", "phrase").exit_code == 0
    assert (files / "safe.pitso").read_bytes()[:6] != b"SQLite"
    refused = run("status", "safe.pitso")
    assert refused.exit_code == 1
    assert "protected by a passphrase" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run("status", "safe.pitso", "--unlock-file", "other").exit_code == 1
    for words in (
        ["status", "safe.pitso"],
        ["digest", "safe.pitso"],
        ["rebuild", "safe.pitso"],
        ["backup", "safe.pitso", "--to", "copies"],
        ["send", "safe.pitso", "--open", "-o", "out.pitso-bundle"],
    ):
        done = run(*words, "--unlock-file", "phrase")
        assert done.exit_code == 0, (words, done.output)
    run("new", "office.pitso", "--name", "Office", "--office", "--passphrase-file", "other")
    assert run("receive", "office.pitso", "out.pitso-bundle", "--trust", "--unlock-file", "other").exit_code == 0


def test_a_short_passphrase_is_refused(files: Path) -> None:
    done = run("new", "safe.pitso", "--name", "Safe", "--passphrase-file", "short")
    assert (done.exit_code, "too short" in done.stderr) == (1, True)
    assert not (files / "safe.pitso").exists()


def test_the_passphrase_is_set_changed_and_removed(files: Path) -> None:
    run("new", "safe.pitso", "--name", "Safe")
    assert run("passphrase", "safe.pitso", "--new-file", "phrase", "--card", "card.pdf").exit_code == 0
    assert (files / "card.pdf").read_bytes().startswith(b"%PDF")
    assert run("passphrase", "safe.pitso", "--unlock-file", "phrase", "--new-file", "other").exit_code == 0
    assert run("digest", "safe.pitso", "--unlock-file", "phrase").exit_code == 1
    told = run("passphrase", "safe.pitso", "--unlock-file", "other").stdout
    assert "a recovery card opens it too" in told
    assert run("passphrase", "safe.pitso", "--remove", "--card", "card.pdf").exit_code == 2
    assert run("passphrase", "safe.pitso", "--unlock-file", "other", "--remove").exit_code == 0
    assert run("digest", "safe.pitso").exit_code == 0
    assert run("new", "x.pitso", "--name", "X", "--card", "card.pdf").exit_code == 2


def test_a_copy_is_made_and_put_back(files: Path) -> None:
    run("new", "safe.pitso", "--name", "Safe", "--passphrase-file", "phrase")
    assert run("backup", "safe.pitso", "--unlock-file", "phrase").exit_code == 0
    (copy,) = (files / "safe.pitso-backups").glob("*.pitso")
    assert run("restore", str(copy), "safe.pitso").exit_code == 1
    done = run("restore", str(copy), "safe.pitso", "--unlock-file", "phrase")
    assert done.exit_code == 0
    assert "put aside" in done.stdout
    assert run("digest", "safe.pitso", "--unlock-file", "phrase").exit_code == 0
    assert run("restore", "none.pitso", "safe.pitso").exit_code == 1


def test_a_file_whose_lock_is_missing_says_which_one(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "safe.pitso", "--name", "Safe", "--passphrase-file", "phrase")
    (files / "safe.pitso-lock").unlink()
    monkeypatch.setenv("XDG_DATA_HOME", str(files / "another account"))
    done = run("status", "safe.pitso", "--unlock-file", "phrase")
    assert done.exit_code == 1
    assert "safe.pitso-lock" in done.stderr
