"""The first page of a file opens without what only later pages need."""

import subprocess
import sys
from pathlib import Path

from pitso.services import demonstration

HEAVY = ("reportlab", "lxml", "sqlite_utils", "click", "openpyxl", "pitso.xforms", "pitso.paper.documents")
LOOK = """
import sys
from pitso import app

status = app.run([sys.argv[1], "--quit-after-paint"])
print(*(name for name in sys.argv[2:] if name in sys.modules))
sys.exit(status)
"""


def test_what_draws_papers_reads_forms_or_changes_tables_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "demonstration.pitso"
    demonstration.make(path).close()
    done = subprocess.run([sys.executable, "-c", LOOK, str(path), *HEAVY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")
