"""The image workspace: a bar above, and below it one picture or the table of many. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.core.requests import ImageSource
from deepstudio.store.settings import Settings
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.parts import column, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.history import History
from deepstudio.ui.workspaces.image.intake import Intake, read_mime
from deepstudio.ui.workspaces.image.label_bar import LabelBar
from deepstudio.ui.workspaces.image.last_answers import LastAnswers
from deepstudio.ui.workspaces.image.model_bar import ModelBar
from deepstudio.ui.workspaces.image.model_choices import choice_named, digit_choice, image_choices
from deepstudio.ui.workspaces.image.samples import shipped_samples
from deepstudio.ui.workspaces.image.single_page import SinglePage
from deepstudio.ui.workspaces.image.view_state import state_of, take_back

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.image.batch_page import BatchPage

PICTURE, DRAW, MANY = "picture", "draw", "many"
_ROOMY = 900
"""From this width in pixels on the bar has room for words."""


class ImageView(QWidget):
    """Takes pictures in and leads them to the page that fits; menus, drops and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    state_changed = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.folder = ""
        self.model_before_drawing: str | None = None
        theme = services.theme
        self.history = History(self)
        self.modes = Segmented(theme)
        self.models = ModelBar(theme)
        self.labels = LabelBar(theme)
        self.labels.hide()
        self.single = SinglePage(services, self.history)
        self.last_answers = LastAnswers(services, self.history, self.single.input.strips, self)
        self._batch: BatchPage | None = None
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh_models()
        self.default = services.settings.current.answers.image_model
        self.models.select(self.default)
        self.destroyed.connect(services.settings.subscribe(self._on_settings))
        self._on_models()
        self.last_answers.show_samples()

    def _lay_out(self) -> None:
        for key, icon in ((PICTURE, "image"), (DRAW, "pencil"), (MANY, "grid")):
            self.modes.add(key, icon=icon)
        self.modes.set_text(PICTURE, self.tr("Picture"), self.tr("One picture, its answer, and why"))
        self.modes.set_text(DRAW, self.tr("Draw a digit"), self.tr("Draw a digit and watch the answer change"))
        self.modes.set_text(MANY, self.tr("Many pictures"), self.tr("Many pictures or a folder as a table"))
        bar = row(gap=12)
        bar.addWidget(self.modes)
        bar.addStretch(1)
        bar.addWidget(self.models)
        self._pages.addWidget(self.single)
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addLayout(bar)
        whole.addWidget(self.labels)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.modes.chosen.connect(self.show_mode)
        self.models.chosen.connect(self._on_models)
        self.labels.changed.connect(self._on_labels)
        self.labels.this_picture_asked.connect(self._on_this_picture)
        self.labels.undo_offered.connect(self.undo_offered)
        self.single.answered.connect(self._on_answered)
        left = self.single.input
        left.open_files_asked.connect(self.open_files)
        left.open_folder_asked.connect(self.open_folder)
        left.paste_asked.connect(self.paste)
        left.draw_asked.connect(self.draw)
        left.sample_picked.connect(self._on_sample)
        left.history_picked.connect(self._on_history)
        left.clear_history_asked.connect(self.clear_history)
        self.history.changed.connect(self.state_changed)

    @property
    def batch(self) -> BatchPage:
        """Return the page of many pictures, built when it is first needed: the window shows sooner without it."""
        if self._batch is None:
            from deepstudio.ui.workspaces.image.batch_page import BatchPage

            self._batch = BatchPage(self._services)
            self._batch.presenter.own_labels = self.labels.own_labels()
            self._pages.addWidget(self._batch)
            self._connect_batch(self._batch)
            self.use_models()
        return self._batch

    def _connect_batch(self, batch: BatchPage) -> None:
        batch.open_files_asked.connect(self.open_files)
        batch.open_folder_asked.connect(self.open_folder)
        batch.picture_opened.connect(self.ask)
        batch.presenter.gathered.connect(self._on_gathered)
        batch.search_shown.connect(self._show_batch)
        batch.message.connect(self.message)
        batch.failed.connect(self.failed)

    # What comes in

    def take(self, intake: Intake) -> None:
        """Ask about what came in: one file at once, several or a folder as a table."""
        if intake.source is not None:
            self.ask(intake.source)
        elif intake.paths:
            self.open_paths(intake.paths)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and folders."""
        first = Path(paths[0])
        self.folder = str(first if first.is_dir() else first.parent)
        if len(paths) == 1 and not first.is_dir():
            self.ask(ImageSource(name=first.name, path=first))
        else:
            self.batch.gather([Path(path) for path in paths])

    def open_mime(self, mime: QMimeData) -> None:
        """Open what was dropped or pasted."""
        self.take(read_mime(mime, name=self.tr("Pasted picture")))

    @Slot(object)
    def ask(self, source: ImageSource) -> None:
        """Show one picture to the chosen models."""
        self._leave_drawing()
        self._show_page(PICTURE)
        self.single.ask(source)
        if source.path is not None:
            self._services.recent.add(source.path)

    @Slot()
    def open_files(self) -> None:
        """Ask for pictures and open them."""
        paths = ImageDialogs.ask_files(self, self.folder)
        if paths:
            self.open_paths(paths)

    @Slot()
    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = ImageDialogs.ask_folder(self, self.folder)
        if folder is not None:
            self.open_paths([folder])

    @Slot()
    def export_table(self) -> None:
        """Write the table of many pictures to a file, if there is one."""
        if self._batch is not None and not self._batch.empty:
            self._batch.export_csv()
        else:
            self.message.emit(self.tr("There is no table yet: open many pictures or a folder first."))

    @Slot()
    def paste(self) -> None:
        """Open the picture or the files in the clipboard."""
        intake = read_mime(QGuiApplication.clipboard().mimeData(), name=self.tr("Pasted picture"))
        if intake:
            self.take(intake)
        else:
            self.message.emit(self.tr("There is no picture in the clipboard."))

    @Slot(object)
    def _on_gathered(self, sources: tuple[ImageSource, ...]) -> None:
        chosen = self.models.selected()
        if len(sources) == 1:
            self.ask(sources[0])
        elif chosen:
            self._show_batch()
            self.batch.run(sources, self.models.selected()[0].name)

    # What is shown

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Show the picture, the drawing pad, or the table."""
        if mode == DRAW:
            self.draw()
        else:
            self._leave_drawing()
            self._show_page(mode)

    @Slot()
    def draw(self) -> None:
        """Show the drawing pad, and let the model answer that knows digits."""
        chosen = self.models.selected()
        digits = digit_choice(self.models.choices)
        if digits is not None and chosen and not chosen[0].reads_digits:
            self.model_before_drawing = chosen[0].name
            self.models.select(digits.name)
        self._show_page(DRAW)
        self.single.draw()
        self._on_models()

    def _leave_drawing(self) -> None:
        if self.modes.current != DRAW and self.model_before_drawing is None:
            return
        self.single.stop_drawing()
        before, self.model_before_drawing = self.model_before_drawing, None
        if before is not None:
            self.models.select(before)
            self._on_models()

    def _show_page(self, mode: str) -> None:
        self.modes.choose(mode)
        self._pages.setCurrentWidget(self.batch if mode == MANY else self.single)

    @Slot()
    def _show_batch(self) -> None:
        self._leave_drawing()
        self._show_page(MANY)

    @Slot()
    def _on_models(self) -> None:
        self.use_models()
        chosen = self.models.selected()
        if self._batch is not None and self._pages.currentWidget() is self._batch and chosen:
            self._batch.ask_again(chosen[0].name)
        self.state_changed.emit()

    @Slot()
    def _on_labels(self) -> None:
        labels = self.labels.own_labels()
        self.single.set_own_labels(labels)
        if self._batch is not None:
            self._batch.presenter.own_labels = labels
            chosen = self.models.selected()
            if chosen and chosen[0].takes_labels and self._pages.currentWidget() is self._batch:
                self._batch.ask_again(chosen[0].name, other_labels=True)
        self.state_changed.emit()

    @Slot()
    def _on_this_picture(self) -> None:
        viewing = self.single.viewing
        if viewing is not None:
            self.labels.add_examples([viewing.source], "")

    @Slot(object)
    def _on_answered(self, _viewing: object) -> None:
        self.labels.set_picture_there(True)

    def use_models(self) -> None:
        """Let the pages follow the chosen models, without asking them again."""
        chosen = self.models.selected()
        self.labels.setVisible(any(choice.takes_labels for choice in chosen))
        self.labels.set_picture_there(self.single.viewing is not None)
        self.single.set_choices(chosen)
        if self._batch is not None:
            self._batch.warn(chosen[0].card.warning if chosen else "")
        self._fit_bar()

    def _on_settings(self, settings: Settings) -> None:
        if settings.answers.image_model != self.default:
            self.default = settings.answers.image_model
            self.models.select(self.default)
            self._on_models()

    def refresh_models(self) -> None:
        """Look which models there are now."""
        self.models.offer(image_choices(self._services.library))

    def use_model(self, name: str) -> None:
        """Let the model `name` answer from now on, such as one that was just trained."""
        self._leave_drawing()
        self.refresh_models()
        self.models.select(name)
        self._show_page(PICTURE)
        self._on_models()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for models that were installed or removed meanwhile."""
        super().showEvent(event)
        self.refresh_models()
        self._on_models()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words away where there is no room for them."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        roomy = self.width() >= _ROOMY
        self.modes.set_compact(not roomy and self.models.comparing)
        self.models.set_roomy(roomy)
        self.labels.set_roomy(roomy)

    # Samples and history

    @Slot(int)
    def _on_sample(self, place: int) -> None:
        sample = shipped_samples()[place]
        self._leave_drawing()
        if choice_named(self.models.choices, sample.model) is not None:
            self.models.select(sample.model)
            self.use_models()
        title = translate_sentence(sample.title, "samples")
        self._show_page(PICTURE)
        self.single.ask(ImageSource(name=title, path=sample.path))

    @Slot(int)
    def _on_history(self, place: int) -> None:
        entry = self.history.entries[place]
        self._leave_drawing()
        if entry.viewing is not None:
            models = (*entry.viewing.models, None)
            self.models.select(models[0], models[1], compare=models[1] is not None)
            self.use_models()
        self._show_page(PICTURE)
        self.single.show_entry(entry)

    @Slot()
    def clear_history(self) -> None:
        """Forget the last answers; an undo is offered."""
        forgotten = self.history.clear()
        if forgotten:
            self.undo_offered.emit(
                self.tr("The last answers were forgotten."), lambda: self.history.bring_back(forgotten)
            )

    # What survives a restart

    def save_state(self) -> dict[str, Any]:
        """Return models, history (as paths), folder and the arrangement."""
        return state_of(self)

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned; what makes no sense is ignored."""
        take_back(self, state)
