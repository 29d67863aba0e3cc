"""The group of all commands, and what they share: opening files, secrets, JSON, trouble in one sentence."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pitso import __version__, words
from pitso.domain.trouble import Trouble
from pitso.services import account, former_day, workspace
from pitso.services.workspace import Workspace
from pitso.words import _

T = TypeVar("T")
FILE = click.Path(path_type=Path, dir_okay=False)


UNLOCK = click.Option(
    ["--unlock-file"],
    type=FILE,
    expose_value=False,
    callback=lambda context, _option, path: context.meta.__setitem__("pitso.unlock", path),
    help="Open a protected FILE with the passphrase or card code in this file.",
)


class Plain(click.Group):
    """A group of commands in which trouble is one sentence and never a traceback; each opens protected files."""

    def add_command(self, command: click.Command, name: str | None = None) -> None:
        command.params.append(UNLOCK)
        super().add_command(command, name)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Trouble as trouble:
            click.echo(f"{trouble.happened} {trouble.remedy}", err=True)
            sys.exit(1)
        except BrokenPipeError:  # whoever read our output has closed it
            sys.exit(1)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def pitso() -> None:
    """Pitso: records that the room can believe. Without a command it opens the window."""
    words.speak(account.load().language)


AS_OF = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Look back: as it was known on this day.")


def within(path: Path, deed: Callable[[Workspace], T], as_of: datetime | None = None) -> T:
    """Do something with the workspace at *path*, and let go of it; on a former day nothing can be written."""
    ws = workspace.open_workspace(path, secret())
    try:
        if as_of is None:
            return deed(ws)
        then = former_day.open_as_of(ws, as_of.date(), known_then=True)
        try:
            return deed(then)
        finally:
            then.close()
    finally:
        ws.close()


def secret() -> str | None:
    """What ``--unlock-file`` gives to open a protected workspace."""
    return passphrase_of(click.get_current_context().meta.get("pitso.unlock"))


def echo_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def passphrase_of(path: Path | None) -> str | None:
    """The passphrase that stands in the first line of a file."""
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            _("The file with the passphrase could not be read."), _("Give the path of a text file.")
        ) from error
    if not lines or not lines[0]:
        raise Trouble(_("The file with the passphrase is empty."), _("Write the passphrase in its first line."))
    return lines[0]
