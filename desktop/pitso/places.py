"""Where files lie: what ships with Pitso, and what this computer account keeps for it."""

import os
import tempfile
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

import platformdirs


def _shipped(folder: str) -> Traversable:
    installed = files("pitso") / "shipped" / folder
    return installed if installed.is_dir() else Path(__file__).parents[2] / folder


def resource(name: str) -> Traversable:
    """A file or folder of ``resources/``, such as ``icons/check.svg``."""
    return _shipped("resources").joinpath(*name.split("/"))


def form(name: str) -> Traversable:
    """A file or folder of ``forms/``, such as ``readiness/readiness.xlsx``."""
    return _shipped("forms").joinpath(*name.split("/"))


def keys() -> Path:
    """The folder of this computer account that holds device keys; outside every workspace file."""
    return platformdirs.user_data_path("pitso", appauthor=False) / "keys"


def settings() -> Path:
    """The file of this computer account that remembers window, language and recent workspaces."""
    return platformdirs.user_config_path("pitso", appauthor=False) / "settings.json"


def documents() -> Path:
    """The folder in which a file dialog first opens."""
    return platformdirs.user_documents_path()


def passing() -> Path:
    """The folder for what lies open for a while: in memory where the session has such a folder, else on the disk."""
    memory = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(memory) if memory and Path(memory).is_dir() else Path(tempfile.gettempdir())


def data() -> Path:
    """The folder of this computer account in which desktops look for what programs told them."""
    return platformdirs.user_data_path()
