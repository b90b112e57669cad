"""Is the process that wrote a run still alive? Process ids are used again, so the time of its start counts too.

Any thread. A check costs about 20 microseconds on Linux.
"""

from __future__ import annotations

import os
import socket
import sys
from functools import cache
from pathlib import Path


@cache
def host_name() -> str:
    """Return the name of this machine."""
    return socket.gethostname()


def process_mark(pid: int) -> str:
    """Return a text that no other process of this machine ever has, or "" if there is no such process."""
    if sys.platform == "linux":
        return _linux_mark(pid)
    import psutil

    try:
        return f"{psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""


def own_mark() -> tuple[int, str]:
    """Return id and mark of this process (a forked child has its own)."""
    pid = os.getpid()
    return pid, process_mark(pid)


def _linux_mark(pid: int) -> str:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name of the program may hold spaces and brackets; what follows its last bracket does not.
    words = text.rpartition(")")[2].split()
    state, started = words[0], words[19]
    return "" if state in ("Z", "X") else f"{_boot()}-{started}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "boot"
