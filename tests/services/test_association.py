"""A double click opens Pitso's files: what the desktops of Linux are told, and what is taken back."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import association

linux = pytest.mark.skipif(sys.platform != "linux", reason="the desktops of Linux")
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def data() -> Path:
    return Path(os.environ["XDG_DATA_HOME"])


def entry() -> configparser.SectionProxy:
    read = configparser.RawConfigParser()
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(data() / "applications" / "pitso.desktop", encoding="utf-8")
    return read["Desktop Entry"]


def words_of(told: str) -> list[str]:
    """A command of a desktop entry as a desktop reads it: escapes of the entry first, then those of a shell."""
    plain = told.replace("\\\\", "\\")
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', plain)
    return [re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") or bare for quoted, bare in found]


@linux
def test_the_desktop_is_told_and_it_is_taken_back() -> None:
    assert association.possible()
    assert not association.associated()
    assert "double click" in association.associate().said
    assert association.associated()
    types = ElementTree.parse(data() / "mime" / "packages" / "pitso.xml").getroot()
    globs = {glob.get("pattern"): one.get("type") for one in types for glob in one.iter(f"{MIME}glob")}
    assert globs == {"*.pitso": "application/x-pitso-workspace", "*.pitso-bundle": "application/x-pitso-bundle"}
    assert set(entry()["MimeType"].strip(";").split(";")) == set(globs.values())
    assert words_of(entry()["Exec"]) == [*association.command(), "%f"]
    assert (data() / "icons/hicolor/scalable/apps" / f"{entry()['Icon']}.svg").is_file()
    association.forget()
    assert not association.associated()
    left = [path.name for path in data().rglob("*pitso*") if path.is_file()]
    assert left == []


@linux
@pytest.mark.parametrize(
    "place", ["/opt/pitso", "/home/a b/it's", '/x/say "yes"', "/x/100% of $HOME", "/x/`who`", "/x/back\\slash"]
)
def test_any_folder_can_hold_the_program(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", f"{place}/python3")
    association.associate()
    assert words_of(entry()["Exec"]) == [f"{place}/python3", "-m", "pitso", "%f"]


@linux
def test_a_program_that_was_moved_is_told_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    association.associate()
    (tmp_path / "pitsow").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    assert not association.associated()
    association.associate()
    assert association.associated()
    assert words_of(entry()["Exec"]) == [str(tmp_path / "pitsow"), "%f"]


@linux
def test_a_folder_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(Trouble):
        association.associate()


@linux
@pytest.mark.skipif(not shutil.which("update-mime-database") or not shutil.which("gio"), reason="no desktop is here")
def test_the_files_are_known_by_their_endings(tmp_path: Path) -> None:
    association.associate()
    for name, kind in (("visit.pitso", "workspace"), ("carried.pitso-bundle", "bundle")):
        (tmp_path / name).write_bytes(b"SQLite format 3\0")
        told = subprocess.run(
            ["gio", "info", "-a", "standard::content-type", str(tmp_path / name)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"application/x-pitso-{kind}" in told.stdout


def test_a_system_without_a_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not association.possible()
    with pytest.raises(Trouble, match="by hand"):
        association.associate()
