"""A computer is invited, admitted and revoked from the command line; bundles for it, and what a script verifies."""

import json
import shutil
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
    said = done("join", "team.pitso", "m.pitso-invitation", "-o", "m.pitso-request", "--json", folder=tmp_path)
    six = json.loads(said)["words"]
    assert six in json.loads(said)["said"]
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
    digests = [json.loads(done("digest", f"{name}.pitso", "--json", folder=tmp_path)) for name in ("team", "office")]
    assert digests[0] == digests[1] != {}
    assert json.loads(done("rebuild", "office.pitso", "--json", folder=tmp_path)) == {"equal": True}
    assert "Signed by" in done("verify", "b.pitso-bundle", folder=tmp_path), (
        "locked, and for a computer of this account"
    )
    status = json.loads(done("status", "team.pitso", "--json", folder=tmp_path))
    assert status["acknowledged"] == status["kept"]

    done("revoke", "office.pitso", "Mpho", folder=tmp_path)
    roster = json.loads(done("roster", "office.pitso", "--json", folder=tmp_path))
    assert [seat["revoked_after"] is not None for seat in roster["seats"]] == [False, True]
    done("send", "team.pitso", "--open", "-o", "c.pitso-bundle", folder=tmp_path)
    assert json.loads(done("waiting", "office.pitso", "--json", folder=tmp_path)) == []
    assert "signed" in done("verify", "office.pitso", folder=tmp_path)
    assert "Signed by" in done("verify", "c.pitso-bundle", folder=tmp_path)


def test_a_receipt_says_what_is_held_and_a_damaged_bundle_is_refused(told: Path, tmp_path: Path) -> None:
    shutil.copy(told, tmp_path / "team.pitso")
    done("send", "team.pitso", "--open", "--receipt", "-o", "r.pitso-bundle", folder=tmp_path)
    assert (tmp_path / "r.pitso-bundle").stat().st_size < 3000
    broken = (tmp_path / "r.pitso-bundle").read_bytes()[:-9]
    (tmp_path / "x.pitso-bundle").write_bytes(broken)
    for words in (("verify", "x.pitso-bundle"), ("receive", "team.pitso", "x.pitso-bundle")):
        answer = run(*words, folder=tmp_path)
        assert (answer.returncode, "damaged" in answer.stderr, "Traceback" in answer.stderr) == (1, True, False)
    for wrong in (("send", "team.pitso", "-o", "y"), ("send", "team.pitso", "--open", "--to", "office", "-o", "y")):
        assert run(*wrong, folder=tmp_path).returncode == 2


def test_of_several_bundles_one_that_is_refused_keeps_no_other_out(tmp_path: Path) -> None:
    done("new", "team.pitso", "--name", "Team", folder=tmp_path)
    done("new", "office.pitso", "--name", "Office", "--office", folder=tmp_path)
    done("send", "team.pitso", "--open", "-o", "good.pitso-bundle", folder=tmp_path)
    (tmp_path / "bad.pitso-bundle").write_bytes(b"nothing")
    bundles = ("bad.pitso-bundle", "gone.pitso-bundle", "good.pitso-bundle")
    told = run("receive", "office.pitso", *bundles, "--trust", folder=tmp_path)
    assert told.returncode == 1
    assert "good.pitso-bundle from" in told.stdout
    own = json.loads(done("roster", "team.pitso", "--json", folder=tmp_path))["own_words"]
    assert own in told.stdout, "whoever is taken in is told by its six words"
    assert ("not a Pitso bundle" in told.stderr, "could not be read" in told.stderr) == (True, True)
    as_json = run("receive", "office.pitso", *bundles, "--json", folder=tmp_path)
    assert (as_json.returncode, [one["known"] for one in json.loads(as_json.stdout)]) == (1, [1])


def test_an_office_begins_a_new_list_and_a_team_follows_it_when_it_says_so(tmp_path: Path) -> None:
    for name in ("first", "second"):
        done("new", f"{name}.pitso", "--name", name, "--office", folder=tmp_path)
        for_mpho = ("--for", "Mpho", "--role", "leader", "-o", f"{name}.pitso-invitation")
        done("invite", f"{name}.pitso", *for_mpho, folder=tmp_path)
    done("new", "team.pitso", "--name", "Team", folder=tmp_path)
    request = ("-o", "m.pitso-request")
    done("join", "team.pitso", "first.pitso-invitation", *request, folder=tmp_path)
    done("send", "first.pitso", "--open", "--receipt", "-o", "list.pitso-bundle", folder=tmp_path)
    done("receive", "team.pitso", "list.pitso-bundle", folder=tmp_path)
    asked = run("join", "team.pitso", "second.pitso-invitation", *request, folder=tmp_path)
    assert (asked.returncode, "--leave" in asked.stderr) == (1, True)
    done("join", "team.pitso", "second.pitso-invitation", *request, "--leave", folder=tmp_path)
    assert json.loads(done("roster", "team.pitso", "--json", folder=tmp_path))["seats"] == []
    kept = run("new-list", "first.pitso", folder=tmp_path)
    assert (kept.returncode, "keeps the list" in kept.stderr) == (1, True)
    (tmp_path / "moved.pitso").write_bytes((tmp_path / "first.pitso").read_bytes())
    assert "new list" in run("invite", "moved.pitso", *for_mpho, folder=tmp_path).stderr
    assert "Invite everybody" in done("new-list", "moved.pitso", folder=tmp_path)
    done("invite", "moved.pitso", *for_mpho, folder=tmp_path)
