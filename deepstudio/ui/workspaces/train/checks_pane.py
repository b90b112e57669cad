"""The checks before training: how far they are, and what they found. GUI thread."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.workspaces.train.checks_presenter import ChecksPresenter
from deepstudio.ui.workspaces.train.data_job import PICTURES
from deepstudio.ui.workspaces.train.finding_card import FindingCard


class ChecksPane(QWidget):
    """Shows what a `ChecksPresenter` finds."""

    again_asked = Signal()
    show_asked = Signal(object)
    samples_wanted = Signal(object)

    def __init__(self, theme: Theme, presenter: ChecksPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._presenter = theme, presenter
        self.cards: list[FindingCard] = []
        self.shows = PICTURES
        """How samples are shown: PICTURES, TEXTS or SOUNDS."""
        self._words = label("", "muted", wrap=True)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress of the checks"))
        self.again = button(self.tr("Check again"), "link")
        self.again.clicked.connect(self.again_asked)
        self.cancel = button(self.tr("Cancel"), "link")
        self.cancel.clicked.connect(presenter.cancel)
        head = row(gap=8)
        head.addWidget(label(self.tr("Checks"), "heading"), 1)
        head.addWidget(self.cancel)
        head.addWidget(self.again)
        content = QWidget()
        content.setObjectName("content")
        self._list = column(content, margins=(0, 0, 8, 0), gap=8)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        whole = column(self, gap=6)
        whole.addLayout(head)
        whole.addWidget(self._meter)
        whole.addWidget(self._words)
        whole.addWidget(self._scroll, 1)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(33)
        self._tick.timeout.connect(self._show)
        presenter.changed.connect(self._on_changed)
        self._show()

    def show_thumbnail(self, name: str, pixels: np.ndarray) -> None:
        """Show a sample's picture on the cards that want it."""
        for card in self.cards:
            card.show_thumbnail(name, pixels)

    def show_text(self, name: str, text: str) -> None:
        """Show a sample's text on the cards that want it."""
        for card in self.cards:
            card.show_text(name, text)

    @Slot()
    def _on_changed(self) -> None:
        if not self._tick.isActive():
            self._tick.start()

    @Slot()
    def _show(self) -> None:
        presenter = self._presenter
        self._meter.setVisible(presenter.busy)
        self._meter.setRange(0, presenter.total)
        self._meter.setValue(presenter.done)
        self.cancel.setVisible(presenter.busy)
        self.again.setVisible(not presenter.busy and presenter.data is not None)
        self._words.setText(self._summary())
        self._show_cards(presenter.findings)

    def _summary(self) -> str:
        presenter = self._presenter
        if presenter.busy:
            return self.tr("Looking for what cannot be read, duplicates, rare classes…")
        if presenter.report is None:
            return self.tr("Not checked yet.") if presenter.data is None else self.tr("The checks did not finish.")
        count = sum(str(finding.severity) != "info" for finding in presenter.findings)
        if not count:
            return self.tr("Nothing stands in the way.")
        return self.tr("Worth a look: {count}").format(count=count)

    def _show_cards(self, findings: list[Any]) -> None:
        if [id(card.finding) for card in self.cards] == [id(finding) for finding in findings]:
            return
        known = {id(card.finding): card for card in self.cards}
        self.cards = []
        wanted: list[str] = []
        for place, finding in enumerate(findings):
            card = known.pop(id(finding), None)
            if card is None:
                card = FindingCard(self._theme, finding, shows=self.shows)
                card.fix_asked.connect(self._presenter.apply)
                card.show_asked.connect(self.show_asked)
                wanted += card.wanted
            self.cards.append(card)
            self._list.insertWidget(place, card)
        for card in known.values():
            card.hide()
            card.deleteLater()
        if wanted:
            self.samples_wanted.emit(tuple(wanted))
