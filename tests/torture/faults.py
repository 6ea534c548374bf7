"""Faults of the disk at a chosen moment, in any program: its writes pass by here first.

A process asks the kernel (seccomp's user notification, Linux 5.5) to stop at each call that writes
to a disk, and hands the listener over. `watch` then counts the calls that go to one file and those
beside it, and at a chosen one lets the call fail, or ends the process before it is done. Nothing is
compiled, nothing in the program is replaced, and what it starts is watched as well.
"""

import array
import contextlib
import ctypes
import errno
import fcntl
import os
import platform
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

# seccomp itself, its mark of the machine, and the calls that write, by name.
CALLS: dict[str, tuple[int, int, dict[int, str]]] = {
    "x86_64": (317, 0xC000003E, {1: "write", 18: "pwrite", 20: "writev", 74: "fsync", 75: "fdatasync", 77: "ftruncate",
                                 285: "fallocate", 296: "pwritev"}),
    "aarch64": (277, 0xC00000B7, {64: "write", 68: "pwrite", 66: "writev", 82: "fsync", 83: "fdatasync", 46: "ftruncate",
                                  47: "fallocate", 70: "pwritev"}),
}  # fmt: skip
SET_FILTER, NEW_LISTENER, NO_NEW_PRIVS = 1, 8, 38
ALLOW, NOTIFY, CONTINUE = 0x7FFF0000, 0x7FC00000, 1
RECEIVE, SEND = 0xC0502100, 0xC0182101
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06

Act = int | None
"""What befalls a call: an error's number, or (None) the end of the process before it is done."""


def available() -> bool:
    """Tell whether the kernel here can hand over calls."""
    if not sys.platform.startswith("linux") or platform.machine() not in CALLS:
        return False
    with contextlib.suppress(OSError):
        return "user_notif" in Path("/proc/sys/kernel/seccomp/actions_avail").read_text()
    return False


def hand_over(channel: socket.socket) -> None:
    """Let every call that writes, from now on and in all that this process starts, be asked for."""
    seccomp, mark, calls = CALLS[platform.machine()]

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    steps = [
        step(LOAD, 0, 0, 4),
        step(EQUAL, 1, 0, mark),
        step(RETURN, 0, 0, ALLOW),
        step(LOAD, 0, 0, 0),
    ]
    for number in calls:
        steps += [step(EQUAL, 0, 1, number), step(RETURN, 0, 0, NOTIFY)]
    steps.append(step(RETURN, 0, 0, ALLOW))
    code = b"".join(steps)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    whole = Program(len(steps), ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    listener = libc.syscall(seccomp, SET_FILTER, NEW_LISTENER, ctypes.byref(whole))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "the kernel does not hand over calls")
    channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [listener]))])
    os.close(listener)
    channel.close()


def watch(
    work: Callable[[], None], file: Path, *, at: int | None, act: Act, last: bool = False
) -> tuple[int, list[str]]:
    """Do work in a process of its own; at its n-th write to a file (from 0) let happen what `act` says.

    `last`: all writes behind that one fail as well, as on a disk that is full or gone. Returns how the
    process ended (as `os.waitpid` tells it), and what each write was: the call and the end of the name.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        status = 1
        with contextlib.suppress(BaseException):
            ours.close()
            hand_over(theirs)
            work()
            status = 0
        os._exit(status)
    theirs.close()
    with ours:
        _, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(4))
    (listener,) = struct.unpack("i", ancillary[0][2])
    seen: list[str] = []
    try:
        while answered(listener, child, file, seen, at=at, act=act, last=last):
            pass
    finally:
        os.close(listener)
    return os.waitpid(child, 0)[1], seen


def answered(
    listener: int, child: int, file: Path, seen: list[str], *, at: int | None, act: Act, last: bool
) -> bool:
    """Answer one call; tell whether there may be more."""
    calls = CALLS[platform.machine()][2]
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    ((_, events),) = poll.poll()
    if not events & select.POLLIN:
        return False  # all who were watched are gone
    asked = bytearray(80)
    try:
        fcntl.ioctl(listener, RECEIVE, asked)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.EINTR)  # the one who asked is gone
    number, process = struct.unpack_from("=QI", asked)
    call, descriptor = (
        struct.unpack_from("=i", asked, 16)[0],
        struct.unpack_from("=Q", asked, 32)[0],
    )
    failure = 0
    with contextlib.suppress(OSError):
        target = str(Path(f"/proc/{process}/fd/{descriptor}").readlink())
        if target.startswith(str(file)):
            here = len(seen)
            seen.append(f"{calls[call]} {target.removeprefix(str(file)) or 'record'}")
            if at is not None and (here == at or (last and here > at)):
                if act is None:
                    os.kill(child, signal.SIGKILL)
                    return True
                failure = act
    with contextlib.suppress(OSError):
        answer = struct.pack("=QqiI", number, 0, -failure, 0 if failure else CONTINUE)
        fcntl.ioctl(listener, SEND, answer)
    return True
