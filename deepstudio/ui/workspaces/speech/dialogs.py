"""The questions of the Speech workspace that need a dialog. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from deepstudio.audio.endings import SUFFIXES


def ask_sound(parent: QWidget) -> Path | None:
    """Ask for a sound file to transcribe."""
    title = QCoreApplication.translate("speech", "Open a sound file")
    path, _kind = QFileDialog.getOpenFileName(parent, title, str(Path.home()), _kinds())
    return Path(path) if path else None


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


def _kinds() -> str:
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    return f"{QCoreApplication.translate('speech', 'Sound')} ({patterns})"
