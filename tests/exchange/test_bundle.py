"""A bundle that is whole comes through unchanged; any other is refused whole, quickly, in one sentence."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import OPERATION_LIMIT, Content, Header, Parcel, Sealed, Span, frames
from pitso.exchange.envelope import AGE_MAGIC, Envelope, Locked, Unlock, close
from pitso.exchange.keys import DeviceKey

KEY = DeviceKey(b"k" * 32, "AGE-SECRET-KEY-1Q72SUYTK2R6NZAS3G7PV5TAH7TR78HZYWEXKY0JXDGQ04QZPQ8HSMJGZUQ")
"""Always the same, so that what is written is."""
LINES = b'[1,5,"set","a/1","x",1,"person/1",[]]\n'


def sealed(lines: bytes = LINES, key: DeviceKey = KEY) -> Sealed:
    told = {"device": key.public.hex(), "first": 1, "last": 1, "lines": hashlib.sha256(lines).hexdigest()}
    header = json.dumps({**told, "previous": "", "knows": []}).encode()
    return Sealed(key.public, 1, 1, header, key.sign(header), lines)


def body(text: bytes = b"\x00photo\n") -> Content:
    salt = b"s" * 16
    return Content(hashlib.sha256(salt + text).digest(), salt, "team", text)


HEADER = Header(
    id="b-1",
    device=KEY.public,
    name="desk A",
    workspace="Lesotho",
    holds={KEY.public: 1},
    recipient=KEY.recipient,
    beyond={b"d" * 32: 7},
    wants=(Span(b"d" * 32, 8, 12),),
    reader="office",
    left_out=2,
    left_out_size=99,
    segments=1,
    operations=1,
    bodies=1,
)

OPEN, OURS = Envelope(), Unlock(KEY.identity)
SEGMENTS, CONTENTS = (sealed(),), (body(),)


def written(
    envelope: Envelope = OPEN,
    header: Header = HEADER,
    segments: Iterable[Sealed] = SEGMENTS,
    contents: Iterable[Content] = CONTENTS,
    sign: Callable[[bytes], bytes] = KEY.sign,
) -> bytes:
    out = io.BytesIO()
    header = replace(header, recipients=envelope.recipients)
    close(frames(header, segments, contents, sign), out, envelope)
    return out.getvalue()


def read(data: bytes, tmp_path: Path, unlock: Unlock = OURS) -> Parcel:
    path = tmp_path / "x.pitso-bundle"
    path.write_bytes(data)
    return Parcel(path, unlock)


WHOLE = written()
TEXT = zstandard.ZstdDecompressor().decompressobj().decompress(WHOLE)


@pytest.mark.parametrize(
    ("envelope", "unlock"),
    [
        (Envelope(), Unlock()),
        (Envelope(passphrase="three rivers meet"), Unlock(passphrase="three rivers meet")),
        (Envelope(recipients=(DeviceKey.new().recipient, KEY.recipient)), Unlock(KEY.identity)),
    ],
)
def test_what_was_written_is_read(envelope: Envelope, unlock: Unlock, tmp_path: Path) -> None:
    parcel = read(written(envelope), tmp_path, unlock)
    assert parcel.header == replace(HEADER, recipients=envelope.recipients)
    assert list(parcel.segments()) == [sealed()]
    assert list(parcel.contents()) == [body()]


def test_a_bundle_is_readable_with_zstd_and_a_text_editor() -> None:
    assert TEXT.startswith(b'{"pitso":"bundle","format":1,')
    assert LINES in TEXT


def test_a_bundle_of_the_first_version_is_read(tmp_path: Path) -> None:
    parcel = Parcel(Path(__file__).parents[1] / "data" / "first.pitso-bundle", Unlock())
    assert parcel.header.recipients == ()
    assert sum(s.last - s.first + 1 for s in parcel.segments()) == parcel.header.operations > 1000
    assert len(list(parcel.contents())) == parcel.header.bodies > 100


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_says_nothing_else(place: int, bit: int, tmp_path: Path) -> None:
    broken = bytearray(WHOLE)
    broken[place] ^= 1 << bit
    # A few bits of the compression's own header carry no content: then what is read is what was written.
    try:
        assert read(bytes(broken), tmp_path).header == HEADER
    except Trouble as trouble:
        assert trouble.remedy


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_of_a_locked_bundle_is_refused(data: st.DataObject, tmp_path: Path) -> None:
    broken = bytearray(LOCKED)
    broken[data.draw(st.integers(0, len(LOCKED) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Trouble):
        read(bytes(broken), tmp_path)


LOCKED = written(Envelope(recipients=(KEY.recipient,)))


@pytest.mark.parametrize("length", range(0, len(WHOLE), 7))
def test_a_truncated_bundle_is_refused(length: int, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        read(WHOLE[:length], tmp_path)


def repacked(text: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(text)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(b'"x",1,', b'"x",2,'),
        TEXT.replace(b'"desk A"', b'"desk B"'),
        TEXT.replace(b"photo", b"phony"),
        TEXT + b"more\n",
        TEXT.replace(b'"size":38', b'"size":-1'),
        TEXT.replace(b'"size":38', b'"size":99999999999'),
        TEXT.replace(b'"operations":1', b'"operations":2'),
        TEXT.replace(b'"segments":1', b'"segments":Infinity'),
        b"[]\n" + TEXT,
        b"\xff\xfe\n",
        b"",
        b"[" * 100_000 + b"\n",
        b'{"pitso":"bundle"}\n',
        b'{"pitso":' + b"9" * 5000 + b"}\n",
    ],
)
def test_a_changed_text_is_refused(text: bytes, tmp_path: Path) -> None:
    assert text != TEXT
    with pytest.raises(Trouble):
        read(repacked(text), tmp_path)


def test_a_segment_signed_by_another_is_refused(tmp_path: Path) -> None:
    thief = DeviceKey(b"t" * 32)
    forged = replace(sealed(), signature=thief.sign(sealed().header))
    with pytest.raises(Trouble, match="damaged"):
        read(written(segments=[forged]), tmp_path)


def test_a_bundle_signed_by_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="damaged"):
        read(written(sign=DeviceKey(b"t" * 32).sign), tmp_path)


def test_a_newer_format_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="newer Pitso"):
        read(repacked(TEXT.replace(b'"format":1', b'"format":2')), tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"SQLite format 3\0"])
def test_another_file_is_told_apart(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not a Pitso bundle"):
        read(data, tmp_path)


def test_a_wrong_passphrase_says_so(tmp_path: Path) -> None:
    data = written(Envelope(passphrase="three rivers meet"))
    with pytest.raises(Locked):
        read(data, tmp_path)
    with pytest.raises(Trouble, match="passphrase"):
        read(data, tmp_path, Unlock(passphrase="two rivers meet"))


def test_a_bundle_for_others_says_so(tmp_path: Path) -> None:
    data = written(Envelope(recipients=(DeviceKey.new().recipient,)))
    with pytest.raises(Trouble, match="other computers"):
        read(data, tmp_path)


def test_a_bundle_that_was_locked_again_for_somebody_else_is_refused(tmp_path: Path) -> None:
    """The sender's own signature says for whom it was: nobody can pass it on as if it were meant for us."""
    other = DeviceKey.new()
    header = replace(HEADER, recipients=(other.recipient,))
    out = io.BytesIO()
    close(frames(header, [sealed()], [body()], KEY.sign), out, Envelope((KEY.recipient,)))
    with pytest.raises(Trouble, match="written for other computers"):
        read(out.getvalue(), tmp_path)


