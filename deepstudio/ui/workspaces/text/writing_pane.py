"""A translation or a headline, other ways to say it, and what the network looked at. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPlainTextEdit, QScrollArea, QSplitter, QWidget

from deepstudio.core.text_requests import WrittenSentence, WrittenText
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, icon_button, label, row
from deepstudio.ui.workspaces.text.attention_view import AttentionView

_NAMED = 60
_WAYS_SHOWN = 3


class WritingPane(QWidget):
    """`looked_at` carries offsets int32 [N, 2] of the source and weights float32 [N], or None."""

    looked_at = Signal(object)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._answer: WrittenText | None = None
        self.output = QPlainTextEdit()
        self.output.setReadOnly(True)
        self.output.setAccessibleName(self.tr("What was written"))
        self.output.setMinimumHeight(72)
        copy = icon_button(theme, "copy", self.tr("Copy"))
        copy.clicked.connect(self._copy)
        self.sentences = QComboBox()
        self.sentences.setAccessibleName(self.tr("Sentence"))
        self.sentences.currentIndexChanged.connect(self._show_sentence)
        self.ways = QListWidget()
        self.ways.setAccessibleName(self.tr("Other ways to say it"))
        self.ways.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long ones are elided
        mark(self.ways, kind="plain")
        self.ways.currentRowChanged.connect(self._show_way)
        self.attention = AttentionView(theme)
        self.attention.row_shown.connect(self._on_row)
        scroll = QScrollArea()
        scroll.setWidget(self.attention)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        self.attention.setAutoFillBackground(False)  # the card's own ground shows
        below = QWidget()
        inside = column(below, gap=8)
        inside.addWidget(self.sentences)
        inside.addWidget(label(self.tr("Ways to say it, the likeliest first"), "section"))
        inside.addWidget(self.ways)
        inside.addWidget(label(self.tr("What it looked at: point at a written word"), "section"))
        inside.addWidget(scroll, 1)
        head = row(gap=8)
        head.addWidget(label(self.tr("Written"), "section"), 1)
        head.addWidget(copy)
        above = QWidget()
        top = column(above, gap=4)
        top.addLayout(head)
        top.addWidget(self.output, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(above)
        splitter.addWidget(below)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([120, 420])
        column(self).addWidget(splitter)

    def show_answer(self, source: str, answer: WrittenText) -> None:
        """Show what was written from `source`."""
        self._source, self._answer = source, answer
        if self.output.toPlainText() != answer.text:
            self.output.setPlainText(answer.text)
        before = max(0, self.sentences.currentIndex())
        with QSignalBlocker(self.sentences):
            self.sentences.clear()
            for sentence in answer.sentences:
                words = " ".join(source[sentence.start : sentence.end].split())
                self.sentences.addItem(words if len(words) <= _NAMED else f"{words[: _NAMED - 1]}…")
            self.sentences.setCurrentIndex(min(before, len(answer.sentences) - 1))
        self.sentences.setVisible(len(answer.sentences) > 1)
        self._show_sentence()

    def _sentence(self) -> WrittenSentence | None:
        number = self.sentences.currentIndex()
        if self._answer is None or not 0 <= number < len(self._answer.sentences):
            return None
        return self._answer.sentences[number]

    @Slot()
    def _show_sentence(self) -> None:
        sentence = self._sentence()
        with QSignalBlocker(self.ways):
            self.ways.clear()
            for way in sentence.hypotheses if sentence is not None else ():
                item = QListWidgetItem(way.text)
                score = self.tr("{score} a word (logarithm)").format(score=f"{way.score:.2f}")
                item.setToolTip(f"{way.text}\n{score}")
                self.ways.addItem(item)
            self.ways.setCurrentRow(0)
        self._fit_ways()
        self._show_way(0)

    def _fit_ways(self) -> None:
        """Give the ways the height of whole lines, so that none is cut."""
        lines = sum(max(self.ways.sizeHintForRow(place), 0) for place in range(min(self.ways.count(), _WAYS_SHOWN)))
        self.ways.setFixedHeight(lines + 2 * self.ways.frameWidth() + 2)

    @Slot(int)
    def _show_way(self, number: int) -> None:
        sentence = self._sentence()
        if sentence is None or not 0 <= number < len(sentence.hypotheses):
            self.attention.show_matrix(np.zeros((0, 0), np.float32), (), ())
            return
        way = sentence.hypotheses[number]
        source = [self._source[start:end] or "⏎" for start, end in sentence.offsets]
        self.attention.show_matrix(way.attention, source, way.tokens)

    @Slot(object)
    def _on_row(self, weights: object) -> None:
        sentence = self._sentence()
        known = sentence is not None and weights is not None
        self.looked_at.emit((sentence.offsets, weights) if known else None)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.output.toPlainText())
        self.copied.emit()
