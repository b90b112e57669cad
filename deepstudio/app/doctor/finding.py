"""What a check found."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum

_TIMEOUT_S = 60


class State(StrEnum):
    """OK; NOTE: works without it, but something is lacking; PROBLEM: must be mended."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report: the subject, its state, what was found, and how to mend it."""

    check: str
    state: State
    value: str
    fix: str = ""


def ask_python(code: str, **environment: str) -> tuple[bool, str]:
    """Run `code` in a Python of its own, so that a crash or the noise of a system library stays there.

    Returns whether it ended well, and its output or the last line of its errors.
    """
    try:
        answer = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    if answer.returncode == 0:
        return True, answer.stdout.strip()
    lines = answer.stderr.strip().splitlines()
    return False, lines[-1] if lines else f"exit code {answer.returncode}"
