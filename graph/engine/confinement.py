"""What keeps a worker from harming the machine: it may compute over its store, and nothing else."""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NAME = 15
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

# Numbers of socket, connect, execve, execveat and io_uring_setup, which leads to all of them, by
# machine, with the kernel's word for it.
_REFUSED_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}
# Instructions of the filter: load a word of the call, jump if it equals, return.
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_CALL_NUMBER, _CALL_MACHINE = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # 1 is EPERM


_SERVES = 1.0  # seconds; to ask for the time that was computed costs a call of the system


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def die_with_parent(parent: int) -> None:
    """End this process when the one that forked it ends, however that comes about."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(0)


def call_itself(name: str) -> None:
    """Have this process shown by a name, of which the system keeps 15 bytes."""
    _prctl(_PR_SET_NAME, ctypes.c_char_p(name.encode()))


def leave_no_trace() -> None:
    """Write no core dump, and nothing to the terminal of the server."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def bound_memory(memory: int, stack: int) -> None:
    """Allow so much more memory than is in use now, and so much stack."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _lower(resource.RLIMIT_STACK, stack)
    _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + memory + stack)


class Clock:
    """Bounds the time that this process may compute for a question.

    The server ends it earlier; this is for a server that is stopped itself.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._seconds = 0.0

    def bound(self, seconds: float, now: float) -> None:
        """End this process when it has computed for longer than a question may take.

        Args:
            seconds: what a question may take.
            now: the time by `time.monotonic`; a bound serves for a second.
        """
        if now < self._until and seconds == self._seconds:
            return
        self._until, self._seconds = now + _SERVES, seconds
        most = int(time.process_time() + 2 * (seconds + _SERVES)) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def peak_memory() -> int:
    """Return the most bytes of memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def forbid_network() -> bool:
    """Refuse to open sockets and to start programs; tell whether the system took that on."""
    known = _REFUSED_CALLS.get(platform.machine())
    if known is None or sys.platform != "linux":
        return False
    machine, calls = known
    code = [_instruction(_LOAD, _CALL_MACHINE), _instruction(_JUMP_EQUAL, machine, 1, 0)]
    code += [_instruction(_RETURN, _REFUSE), _instruction(_LOAD, _CALL_NUMBER)]
    code += [_instruction(_JUMP_EQUAL, c, len(calls) - i, 0) for i, c in enumerate(calls)]
    code += [_instruction(_RETURN, _ALLOW), _instruction(_RETURN, _REFUSE)]
    program = _Filter(len(code), b"".join(code))
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program)
    )


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _prctl(option: int, argument: object, more: object = 0) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(option, argument, more, 0, 0) == 0)


def _lower(kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        value = min(value, most)
    resource.setrlimit(kind, (value, most))
