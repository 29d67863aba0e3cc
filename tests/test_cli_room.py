"""The room from the command line: figures for a script, and a table brought in whole or not at all."""

import json
import shutil
from pathlib import Path

from tests.test_cli import done, run


def test_the_figures_of_the_story_and_a_table(told: Path, tmp_path: Path) -> None:
    shutil.copy(told, tmp_path / "team.pitso")
    figures = json.loads(done("room", "figures", "team.pitso", "--json", folder=tmp_path))
    assert (figures["registered"], figures["invited"], figures["present"], figures["may_vote"]) == (120, 129, 104, 88)
    assert (figures["quorum"], figures["roll"]["state"], figures["roll"]["electors"]) == (True, "frozen", 90)
    table = tmp_path / "list.csv"
    table.write_text("name,council\nNeo Noka,Basalt District Council\n=1+1,\n", encoding="utf-8")
    wrong = run("room", "import", "team.pitso", "list.csv", folder=tmp_path)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
    assert "Row 3: “=1+1” is a formula" in wrong.stderr
    table.write_text("name,council\nNeo Noka,Basalt District Council\n", encoding="utf-8")
    assert "1 new participant" in done("room", "import", "team.pitso", "list.csv", "--check", folder=tmp_path)
    assert "1 participant was brought in" in done("room", "import", "team.pitso", "list.csv", folder=tmp_path)
    missing = run("room", "figures", "team.pitso", "--workshop", "Nowhere", folder=tmp_path)
    assert (missing.returncode, "no workshop called" in missing.stderr) == (1, True)
