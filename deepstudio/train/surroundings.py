"""Where a run takes place: machine, versions, and the state of the code beside it. Torch-free, any thread."""

from __future__ import annotations

import os
import platform
import shlex
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import deepstudio

_GIT_SECONDS = 5.0


def environment(data: Path, device: str, processes: int) -> dict[str, Any]:
    """Return what else than the recipe makes a run: data folder, device, versions, machine, command."""
    return {
        "data": str(data.resolve()),
        "device": device,
        "processes": processes,
        "deepstudio": deepstudio.__version__,
        "torch": _version("torch"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "host": socket.gethostname(),
        "processors": os.cpu_count(),
        "command": shlex.join(sys.argv),
    }


def git_state(folder: Path) -> dict[str, Any] | None:
    """Return commit, branch and changed files of the repository around `folder`, None where there is none (or no git).

    Never asks for anything and never takes longer than a few seconds.
    """
    commit = _git(folder, "rev-parse", "HEAD")
    if commit is None:
        return None
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no") or ""
    return {
        "commit": commit,
        "branch": _git(folder, "rev-parse", "--abbrev-ref", "HEAD") or "",
        "changed": [line[3:] for line in changed.splitlines()],
    }


def _git(folder: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.rstrip() if done.returncode == 0 else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
