"""A computer is invited, admitted and revoked from the command line; bundles for it, and what a script verifies."""

import json
from pathlib import Path

from tests.test_cli import done, run


def test_from_the_invitation_to_the_revocation(tmp_path: Path) -> None:
    done("demo", "team.pitso", folder=tmp_path)
    done("new", "office.pitso", "--name", "Office", "--office", folder=tmp_path)
    invited = (
        "invite",
        "office.pitso",
        "--for",
        "Mpho",
        "--role",
        "leader",
        "--role",
        "peer",
        "--role",
        "returning",
        "-o",
        "m.pitso-invitation",
    )
    done(*invited, folder=tmp_path)
    assert (tmp_path / "m.pdf").read_bytes().startswith(b"%PDF")
    said = done("join", "team.pitso", "m.pitso-invitation", "-o", "m.pitso-request", folder=tmp_path)
    six = said.partition(": ")[2].strip()
    asked = json.loads(done("admit", "office.pitso", "m.pitso-request", "--json", folder=tmp_path))
    assert (asked["invited"], asked["words"]) == ("Mpho", six)
    wrong = run("admit", "office.pitso", "m.pitso-request", "--words", "one two", folder=tmp_path)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
    done("admit", "office.pitso", "m.pitso-request", "--words", six, folder=tmp_path)

    sent = json.loads(done("send", "team.pitso", "--to", "office", "-o", "a.pitso-bundle", "--json", folder=tmp_path))
    assert sent["bytes"] == (tmp_path / "a.pitso-bundle").stat().st_size
    report = json.loads(done("receive", "office.pitso", "a.pitso-bundle", "--json", folder=tmp_path))[0]
    assert (report["waiting"], report["new"] > 1000) == (0, True)
    done("send", "office.pitso", "--to", "Mpho", "-o", "b.pitso-bundle", folder=tmp_path)
    done("receive", "team.pitso", "b.pitso-bundle", folder=tmp_path)
    assert done("digest", "team.pitso", folder=tmp_path) == done("digest", "office.pitso", folder=tmp_path)
    status = json.loads(done("status", "team.pitso", "--json", folder=tmp_path))
    assert status["acknowledged"] == status["kept"]

    done("revoke", "office.pitso", "Mpho", folder=tmp_path)
    roster = json.loads(done("roster", "office.pitso", "--json", folder=tmp_path))
    assert [seat["revoked_after"] is not None for seat in roster["seats"]] == [False, True]
    done("send", "team.pitso", "--open", "-o", "c.pitso-bundle", folder=tmp_path)
    assert json.loads(done("waiting", "office.pitso", "--json", folder=tmp_path)) == []
    assert "signed" in done("verify", "office.pitso", folder=tmp_path)
    assert "Signed by" in done("verify", "c.pitso-bundle", folder=tmp_path)


def test_a_receipt_says_what_is_held_and_a_damaged_bundle_is_refused(tmp_path: Path) -> None:
    done("demo", "team.pitso", folder=tmp_path)
    done("send", "team.pitso", "--open", "--receipt", "-o", "r.pitso-bundle", folder=tmp_path)
    assert (tmp_path / "r.pitso-bundle").stat().st_size < 3000
    broken = (tmp_path / "r.pitso-bundle").read_bytes()[:-9]
    (tmp_path / "x.pitso-bundle").write_bytes(broken)
    for words in (("verify", "x.pitso-bundle"), ("receive", "team.pitso", "x.pitso-bundle")):
        told = run(*words, folder=tmp_path)
        assert (told.returncode, "damaged" in told.stderr, "Traceback" in told.stderr) == (1, True, False)
    for wrong in (("send", "team.pitso", "-o", "y"), ("send", "team.pitso", "--open", "--to", "office", "-o", "y")):
        assert run(*wrong, folder=tmp_path).returncode == 2