def test_an_age_header_with_thousands_of_stanzas_is_refused_unread(tmp_path: Path) -> None:
    stanzas = b"-> X25519 abc\nabc\n" * 2000
    with pytest.raises(Trouble, match="damaged"):
        read(AGE_MAGIC + stanzas + b"--- mac\n", tmp_path)


def test_a_window_beyond_eight_megabytes_is_refused(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with pytest.raises(Trouble, match="damaged"):
        read(stream.compress(TEXT) + stream.flush(), tmp_path)


@pytest.mark.parametrize("filler", [b"\n", b" ", b"0"])
def test_a_bomb_is_refused_before_it_goes_off(filler: bytes, tmp_path: Path) -> None:
    """Four gigabytes in a few hundred kilobytes: nothing that people write shrinks like that."""
    head = TEXT.splitlines(keepends=True)
    stream = zstandard.ZstdCompressor(level=1).compressobj()
    packed = [stream.compress(head[0] + head[1])]
    block = filler * (1 << 20)
    packed += [stream.compress(block) for _ in range(256)]
    packed.append(stream.flush())
    with pytest.raises(Trouble, match="damaged"):
        read(b"".join(packed), tmp_path)


def test_parts_of_two_sound_bundles_are_no_bundle(tmp_path: Path) -> None:
    """Each part is as it was signed; that they belong together is said by the trailer alone."""
    other = zstandard.ZstdDecompressor().decompressobj().decompress(written(contents=(body(b"another"),)))
    head, _mark, rest = TEXT.partition(b'{"body"')
    _body, _mark, trailer = rest.partition(b'{"trailer"')
    for_body = other.partition(b'{"body"')[2].partition(b'{"trailer"')[0]
    assert head == other.partition(b'{"body"')[0]
    mixed = head + b'{"body"' + for_body + b'{"trailer"' + trailer
    with pytest.raises(Trouble, match="damaged"):
        read(zstandard.ZstdCompressor().compress(mixed), tmp_path)


@pytest.mark.parametrize("after", [b"x", b"\n", b'{"body": {}}\n', TEXT])
def test_nothing_follows_the_trailer(tmp_path: Path, after: bytes) -> None:
    with pytest.raises(Trouble, match="damaged"):
        read(zstandard.ZstdCompressor().compress(TEXT + after), tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        {"operations": 0},
        {"operations": 2},
        {"operations": OPERATION_LIMIT + 1},
        {"operations": -1},
        {"segments": 0},
        {"segments": 2},
        {"bodies": 0},
        {"bodies": 2},
    ],
    ids=str,
)
def test_a_header_that_counts_otherwise_than_what_follows_is_refused(tmp_path: Path, said: dict[str, Any]) -> None:
    with pytest.raises(Trouble, match="damaged"):
        read(written(header=replace(HEADER, **said)), tmp_path)


