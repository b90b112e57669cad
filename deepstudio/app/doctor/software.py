"""Versions: the program, Python, its packages."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
from collections.abc import Iterator

import deepstudio
from deepstudio.app.doctor.finding import Finding, State

_OLDEST_PYTHON = (3, 11)
# Used if the program was not installed by pip, so that its own metadata are not there.
_PACKAGES = (
    "torch",
    "torchvision",
    "PySide6-Essentials",
    "numpy",
    "pillow",
    "safetensors",
    "captum",
    "torchmetrics",
    "tokenizers",
    "pyqtgraph",
    "platformdirs",
    "psutil",
    "sounddevice",
    "soundfile",
    "soxr",
)
_BROKEN_QT = {
    "6.11.0": "it breaks the layout of docks",
    "6.11.1": "it breaks the layout of docks",
    "6.12.0": "it loses references and crashes Python 3.11",
}


def check_program() -> Iterator[Finding]:
    """The program, Python and the system."""
    yield Finding(check="DeepStudio", state=State.OK, value=deepstudio.__version__)
    new_enough = sys.version_info[:2] >= _OLDEST_PYTHON
    yield Finding(
        check="Python",
        state=State.OK if new_enough else State.PROBLEM,
        value=f"{platform.python_version()} on {platform.platform()}",
        fix="" if new_enough else "Install Python 3.11 or newer.",
    )


def check_packages() -> Iterator[Finding]:
    """Every package that the program declares."""
    for name in _declared():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(check=name, state=State.PROBLEM, value="missing", fix=f"Type: pip install {name}")
            continue
        broken = _BROKEN_QT.get(version) if name.lower().startswith("pyside6") else None
        yield Finding(
            check=name,
            state=State.PROBLEM if broken else State.OK,
            value=f"{version}: {broken}" if broken else version,
            fix="Type: pip install 'PySide6-Essentials>=6.10.3,<6.12,!=6.11.0,!=6.11.1'" if broken else "",
        )


def _declared() -> tuple[str, ...]:
    try:
        lines = importlib.metadata.requires("deepstudio") or []
    except importlib.metadata.PackageNotFoundError:
        return _PACKAGES
    names = (re.match(r"[\w.-]+", line) for line in lines if "extra ==" not in line)
    return tuple(match.group() for match in names if match) or _PACKAGES
