"""Each paper's first page looks as it looked when somebody last looked at it."""

import pytest
from PIL import Image, ImageChops, ImageStat
from tests.paper import golden, story


@pytest.mark.parametrize("kind", story.PAPERS)
def test_the_first_page_looks_as_before(kind: str) -> None:
    with Image.open(golden.kept(kind)) as before:
        now = golden.drawn(kind)
        assert now.size == before.size
        difference = ImageStat.Stat(ImageChops.difference(now, before.convert("L"))).mean[0]
    assert difference < 1.5, "look at it, then draw it again with: python -m tests.paper.golden"
