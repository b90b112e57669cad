"""The parts of a model's details. Each function returns a widget that is built once. GUI thread only."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.text_input import TextInput
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.library import ModelEntry
from deepstudio.models.retrace import commands_of
from deepstudio.ui.text import display_label, file_size, translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.flow import FlowLayout, TileLayout
from deepstudio.ui.widgets.parts import ElidedLabel, button, column, frame, icon_button, label, line, row
from deepstudio.ui.workspaces.models.words import (
    IMAGE,
    SPLITS,
    count_text,
    headline,
    kind_of,
    metric_title,
    metric_value,
)

_CHIPS = 60
_HEARS_SOUNDS = "speech-recognition"
_TABLE_WIDTH = 250


class Sections(QObject):
    """Builds the parts for one model; it exists to hold the translation context."""

    def __init__(self, theme: Theme, entry: ModelEntry, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = entry

    def warning(self, text: str) -> QFrame:
        """Return a plain warning that nobody can overlook."""
        box = frame("warning")
        layout = row(box, margins=(16, 12, 16, 12), gap=12)
        picture = label("")
        picture.setPixmap(self._theme.pixmap("warning", 22, "warning", widget=box))
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = label(text, "strong", wrap=True, selectable=True)
        layout.addWidget(words, 1)
        return box

    def figures(self, card: ModelCard) -> QWidget:
        """Return the few numbers that say most, large."""
        tiles = [(self.tr("File"), file_size(self._entry.size))]
        if card.parameters:
            tiles.insert(0, (self.tr("Parameters"), count_text(card.parameters)))
        if kind_of(card) == IMAGE:
            shape = card.preprocessing
            tiles.insert(0, (self.tr("Looks at"), f"{shape.width} × {shape.height}"))
        calibration = card.figure("ece")
        if calibration is not None:
            tiles.insert(0, (self.tr("Calibration error"), metric_value(calibration)))
        main = headline(card)
        if main is not None:
            tiles.insert(0, (metric_title(main.name), metric_value(main)))
        return figure_tiles(tiles)

    def labels(self, card: ModelCard) -> QWidget | None:
        """Return all labels as chips; of very many, the first ones and a button for the rest. None without any."""
        names = [display_label(name) for name in card.labels if name]
        if not names:
            return None
        title = self.tr("Sounds ({count})") if card.task == _HEARS_SOUNDS else self.tr("Labels ({count})")
        holder, layout = self._section(title.format(count=len(names)))
        chips = QWidget()
        flow = FlowLayout(chips, gap=6)
        for name in names[:_CHIPS]:
            flow.addWidget(label(name, "badge"))
        layout.addWidget(chips)
        if len(names) > _CHIPS:
            more = button(self.tr("Show {count} more").format(count=len(names) - _CHIPS), "link")

            def show_rest() -> None:
                for name in names[_CHIPS:]:
                    flow.addWidget(label(name, "badge"))
                more.hide()

            more.clicked.connect(show_rest)
            layout.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def metrics(self, card: ModelCard) -> QWidget:
        """Return every figure, grouped by the data and split that it was measured on."""
        holder, layout = self._section(self.tr("Measured"))
        if not card.metrics:
            layout.addWidget(label(self.tr("Nothing was measured for this model."), "muted"))
            return holder
        groups: dict[tuple[str, str, int], list[Measured]] = {}
        for figure in sorted(card.metrics, key=lambda figure: figure.split != "test"):
            groups.setdefault((figure.data, figure.split, figure.examples), []).append(figure)
        tables = QWidget()
        tiles = TileLayout(tables, gap=32, least=_TABLE_WIDTH)
        for (data, split, examples), figures in groups.items():
            words = translate_sentence(SPLITS.get(split, split), "cards")
            count = self.tr("{count} examples").format(count=f"{examples:,}")
            tiles.addWidget(self._table(data, f"{words}, {count}", figures))
        layout.addWidget(tables)
        return holder

    def behaviour(self, card: ModelCard) -> QWidget:
        """Return what the network takes in and how sure it may be."""
        holder, layout = self._section(self.tr("How it works"))
        facts = [(self.tr("Network"), card.architecture)]
        if card.speech is not None:
            facts += self._hearing(card.speech)
        elif card.text is not None:
            facts += self._reading(card.text)
        elif kind_of(card) == IMAGE:
            facts += self._seeing(card.preprocessing)
        if card.temperature != 1.0:
            facts.append((self.tr("Temperature"), f"{card.temperature:.3f}"))
        if card.rejection is not None:
            facts.append((self.tr("None of these"), self.tr("Says so when a picture shows none of its labels")))
        layout.addWidget(self._facts(facts))
        return holder

    def _seeing(self, shape: Preprocessing) -> list[tuple[str, str]]:
        fits = {
            "crop": self.tr("Takes the middle of a picture"),
            "squash": self.tr("Squashes a picture to its shape"),
            "pad": self.tr("Pads a picture to its shape"),
            "digit": self.tr("Centres the digit and makes it white on black"),
        }
        colours = self.tr("colour") if shape.channels == 3 else self.tr("grey")
        facts = [
            (self.tr("Input"), f"{shape.width} × {shape.height}, {colours}"),
            (self.tr("Fitting"), fits.get(shape.fit, shape.fit)),
        ]
        if shape.mirror:
            facts.append((self.tr("Mirror"), self.tr("Averages the picture and its mirror image")))
        if shape.shift:
            facts.append((self.tr("Shift"), self.tr("Averages the picture moved by a pixel, too")))
        return facts

    def _reading(self, text: TextInput) -> list[tuple[str, str]]:
        units = {
            "words": self.tr("Words"),
            "subwords": self.tr("Pieces of words"),
            "characters": self.tr("Letters"),
            "bytes": self.tr("Bytes"),
        }
        return [
            (self.tr("Reads"), units.get(text.unit, text.unit)),
            (self.tr("Vocabulary"), f"{text.vocabulary:,}"),
            (self.tr("Longest text"), f"{text.max_tokens:,}"),
        ]

    def _hearing(self, sound: SpeechInput) -> list[tuple[str, str]]:
        rate = self.tr("{rate} kHz, {bands} bands").format(rate=f"{sound.sample_rate / 1000:g}", bands=sound.num_mels)
        step = self.tr("every {step} ms").format(step=f"{1000 * sound.frame_seconds:g}")
        return [(self.tr("Listens at"), rate), (self.tr("Answers"), step)]

    def training(self, card: ModelCard) -> QWidget | None:
        """Return the recipe and the commands that make the model and its figures again, None if the card has none."""
        if not card.recipe:
            return None
        holder, layout = self._section(self.tr("Training"))
        trains, *measure = commands_of(card) or ("",)
        if trains:
            layout.addWidget(label(self.tr("This command trains it again; DIR is the folder with the data:"), "muted"))
            layout.addWidget(self._command(trains))
        if measure:
            layout.addWidget(label(self.tr("What was measured is measured again by:"), "muted"))
        for command in measure:
            layout.addWidget(self._command(command))
        facts = [(name.replace("_", " ").capitalize(), text) for name, text in _recipe_lines(card)]
        layout.addWidget(self._facts([*facts, (self.tr("Seed"), str(card.seed))]))
        return holder

    def _command(self, command: str) -> QFrame:
        box = frame("sunken")
        inner = row(box, margins=(12, 6, 6, 6), gap=8)
        inner.addWidget(label(command, "mono", wrap=True, selectable=True), 1)
        copy = icon_button(self._theme, "copy", self.tr("Copy the command"), size=16)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(command))
        inner.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def sources(self, card: ModelCard) -> QWidget | None:
        """Return where the data come from and on which terms, None if the card says nothing."""
        if not card.sources:
            return None
        holder, layout = self._section(self.tr("Data"))
        for index, source in enumerate(card.sources):
            if index:
                layout.addWidget(line())
            layout.addWidget(label(source.name, "strong"))
            if source.source:
                layout.addWidget(label(source.source, "muted", wrap=True, selectable=True))
            if source.terms:
                text = self.tr("Terms: {terms}").format(terms=source.terms)
                layout.addWidget(label(text, "muted", wrap=True, selectable=True))
        return holder

    def file(self, card: ModelCard) -> QWidget:
        """Return where the file lies and what identifies it."""
        holder, layout = self._section(self.tr("File"))
        facts = [
            (self.tr("Version"), card.version),
            ("SHA-256", " ".join(re.findall(".{1,8}", card.sha256)) or "-"),
        ]
        layout.addWidget(self._facts(facts))
        layout.addWidget(ElidedLabel(str(self._entry.path), "caption"))
        return holder

    def _section(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        card = frame("card")
        layout = column(card, margins=(20, 16, 20, 18), gap=12)
        layout.addWidget(label(title, "heading"))
        return card, layout

    def _facts(self, facts: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for index, (name, value) in enumerate(facts):
            grid.addWidget(label(name, "muted"), index, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value, wrap=True, selectable=True)
            words.setMinimumWidth(80)
            grid.addWidget(words, index, 1)
        return holder

    def _table(self, title: str, subtitle: str, figures: Sequence[Measured]) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=6)
        layout.addWidget(label(title, "strong", wrap=True))
        layout.addWidget(label(subtitle, "caption", wrap=True))
        layout.addWidget(line())
        for figure in figures:
            cells = row(gap=12)
            cells.addWidget(label(metric_title(figure.name), wrap=True), 1)
            cells.addWidget(label(metric_value(figure), "strong"))
            layout.addLayout(cells)
        layout.addStretch(1)
        return holder


def _recipe_lines(card: ModelCard) -> list[tuple[str, str]]:
    """Return the groups of the recipe that say how it was trained, each as one line."""
    lines = []
    for name in ("optimizer", "schedule", "loss", "training", "augment"):
        group = card.recipe.get(name)
        if isinstance(group, dict):
            shown = {key: value for key, value in group.items() if value not in (None, "", 0, 0.0, False, [], {})}
            lines.append((name, ", ".join(f"{key} {_plain(value)}" for key, value in shown.items())))
    return [(name, text) for name, text in lines if text]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def figure_tiles(tiles: Sequence[tuple[str, str]]) -> QWidget:
    """Return cards side by side, each a figure over its title; `tiles` are title and figure."""
    holder = QWidget()
    layout = TileLayout(holder, gap=12, least=132)
    for title, value in tiles:
        tile = frame("card")
        inner = column(tile, margins=(16, 12, 16, 12), gap=2)
        inner.addWidget(label(value, "title"))
        inner.addWidget(label(title, "caption", wrap=True))
        inner.addStretch(1)
        layout.addWidget(tile)
    return holder
