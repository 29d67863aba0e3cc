"""The first page of a file opens without what only later pages need."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("reportlab", "lxml", "sqlite_utils", "click", "openpyxl", "pitso.xforms", "pitso.paper.documents")
LOOK = """
import sys
from pitso import app
from pitso.ui import opening

opening.LOAD_AFTER = 3_600_000  # on a slow machine the first page takes longer than the usual wait
status = app.run([sys.argv[1], "--quit-after-paint"])
print(*(name for name in sys.argv[2:] if name in sys.modules))
sys.exit(status)
"""


def test_what_draws_papers_reads_forms_or_changes_tables_is_not_loaded(story: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(story), *HEAVY],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")
