"""What a process gives up before it parses what strangers wrote: network, programs, memory."""

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys

MEMORY = 1400 * 1024 * 1024
"""Bytes of address space; what is resident is less."""

SECONDS = 12
"""Seconds of the processor for one input."""

FILES = 64

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
ALLOW, FAIL = 0x7FFF0000, 0x00050000
CLONE_THREAD, NEW_USER, NEW_NET = 0x00010000, 0x10000000, 0x40000000
LOAD, EQUAL, AT_LEAST, ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

# Per machine: the mark of its system calls, `clone`, `clone3`, and the calls that fail: sockets,
# programs, further processes, other processes' memory, asynchronous calls that would go round this.
CALLS: dict[str, tuple[int, int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        56,
        435,
        (
            41,
            42,
            43,
            44,
            46,
            49,
            50,
            53,
            57,
            58,
            59,
            101,
            288,
            307,
            310,
            311,
            322,
            425,
            62,
            200,
            234,
        ),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        435,
        (
            198,
            199,
            200,
            201,
            202,
            203,
            206,
            211,
            221,
            242,
            269,
            270,
            271,
            281,
            117,
            425,
            129,
            130,
            131,
        ),
    ),
}


def confine() -> str:
    """Give up what parsing does not need; return how the network is kept out.

    "seccomp": the kernel refuses sockets and programs; "namespace": the process has no network
    devices; "python": neither could be had, and only Python's own sockets are closed.
    """
    limit()
    close_sockets()
    if not sys.platform.startswith("linux"):
        return "python"
    if filtered():
        return "seccomp"
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return "namespace" if libc.unshare(NEW_USER | NEW_NET) == 0 else "python"
    except (OSError, AttributeError):
        return "python"


def limit(memory: int = MEMORY) -> None:
    """Limit memory and open files, and let no file be written."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, hard))
        except (ValueError, OSError):
            continue
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def give(seconds: int = SECONDS) -> None:
    """Give the process so many seconds of the processor from now; the kernel ends it after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, hard))


def close_sockets() -> None:
    """Make Python's sockets fail, with a message, where the kernel would not."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "what parses documents has no network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.bind = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def filtered() -> bool:
    """Ask the kernel to fail every call to sockets and programs; tell whether it does."""
    known = CALLS.get(platform.machine())
    if known is None or sys.byteorder != "little":
        return False
    mark, clone, clone3, refused = known
    code = program(mark, clone, clone3, refused)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    whole = Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(whole), 0, 0) == 0)


def program(mark: int, clone: int, clone3: int, refused: tuple[int, ...]) -> bytes:
    """Return the filter: instructions of eight bytes (code, jumps if true and false, value)."""

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    no = FAIL | errno.EPERM
    steps = [
        step(LOAD, 0, 0, 4),  # the machine whose numbers the call uses
        step(EQUAL, 1, 0, mark),
        step(RETURN, 0, 0, no),
        step(LOAD, 0, 0, 0),  # the number of the call
        step(AT_LEAST, 0, 1, 0x40000000),  # a second numbering of x86-64
        step(RETURN, 0, 0, no),
    ]
    for number in refused:
        steps += [step(EQUAL, 0, 1, number), step(RETURN, 0, 0, no)]
    steps += [
        step(EQUAL, 0, 1, clone3),  # its arguments cannot be seen here; callers fall back to clone
        step(RETURN, 0, 0, FAIL | errno.ENOSYS),
        step(EQUAL, 0, 3, clone),
        step(LOAD, 0, 0, 16),  # threads are let be
        step(ANY, 1, 0, CLONE_THREAD),
        step(RETURN, 0, 0, no),
        step(RETURN, 0, 0, ALLOW),
    ]
    return b"".join(steps)
