"""The script that records: its name, its surroundings, its state in git."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def is_helper_rank() -> bool:
    """Return whether torchrun started this process beside the one that records."""
    local = os.environ.get("LOCAL_RANK", "")
    return local != "" and (os.environ.get("RANK") or local) != "0"


def script_name() -> str:
    """Return a name for a run that was given none."""
    return Path(sys.argv[0]).stem if sys.argv and sys.argv[0] not in ("", "-c", "-m") else "run"


def surroundings() -> dict[str, Any]:
    """Return where the script runs: program, arguments, versions, process."""
    import platform

    found: dict[str, Any] = {
        "program": sys.argv[0] if sys.argv else "",
        "arguments": sys.argv[1:],
        "folder": os.getcwd(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "host": platform.node(),
        "process": os.getpid(),
    }
    for name in ("torch", "tensorflow", "keras", "jax", "lightning", "numpy"):
        version = getattr(sys.modules.get(name), "__version__", None)
        if version is not None:
            found[name] = str(version)
    return found


def git_state() -> dict[str, Any]:
    """Return commit, branch and whether files differ from it, {} outside a repository or without git."""
    import subprocess

    try:
        text = subprocess.run(
            ["git", "status", "--porcelain=v2", "--branch", "--untracked-files=no"],
            capture_output=True,
            text=True,
            timeout=2.0,
            check=True,
            stdin=subprocess.DEVNULL,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    words = dict(line[2:].partition(" ")[::2] for line in text.splitlines() if line.startswith("# "))
    changed = any(not line.startswith("# ") for line in text.splitlines())
    return {"commit": words.get("branch.oid", ""), "branch": words.get("branch.head", ""), "changed": changed}
