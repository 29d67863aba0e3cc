"""A drive that fails from some moment on: ``python -m tests.promises.failing_drive SCENE FOLDER SEED TRIES``.

A child plays a scene of the `stage`; at a random moment the kernel begins to answer whatever it writes with an error
(a seccomp filter, which needs neither root nor a drive of its own), and never stops. The child must end with a
`Trouble`; then its folder, on a drive that works again, must hold all that was told.
"""

import ctypes
import errno
import os
import platform
import random
import shutil
import struct
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

from pitso.domain.trouble import Trouble
from tests.promises.stage import SCENES, length_of, locks, parcel, tell


def numbered(told: str) -> dict[str, int]:
    return {name: int(number) for name, number in (pair.split("=") for pair in told.split())}


NUMBERS = {
    "x86_64": numbered(
        "write=1 pread=17 pwrite=18 sendfile=40 copy_file_range=326 fsync=74 fdatasync=75 ftruncate=77 fallocate=285 "
        "openat=257 mkdirat=258 unlinkat=263 renameat=264 rename=82 mkdir=83 unlink=87 seccomp=317"
    ),
    "aarch64": numbered(
        "write=64 pread=67 pwrite=68 sendfile=71 copy_file_range=285 fsync=82 fdatasync=83 ftruncate=46 fallocate=47 "
        "openat=56 mkdirat=34 unlinkat=35 renameat=38 seccomp=277"
    ),
}
"""The kernel's numbers of its calls, by machine."""

BYTES = ("write", "pwrite", "sendfile", "copy_file_range")
FORCING = ("fsync", "fdatasync")
NAMES = ("mkdirat", "unlinkat", "renameat", "unlink", "rename", "mkdir", "openat")
FAULTS: dict[str, tuple[int, tuple[str, ...]]] = {
    "broken": (errno.EIO, (*BYTES, *FORCING, "ftruncate")),
    "full": (errno.ENOSPC, (*BYTES, "fallocate")),
    "read-only": (errno.EROFS, (*BYTES, *NAMES, "ftruncate", "fallocate")),
    "vanished": (errno.ENODEV, (*BYTES, *FORCING, *NAMES, "ftruncate", "fallocate", "pread")),
}
"""What the kernel answers, and to which calls."""

FIRST_FILE = 3
"""Descriptors below this are no files of the drive: there the child tells what it did."""

LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NUMBER_OF_CALL, FIRST_WORD, THIRD_WORD = 0, 16, 32
NO_NEW_PRIVILEGES, SET_FILTER, ALL_THREADS = 38, 1, 1


def step(code: int, operand: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, operand)


def refusing(fault: str) -> bytes:
    """The filter, as the kernel reads it: for each call three steps that refuse it or pass it on."""
    number, (error, calls) = NUMBERS[platform.machine()], FAULTS[fault]
    refuse = step(ANSWER, REFUSE | error)

    def steps() -> Iterator[bytes]:
        for call in calls:
            if call not in number:
                continue
            yield step(LOAD, NUMBER_OF_CALL)
            if call == "write":
                yield step(EQUAL, number[call], 0, 3) + step(LOAD, FIRST_WORD) + step(AT_LEAST, FIRST_FILE, 0, 1)
            elif call == "openat":  # to read, a program's own files are opened all the time
                writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
                yield step(EQUAL, number[call], 0, 3) + step(LOAD, THIRD_WORD) + step(ANY_BIT, writing, 0, 1)
            else:
                yield step(EQUAL, number[call], 0, 1)
            yield refuse
        yield step(ANSWER, ALLOW)

    return b"".join(steps())


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def begin_to_fail(fault: str) -> None:
    """From now on, and in every thread of this process."""
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    steps = refusing(fault)
    program = Program(len(steps) // 8, steps)
    done = kernel.syscall(NUMBERS[platform.machine()]["seccomp"], SET_FILTER, ALL_THREADS, ctypes.byref(program))
    if done:
        raise OSError(ctypes.get_errno(), "no filter")


def possible() -> bool:
    """Does this kernel let a process refuse itself something? Tried in a child."""
    if sys.platform != "linux" or platform.machine() not in NUMBERS:
        return False
    child = os.fork()
    if child == 0:
        try:
            begin_to_fail("full")
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def play(scene: str, fault: str, folder: Path, after: float) -> int:
    """Play the scene on a drive that fails *after* so many seconds: 0 if it was told in words, or was done before."""
    threading.Timer(after, begin_to_fail, [fault]).start()
    try:
        SCENES[scene][0](folder)
    except Trouble as trouble:
        assert trouble.happened, trouble.remedy
        tell("trouble")
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def attempt(scene: str, fault: str, folder: Path, after: float) -> list[str]:
    """Let a child play, and look at what it left; what it told."""
    folder.mkdir()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os._exit(play(scene, fault, folder, after))
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        told = said.read().decode().splitlines()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, f"{scene} on a {fault} drive ended without words"
    SCENES[scene][1](folder, [line for line in told if line != "trouble"])
    shutil.rmtree(folder)
    return told


def main() -> None:
    scene, folder, chance = sys.argv[1], Path(sys.argv[2]), random.Random(sys.argv[3])
    if scene == "protecting":
        locks()
    if scene == "receiving":
        parcel()
    (folder / "measured").mkdir()
    longest = length_of(scene, folder / "measured")
    for fault in FAULTS:
        for number in range(int(sys.argv[4])):
            told = attempt(scene, fault, folder / str(number), chance.uniform(0, longest))
            print(fault if "trouble" in told else "done", flush=True)


if __name__ == "__main__":
    main()
