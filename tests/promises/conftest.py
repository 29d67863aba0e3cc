"""Two replicas, one for each side."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.promises.pair import Pair
from tests.storage.replicas import START, new_journal


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + timedelta(minutes=3))
