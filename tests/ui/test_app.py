"""The window as a program of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pitso
from pitso.services import viewing

ROOT = Path(pitso.__file__).parents[1]


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the window, let it paint the first page, and let it close."""
    code = "import sys; from pitso.app import run; sys.exit(run(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments, "--quit-after-paint"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_window_opens_and_closes_without_a_file() -> None:
    done = start()
    assert (done.returncode, done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")) == (0, "")


def test_the_window_shows_the_first_page_of_a_file_and_copies_it_at_the_end(story: Path) -> None:
    left = viewing.put("left.txt", b"by a window that was killed")
    for _time in range(2):
        done = start(str(story))
        assert done.returncode == 0, done.stderr
        assert len(list(story.with_name(f"{story.name}-backups").glob("*.pitso"))) == 1, (
            "once: nothing was entered since"
        )
    assert not left.exists()


def test_a_file_that_is_none_ends_with_one_sentence(tmp_path: Path) -> None:
    done = start(str(tmp_path / "missing.pitso"))
    assert done.returncode == 1
    assert "missing.pitso" in done.stderr
    assert "Traceback" not in done.stderr
