"""The questions that this workspace asks. GUI thread; tests replace the class methods."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from deepstudio.data.sources import IMAGE_SUFFIXES


class ImageDialogs:
    """Each returns what was chosen, empty or None where the user changed their mind."""

    @classmethod
    def ask_files(cls, parent: QWidget, folder: str) -> list[Path]:
        """Ask for pictures, starting in `folder`."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        kinds = f"{QCoreApplication.translate('ImageDialogs', 'Pictures')} ({patterns})"
        every = f"{QCoreApplication.translate('ImageDialogs', 'All files')} (*)"
        title = QCoreApplication.translate("ImageDialogs", "Open pictures")
        names, _ = QFileDialog.getOpenFileNames(parent, title, folder, f"{kinds};;{every}")
        return [Path(name) for name in names]

    @classmethod
    def ask_folder(cls, parent: QWidget, folder: str) -> Path | None:
        """Ask for a folder of pictures, starting in `folder`."""
        title = QCoreApplication.translate("ImageDialogs", "Open a folder of pictures")
        name = QFileDialog.getExistingDirectory(parent, title, folder)
        return Path(name) if name else None

    @classmethod
    def ask_label(cls, parent: QWidget, proposal: str, known: list[str]) -> str:
        """Ask what pictures show; `known` labels are offered."""
        title = QCoreApplication.translate("ImageDialogs", "Example of a label")
        question = QCoreApplication.translate("ImageDialogs", "What is to be seen?")
        if not known:
            text, accepted = QInputDialog.getText(parent, title, question, text=proposal)
        else:
            offered = list(dict.fromkeys([proposal, *known])) if proposal else known
            text, accepted = QInputDialog.getItem(parent, title, question, offered, 0, True)
        return text if accepted else ""

    @classmethod
    def ask_csv(cls, parent: QWidget, proposal: str) -> Path | None:
        """Ask where the table should be written."""
        title = QCoreApplication.translate("ImageDialogs", "Save the table")
        kinds = QCoreApplication.translate("ImageDialogs", "Table (*.csv)")
        name, _ = QFileDialog.getSaveFileName(parent, title, proposal, kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".csv")
