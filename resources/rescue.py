#!/usr/bin/env python3
"""Read a bundle of Pitso without Pitso: with the programs age and zstd, and Python's own library.

    python3 rescue.py NAME.pitso-bundle FOLDER [KEY.txt]

writes FOLDER/entries.csv (one line an entry, texts in quotes as JSON) and FOLDER/files/ (each content by its hash).
KEY.txt holds the address key of a computer that the bundle was locked for; a passphrase is asked for by age itself.
The format is told in help/formats.md.
"""

import csv
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path


def frames(stream):
    """Each frame's line, and the raw bytes that follow it."""
    for line in stream:
        frame = json.loads(line)
        raw = stream.read(frame["size"] + 1)[:-1] if "size" in frame else b""
        yield frame, raw


def moment(stamp):
    """A stamp counts milliseconds since 2020, shifted left by twelve bits."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    return (start + timedelta(milliseconds=stamp >> 12)).isoformat()


def main(bundle, folder, key=None):
    folder = Path(folder)
    (folder / "files").mkdir(parents=True, exist_ok=True)
    source = Path(bundle).open("rb")
    if Path(bundle).read_bytes().startswith(b"age-encryption.org/"):
        words = ["age", "--decrypt", *(["--identity", key] if key else []), bundle]
        source = subprocess.Popen(words, stdout=subprocess.PIPE).stdout
    plain = subprocess.Popen(["zstd", "-dc"], stdin=source, stdout=subprocess.PIPE).stdout
    with (folder / "entries.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["device", "number", "moment", "kind", "record", "field", "value", "author"])
        for frame, raw in frames(plain):
            if "segment" in frame:
                device = json.loads(frame["segment"]["header"])["device"]
                for line in raw.splitlines():
                    number, stamp, *texts, _replaces = json.loads(line)
                    told = [json.dumps(text, ensure_ascii=False) for text in texts]
                    table.writerow([device, number, moment(stamp), *told])
            elif "body" in frame:
                salt = bytes.fromhex(frame["body"]["salt"])
                (folder / "files" / hashlib.sha256(salt + raw).hexdigest()).write_bytes(raw)


main(*sys.argv[1:])
