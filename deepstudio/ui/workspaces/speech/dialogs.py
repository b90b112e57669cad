"""The questions of the Speech workspace that need a dialog. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from deepstudio.audio.endings import SUFFIXES


def ask_sounds(parent: QWidget) -> list[Path]:
    """Ask for sound files to transcribe."""
    title = QCoreApplication.translate("speech", "Open sound files")
    paths, _kind = QFileDialog.getOpenFileNames(parent, title, str(Path.home()), _kinds())
    return [Path(path) for path in paths]


def ask_takes(parent: QWidget) -> list[Path]:
    """Ask for sound files to cut takes of a word out of."""
    title = QCoreApplication.translate("speech", "Takes from sound files")
    paths, _kind = QFileDialog.getOpenFileNames(parent, title, str(Path.home()), _kinds())
    return [Path(path) for path in paths]


def ask_zip(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the takes of a word set called `name`."""
    title = QCoreApplication.translate("speech", "Export the takes")
    suggested = Path.home() / f"{name.replace('/', '-')}.zip"
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), "*.zip")
    return Path(path) if path else None


def ask_text(parent: QWidget, name: str, kind: str) -> Path | None:
    """Ask where to write a text as `kind`, which is the ending that a name without one gets."""
    title = QCoreApplication.translate("speech", "Save the text")
    proposal = Path.home() / f"{name}.{kind}"
    while True:
        given, _kind = QFileDialog.getSaveFileName(parent, title, str(proposal), f"*.{kind}")
        path = Path(given)
        if not given or path.suffix[1:2].isalpha():  # what follows the dot of 08.30 is no ending
            return path if given else None
        proposal = path.with_name(f"{path.name}.{kind}")
        if not proposal.exists():  # else the dialog asks whether to replace it, as it does for a whole name
            return proposal


def _kinds() -> str:
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    return f"{QCoreApplication.translate('speech', 'Sound')} ({patterns})"
