"""G13: anyone can read a bundle in twenty years: with the rescue script, age, zstd, and none of our code."""

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pitso import places
from pitso.domain.policies import Reader
from pitso.services import sending
from pitso.services.sending import Party
from pitso.services.workspace import Workspace
from pitso.storage import joining

SCRIPT = places.resource("rescue.py")
PASSPHRASE = "three rivers meet"


def test_g13_the_script_is_short_and_uses_nothing_of_ours() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert "import pitso" not in text
    assert "from pitso" not in text


def rescue(folder: Path, *words: str) -> None:
    """Run the script in a terminal of its own, and type the passphrase if age asks for it."""
    child, terminal = pty.fork()
    if child == 0:  # the child: nothing of the test may go on here
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-I", str(SCRIPT), *words])
    said = b""
    try:
        while piece := os.read(terminal, 1024):
            said += piece
            if b"assphrase" in piece:
                os.write(terminal, PASSPHRASE.encode() + b"\n")
    except OSError:  # the terminal is gone: the script has ended
        pass
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode()


@pytest.mark.parametrize("locked", ["open", "passphrase", "computer"])
def test_g13_a_bundle_is_read_without_pitso(team: Workspace, tmp_path: Path, locked: str) -> None:
    bundle = tmp_path / "b.pitso-bundle"
    words = [str(bundle), "rescued"]
    if locked == "computer":
        own = Party("own", "own", (team.journal.device,), (team.key.recipient,), Reader.TEAM)
        sending.send(team, bundle, to=own)
        (tmp_path / "key.txt").write_text(team.key.identity + "\n")
        words.append("key.txt")
    else:
        sending.send(team, bundle, passphrase=PASSPHRASE if locked == "passphrase" else None)
    rescue(tmp_path, *words)
    with (tmp_path / "rescued" / "entries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(joining.vector(team.journal).values())
    name = next(row for row in rows if row["field"] == '"name"' and '"person/' in row["record"])
    content = tmp_path / "rescued" / "files" / json.loads(name["value"])["detached"]
    assert json.loads(content.read_text()) == team.journal.history(json.loads(name["record"]), field="name")[-1].value
    assert not [row for row in rows if row["value"].startswith(("=", "+", "-", "@")) and not row["value"].isdigit()]


def test_g13_the_programs_are_there() -> None:
    """Without them this promise would go untested: the launcher installs them, or says how."""
    for program in ("age", "zstd"):
        assert subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
