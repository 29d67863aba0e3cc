"""What was shown as saved survives the death of the process at any moment (promise G1)."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pitso.storage import rebuilding
from pitso.storage.file import WorkspaceFile
from tests.storage.replicas import open_journal

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
from pitso.storage.edits import Put
from tests.storage.replicas import new_journal

journal = new_journal(Path(sys.argv[1]), "desk")
print("begun", flush=True)
for number in range(100_000):
    journal.commit("person/1", [Put("a/1", "x", number), Put(f"b/{number}", "y", number)], said=str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_every_deed_that_was_told_is_there_after_a_kill(tmp_path: Path, seed: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'desktop'}:{ROOT}", "PATH": "", "HOME": str(tmp_path)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    time.sleep(random.Random(seed).uniform(0.01, 0.4))
    writer.kill()
    told = [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    journal = open_journal(WorkspaceFile.open(tmp_path / "desk.pitso"), "desk")
    kept = journal.records("b/")
    assert set(told) <= {record["y"] for record in kept.values()}
    # Each deed is whole: its two values are there together or not at all.
    assert journal.record("a/1").get("x", -1) == len(kept) - 1
    assert rebuilding.rebuild(journal)
