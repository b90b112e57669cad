"""Pages for what is not a number: one run, one name, and a slider over its steps. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSlider, QWidget

from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.ui.plots.activations import ActivationsView
from deepstudio.ui.plots.confusion import ConfusionMatrix
from deepstudio.ui.plots.sample_grid import SampleGrid
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, fill_combo, label, row

Show = Callable[[Media, Media | None], str]
"""Shows a medium (and the one before it) and returns what to say of it in a line."""


class MediaPage(QWidget):
    """Chooses run, name and step; follows the newest step until the slider is moved away from it."""

    def __init__(self, theme: Theme, kinds: Sequence[MediaKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = tuple(kinds)
        self._sources: list[RunSource] = []
        self._track: Sequence[Media] = ()
        self._shown: tuple[str, str, int] | None = None
        self._show: Show | None = None
        self._newest = True
        self._run = self._combo(self.tr("Run"))
        self._name = self._combo(self.tr("What to show"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setAccessibleName(self.tr("Step"))
        self._slider.valueChanged.connect(self._on_slider)
        self._step = label("", "caption")
        self._step.setMinimumWidth(110)
        self._words = label("", "muted", wrap=True)
        head = row(gap=8)
        head.addWidget(self._run)
        head.addWidget(self._name)
        head.addWidget(self._slider, 1)
        head.addWidget(self._step)
        self._column = column(self, margins=(0, 4, 0, 0), gap=8)
        self._column.addLayout(head)
        self._column.addWidget(self._words)

    def set_content(self, content: QWidget, show: Show, *, scrolls: bool) -> None:
        """Say what shows a medium."""
        self._show = show
        if scrolls:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(content)
            content = area
        self._column.addWidget(content, 1)

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Show the media of these runs."""
        self._sources = list(sources)
        self._shown = None
        self.refresh()

    def has_content(self) -> bool:
        """Return whether any run has something for this page."""
        return any(source.media_names(kind) for source in self._sources for kind in self._kinds)

    @property
    def run_id(self) -> str:
        """Return the run that is shown."""
        return self._run.currentData() or ""

    @property
    def media_name(self) -> str:
        """Return the name of what is shown."""
        return self._name.currentData() or ""

    def refresh(self) -> None:
        """Look again what there is; called only while the page is on the screen."""
        if not self.isVisible():
            return
        having = [source for source in self._sources if any(source.media_names(kind) for kind in self._kinds)]
        fill_combo(self._run, [(source.name, source.run_id) for source in having])
        self._run.setVisible(len(having) > 1)
        source = next((source for source in having if source.run_id == self.run_id), None)
        names = [name for kind in self._kinds for name in source.media_names(kind)] if source is not None else []
        fill_combo(self._name, [(name, name) for name in names])
        self._name.setVisible(len(names) > 1)
        self._track = source.media(self.media_name) if source is not None and names else ()
        last = max(0, len(self._track) - 1)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, last)
            if self._newest:
                self._slider.setValue(last)
        self._show_step()

    def _show_step(self) -> None:
        if not self._track or self._show is None:
            self._step.setText("")
            return
        place = min(self._slider.value(), len(self._track) - 1)
        media = self._track[place]
        wanted = (self.run_id, self.media_name, media.step)
        if wanted == self._shown:
            return
        self._shown = wanted
        before = self._track[place - 1] if place else None
        words = self._show(media, before)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        newest = place == len(self._track) - 1
        told = self.tr("step {step}, newest") if newest else self.tr("step {step}")
        self._step.setText(told.format(step=f"{media.step:,}"))

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.currentIndexChanged.connect(self._on_chosen)
        return made

    @Slot()
    def _on_chosen(self) -> None:
        self._newest = True
        self.refresh()

    @Slot(int)
    def _on_slider(self, place: int) -> None:
        self._newest = place == self._slider.maximum()
        self._show_step()


class SamplesPage(MediaPage):
    """Fixed samples with what the network says of them, pictures and texts that were logged."""

    sample_activated = Signal(str, str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (MediaKind.PREDICTIONS, MediaKind.IMAGES, MediaKind.TEXT), parent)
        self.grid = SampleGrid(theme)
        self.grid.sample_activated.connect(self._on_activated)
        self._text = label("", wrap=True, selectable=True)
        content = QWidget()
        content.setObjectName("content")
        inner = column(content, margins=(2, 2, 2, 2))
        inner.addWidget(self.grid)
        inner.addWidget(self._text)
        inner.addStretch(1)
        self.set_content(content, self._show_media, scrolls=True)

    def _show_media(self, media: Media, before: Media | None) -> str:
        self.grid.setVisible(media.kind != MediaKind.TEXT)
        self._text.setVisible(media.kind == MediaKind.TEXT)
        if media.kind == MediaKind.TEXT:
            self._text.setText(str(media.payload["text"]))
            return ""
        if media.kind == MediaKind.PREDICTIONS:
            self.grid.show_predictions(media.payload, before.payload if before is not None else None)
            return self.grid.summary()
        self.grid.show_images(media.payload["pixels"], media.payload.get("captions", ()))  # type: ignore[arg-type]
        return ""

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.sample_activated.emit(self.run_id, self.media_name, place)


class ConfusionPage(MediaPage):
    """The confusion matrix of the validation, as it changes."""

    cell_activated = Signal(str, int, int)
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (MediaKind.CONFUSION,), parent)
        self.matrix = ConfusionMatrix(theme)
        self.matrix.export.message.connect(self.message)
        self.matrix.export.failed.connect(self.failed)
        self.matrix.cell_activated.connect(self._on_cell)
        self.set_content(self.matrix, self._show_media, scrolls=False)

    def _show_media(self, media: Media, before: Media | None) -> str:
        self.matrix.show_matrix(media.payload["matrix"], media.payload["classes"])  # type: ignore[arg-type]
        return ""

    @Slot(int, int)
    def _on_cell(self, true: int, predicted: int) -> None:
        self.cell_activated.emit(self.run_id, true, predicted)


class ActivationsPage(MediaPage):
    """What the layers make of the fixed samples."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (MediaKind.ACTIVATIONS,), parent)
        self.maps = ActivationsView(theme)
        self.set_content(self.maps, self._show_media, scrolls=True)

    def _show_media(self, media: Media, before: Media | None) -> str:
        self.maps.show_payload(media.payload)
        return self.maps.summary()
