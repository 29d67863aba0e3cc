"""Files that answer a question: photographs are made smaller and lose the place where they were taken."""

import io
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.words import _
from pitso.xforms import Question

LONGEST = 1600
"""Longest side of a photograph in pixels, unless its question says another with max-pixels."""


def prepared(question: Question, name: str, content: bytes) -> tuple[str, bytes]:
    """Name and content of a file as they are kept for *question*.

    Trouble if the question asks for a picture and the file is none.
    """
    if question.kind != "image":
        return name, content
    if question.attributes.get("pitso:place", "no") not in ("", "no"):
        return name, content
    return smaller(name, content, _longest(question))


def _longest(question: Question) -> int:
    said = question.attributes.get("orx:max-pixels") or question.parameters.get("max-pixels", "")
    return int(said) if said.isdigit() and int(said) > 0 else LONGEST


def smaller(name: str, content: bytes, longest: int = LONGEST) -> tuple[str, bytes]:
    """The picture with its longest side at most *longest* pixels, upright, and without any note of place or device."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as opened:
            upright = ImageOps.exif_transpose(opened)
            keeps_png = opened.format == "PNG"
            upright.thumbnail((longest, longest))
            plain = upright.convert("RGBA" if keeps_png and "A" in upright.getbands() else "RGB")
            # A copy of the points alone: whatever else the file held stays behind.
            clean = Image.new(plain.mode, plain.size)
            clean.paste(plain)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Trouble(
            _("“{file}” is no picture that Pitso can read.").format(file=name),
            _("Choose a photograph in JPEG or PNG."),
        ) from error
    out = io.BytesIO()
    if keeps_png:
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=85, optimize=True)
    return str(Path(name).with_suffix(".png" if keeps_png else ".jpg")), out.getvalue()
