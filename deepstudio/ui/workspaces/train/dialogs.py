"""The questions that this workspace asks. GUI thread; tests replace the class methods."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

translate = QCoreApplication.translate


class Closing(StrEnum):
    """What to do about a run when the window is to close."""

    STOP = "stop"
    STAY = "stay"


class TrainDialogs:
    """Each returns what was chosen, None where the user changed their mind."""

    @classmethod
    def ask_folder(cls, parent: QWidget, folder: str) -> Path | None:
        """Ask for a folder of classes."""
        title = translate("TrainDialogs", "Open a folder with one folder for each class")
        name = QFileDialog.getExistingDirectory(parent, title, folder)
        return Path(name) if name else None

    @classmethod
    def ask_table(cls, parent: QWidget, folder: str) -> Path | None:
        """Ask for a table of paths or texts and their labels, for tagged words, or for plain text."""
        title = translate("TrainDialogs", "Open a table or text")
        kinds = ";;".join(
            (
                translate(
                    "TrainDialogs",
                    "Tables and texts (*.csv *.tsv *.tab *.jsonl *.ndjson *.json *.txt *.conll *.bio *.iob2)",
                ),
                translate("TrainDialogs", "All files (*)"),
            )
        )
        name, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
        return Path(name) if name else None

    @classmethod
    def ask_recipe(cls, parent: QWidget, folder: str) -> Path | None:
        """Ask for a recipe."""
        title = translate("TrainDialogs", "Open a recipe")
        name, _ = QFileDialog.getOpenFileName(parent, title, folder, _recipes())
        return Path(name) if name else None

    @classmethod
    def ask_recipe_target(cls, parent: QWidget, proposal: str) -> Path | None:
        """Ask where the recipe should be written."""
        title = translate("TrainDialogs", "Save the recipe")
        name, _ = QFileDialog.getSaveFileName(parent, title, proposal, _recipes())
        return _with_suffix(name, ".toml")

    @classmethod
    def ask_corrections_target(cls, parent: QWidget, proposal: str) -> Path | None:
        """Ask where the corrected table should be written."""
        title = translate("TrainDialogs", "Export the corrected set")
        kinds = translate("TrainDialogs", "Table (*.csv)")
        name, _ = QFileDialog.getSaveFileName(parent, title, proposal, kinds)
        return _with_suffix(name, ".csv")

    @classmethod
    def ask_count(cls, parent: QWidget, title: str, question: str, *, value: int, low: int, high: int) -> int | None:
        """Ask for a whole number."""
        count, sure = QInputDialog.getInt(parent, title, question, value, low, high)
        return count if sure else None

    @classmethod
    def ask_closing(cls, parent: QWidget) -> Closing:
        """Ask what to do about the run when the window is to close."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(translate("TrainDialogs", "A network is in training"))
        box.setText(translate("TrainDialogs", "A network is in training. Stop it and close?"))
        kept = translate("TrainDialogs", "What was learnt so far is kept: the run can go on the next time.")
        box.setInformativeText(kept)
        stop = box.addButton(translate("TrainDialogs", "Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(translate("TrainDialogs", "Go on training"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        chosen = Closing.STOP if box.clickedButton() is stop else Closing.STAY
        box.deleteLater()
        return chosen


def _recipes() -> str:
    return translate("TrainDialogs", "Recipes (*.toml)")


def _with_suffix(name: str, suffix: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(suffix)
