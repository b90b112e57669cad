"""What this program is, which versions run, and under which terms. GUI thread only."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

import deepstudio
from deepstudio.core.paths import data_dir
from deepstudio.ui.theme import app_icon
from deepstudio.ui.widgets.parts import button, column, label, line, row


def package_version(name: str) -> str:
    """Return the version of an installed package without importing it, "-" if it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


class AboutDialog(QDialog):
    """The program's card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About DeepStudio"))
        layout = column(self, margins=(32, 28, 32, 24), gap=16)
        head = row(gap=16)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        names = column(gap=2)
        names.addWidget(label("DeepStudio", "display"))
        names.addWidget(label(self.tr("Version {version}").format(version=deepstudio.__version__), "muted"))
        head.addWidget(picture)
        head.addLayout(names, 1)
        layout.addLayout(head)
        layout.addWidget(
            label(
                self.tr("Train, watch and use neural networks in one window. Nothing leaves this machine."), wrap=True
            )
        )
        layout.addWidget(line())
        layout.addLayout(self._facts())
        layout.addWidget(line())
        terms = self.tr("DeepStudio is free software under the MIT licence. It uses Qt for Python under the LGPL.")
        layout.addWidget(label(terms, "caption", wrap=True))
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.setMinimumWidth(480)

    @classmethod
    def ask(cls, parent: QWidget | None = None) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(parent)
        dialog.exec()
        dialog.deleteLater()

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        facts = (
            ("PyTorch", package_version("torch")),
            ("torchvision", package_version("torchvision")),
            ("Qt", qVersion()),
            ("Python", platform.python_version()),
            (self.tr("Your files"), str(data_dir())),
        )
        for index, (name, value) in enumerate(facts):
            grid.addWidget(label(name, "muted"), index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, wrap=True, selectable=True), index, 1)
        return grid
