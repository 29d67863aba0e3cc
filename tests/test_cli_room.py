"""The room from the command line: figures for a script, and a table brought in whole or not at all."""

import json
from pathlib import Path

from tests.test_cli import done, run


def test_the_figures_of_the_story_and_a_table(tmp_path: Path) -> None:
    done("demo", "d.pitso", folder=tmp_path)
    told = json.loads(done("room", "figures", "d.pitso", "--json", folder=tmp_path))
    assert (told["registered"], told["invited"], told["present"], told["may_vote"]) == (120, 129, 104, 88)
    assert (told["quorum"], told["roll"]["state"], told["roll"]["electors"]) == (True, "frozen", 90)
    table = tmp_path / "list.csv"
    table.write_text("name,council\nNeo Noka,Basalt District Council\n=1+1,\n", encoding="utf-8")
    wrong = run("room", "import", "d.pitso", "list.csv", folder=tmp_path)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
    assert "Row 3: “=1+1” is a formula" in wrong.stderr
    table.write_text("name,council\nNeo Noka,Basalt District Council\n", encoding="utf-8")
    assert "1 new participant" in done("room", "import", "d.pitso", "list.csv", "--check", folder=tmp_path)
    assert "1 participant was brought in" in done("room", "import", "d.pitso", "list.csv", folder=tmp_path)
    missing = run("room", "figures", "d.pitso", "--workshop", "Nowhere", folder=tmp_path)
    assert (missing.returncode, "no workshop called" in missing.stderr) == (1, True)
