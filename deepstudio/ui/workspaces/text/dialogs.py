"""The questions that the Text workspace asks: which file, where to. GUI thread; None where nothing was chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP


def ask_text(parent: QWidget) -> Path | None:
    """Ask for a text file or a table."""
    return _existing(parent, _say(QT_TRANSLATE_NOOP("text", "Open a text")))


def ask_table(parent: QWidget) -> Path | None:
    """Ask for a table, or a file with a text a line."""
    return _existing(parent, _say(QT_TRANSLATE_NOOP("text", "Open a table")))


def ask_entities_target(parent: QWidget, kind: str) -> Path | None:
    """Ask where to write entities, as "conll" or "spacy"."""
    suffix = "conll" if kind == "conll" else "json"
    title = _say(QT_TRANSLATE_NOOP("text", "Save the entities"))
    path, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / f"entities.{suffix}"), f"*.{suffix}")
    return Path(path) if path else None


def _existing(parent: QWidget, title: str) -> Path | None:
    path, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()))
    return Path(path) if path else None


def _say(text: str) -> str:
    return QCoreApplication.translate("text", text)
