"""The way into training: Start, why it cannot start, and the other ways to train. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.train.ways import Ways


class StartPane(QFrame):
    """`start_asked` and the others come only while nothing stands in the way."""

    start_asked = Signal()
    find_rate_asked = Signal()
    folds_asked = Signal()
    seeds_asked = Signal()
    processes_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = button(self.tr("Start training"), "primary")
        self.start.setIconSize(QSize(18, 18))
        follow_icon(theme, self.start, "play", "on_accent")
        self.start.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start.clicked.connect(self.start_asked)
        self.more = QPushButton()
        self.more.setAccessibleName(self.tr("Other ways to train"))
        self.more.setToolTip(self.tr("Other ways to train"))
        self.more.setText(self.tr("More"))
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        self.find_rate = menu.addAction(
            theme.icon("search"), self.tr("Find a learning rate…"), self.find_rate_asked.emit
        )
        self.folds = menu.addAction(theme.icon("compare"), self.tr("Cross-validate…"), self.folds_asked.emit)
        self.seeds = menu.addAction(theme.icon("refresh"), self.tr("Repeat with other seeds…"), self.seeds_asked.emit)
        self.processes = menu.addAction(
            theme.icon("cpu"), self.tr("Train in several processes…"), self.processes_asked.emit
        )
        self.more.setMenu(menu)
        self._reason = label("", "warning", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft)
        buttons = row(gap=8)
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.more)
        whole = column(self, gap=6)
        whole.addWidget(self._reason)
        whole.addLayout(buttons)
        self.allow("")

    def allow(self, reason: str) -> None:
        """Let training start, or say why it cannot."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.start.setEnabled(not reason)
        self.more.setEnabled(not reason)
        self.start.setToolTip(reason or self.tr("Start training"))

    def show_ways(self, ways: Ways) -> None:
        """Offer the ways to train that the task has; the others say why not."""
        usual = (
            self.tr("Find a learning rate…"),
            self.tr("Cross-validate…"),
            self.tr("Repeat with other seeds…"),
            self.tr("Train in several processes…"),
        )
        actions = (self.find_rate, self.folds, self.seeds, self.processes)
        reasons = (ways.find_rate, ways.folds, ways.seeds, ways.processes)
        for action, text, reason in zip(actions, usual, reasons, strict=True):
            action.setEnabled(not reason)
            action.setToolTip(translate_sentence(reason, "settings") if reason else text)

    @property
    def reason(self) -> str:
        """Return why training cannot start, "" if it can."""
        return self._reason.text()
