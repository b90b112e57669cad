"""A run that is killed again and again ends as if nothing had been; the script does it fifty times."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_run_ends_as_if_nothing_had_been(checkout: Path) -> None:
    script = checkout / "tests" / "crash" / "kill_and_resume.py"
    words = [sys.executable, str(script), "--kills", "5", "--fork"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "equal: weights" in done.stdout
