"""A bundle that is whole comes through unchanged; any other is refused whole, quickly, in one sentence."""

import hashlib
import json

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import AGE_MAGIC, Bundle, Content, Sealed, read, write
from pitso.exchange.keys import DeviceKey

KEY = DeviceKey(b"k" * 32)
LINES = b'[1,5,"set","a/1","x",1,"person/1",[]]\n'


def sealed(lines: bytes = LINES, key: DeviceKey = KEY) -> Sealed:
    told = {"device": key.public.hex(), "first": 1, "last": 1, "lines": hashlib.sha256(lines).hexdigest()}
    header = json.dumps({**told, "previous": "", "knows": []}).encode()
    return Sealed(key.public, 1, 1, header, key.sign(header), lines)


def bundle(*segments: Sealed, content: bytes = b"\x00photo\n") -> Bundle:
    salt = b"s" * 16
    body = Content(hashlib.sha256(salt + content).digest(), salt, "team", content)
    return Bundle("b-1", KEY.public, "desk A", "Lesotho", {KEY.public: 1}, segments or (sealed(),), (body,))


WHOLE = write(bundle(), KEY.sign, passphrase=None)


@pytest.mark.parametrize("passphrase", [None, "three rivers meet"])
def test_what_was_written_is_read(passphrase: str | None) -> None:
    assert read(write(bundle(), KEY.sign, passphrase=passphrase), passphrase=passphrase) == bundle()


def test_a_bundle_is_readable_with_zstd_and_a_text_editor() -> None:
    text = zstandard.ZstdDecompressor().decompress(WHOLE)
    assert text.startswith(b'{"pitso":"bundle","format":1,')
    assert LINES in text


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_says_nothing_else(place: int, bit: int) -> None:
    broken = bytearray(WHOLE)
    broken[place] ^= 1 << bit
    # A few bits of the compression's own header carry no content: then what is read is what was written.
    try:
        assert read(bytes(broken)) == bundle()
    except Trouble as trouble:
        assert trouble.remedy


@pytest.mark.parametrize("length", range(0, len(WHOLE), 7))
def test_a_truncated_bundle_is_refused(length: int) -> None:
    with pytest.raises(Trouble):
        read(WHOLE[:length])


def repacked(text: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(text)


TEXT = zstandard.ZstdDecompressor().decompress(WHOLE)


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
        b"[]\n" + TEXT,
        b"\xff\xfe\n",
        b"",
        b"[" * 100_000 + b"\n",
        b'{"pitso":"bundle"}\n',
    ],
)
def test_a_changed_text_is_refused(text: bytes) -> None:
    assert text != TEXT
    with pytest.raises(Trouble):
        read(repacked(text))


def test_a_segment_signed_by_another_is_refused() -> None:
    thief = DeviceKey(b"t" * 32)
    forged = sealed()
    forged = Sealed(forged.device, 1, 1, forged.header, thief.sign(forged.header), forged.lines)
    with pytest.raises(Trouble, match="damaged"):
        read(write(bundle(forged), KEY.sign, passphrase=None))


def test_a_bundle_signed_by_another_is_refused() -> None:
    with pytest.raises(Trouble, match="damaged"):
        read(write(bundle(), DeviceKey(b"t" * 32).sign, passphrase=None))


def test_a_newer_format_says_what_to_do() -> None:
    with pytest.raises(Trouble, match="newer Pitso"):
        read(repacked(TEXT.replace(b'"format":1', b'"format":2')))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"SQLite format 3\0"])
def test_another_file_is_told_apart(data: bytes) -> None:
    with pytest.raises(Trouble, match="not a Pitso bundle"):
        read(data)


def test_a_wrong_passphrase_says_so() -> None:
    data = write(bundle(), KEY.sign, passphrase="three rivers meet")
    with pytest.raises(Trouble, match="passphrase"):
        read(data)
    with pytest.raises(Trouble, match="passphrase"):
        read(data, passphrase="two rivers meet")


def test_an_age_header_with_thousands_of_stanzas_is_refused_unread() -> None:
    stanzas = b"-> X25519 abc\nabc\n" * 2000
    with pytest.raises(Trouble, match="damaged"):
        read(AGE_MAGIC + stanzas + b"--- mac\n", passphrase="x")


def test_a_window_beyond_eight_megabytes_is_refused() -> None:
    huge = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    )
    stream = huge.compressobj()
    data = stream.compress(TEXT) + stream.flush()
    with pytest.raises(Trouble, match="damaged"):
        read(data)