def test_more_operations_than_one_bundle_may_hold_are_refused_at_its_header(tmp_path: Path) -> None:
    key, most = KEY, OPERATION_LIMIT + 1
    told = {"device": key.public.hex(), "first": 1, "last": most, "lines": hashlib.sha256(LINES).hexdigest()}
    head = json.dumps({**told, "previous": "", "knows": {}}).encode()
    large = Sealed(key.public, 1, most, head, key.sign(head), LINES)
    with pytest.raises(Trouble, match="damaged"):
        read(written(header=replace(HEADER, operations=most), segments=(large,)), tmp_path)


@pytest.mark.parametrize("of", ["lines", "header", "signature", "device"])
def test_nobody_forwards_what_another_computer_did_not_sign(tmp_path: Path, of: str) -> None:
    """The sender's own signatures are right; one part of somebody else's segment is not what was signed."""
    other = DeviceKey(b"o" * 32, KEY.identity)
    sound = sealed(key=other)
    read(written(segments=(sound,)), tmp_path)
    changed = {
        "lines": replace(sound, lines=LINES.replace(b'"x",1', b'"x",2')),
        "header": replace(sound, header=sealed(LINES.replace(b'"x",1', b'"x",2'), other).header),
        "signature": replace(sound, signature=KEY.sign(sound.header)),
        "device": replace(sound, header=sealed(key=KEY).header),
    }[of]
    with pytest.raises(Trouble, match="damaged"):
        read(written(segments=(changed,)), tmp_path)
