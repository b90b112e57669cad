"""Words of one's own: sets, takes and their training, from the page to the lanes and back. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QWidget

from deepstudio.audio.word_sets import TAKES_WANTED, SpokenWord, Take, readiness
from deepstudio.core.take_messages import TakeHeard, WordTrainResult
from deepstudio.core.words import Phrase
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspaces.speech.dialogs import ask_takes, ask_zip
from deepstudio.ui.workspaces.speech.new_set_dialog import NewSetDialog
from deepstudio.ui.workspaces.speech.playback import Playback
from deepstudio.ui.workspaces.speech.takes_presenter import IDLE, TakesPresenter
from deepstudio.ui.workspaces.speech.word_jobs import DrawTakes, draw_takes
from deepstudio.ui.workspaces.speech.word_sets_panel import WordSetsPanel
from deepstudio.ui.workspaces.speech.word_training import WordTraining, model_name
from deepstudio.ui.workspaces.speech.words_page import WordsPage
from deepstudio.ui.workspaces.speech.words_presenter import WordsPresenter

_CHANGE_MS = 2000
"""Pause before the next word: who says the last one once more has not said the next one."""


class WordsPart(QObject):
    """Fills the page and the panel, and does what they say."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    recording_changed = Signal(str)
    """The state of the takes' microphone, one of `takes_presenter`."""
    models_touched = Signal()
    use_asked = Signal(str)
    """The name of a model that is to be used now."""

    def __init__(self, services: Any, page: WordsPage, panel: WordSetsPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._window = parent
        self.page = page
        self.panel = panel
        self.presenter = WordsPresenter(services.jobs, self)
        self.takes = TakesPresenter(services, self)
        self.training = WordTraining(services, self)
        self.playback = Playback(services.jobs, self.tr("Play"), self)
        self.device = ""
        self._following = ""
        self._change = QTimer(self)
        self._change.setSingleShot(True)
        self._change.setInterval(_CHANGE_MS)
        self._change.timeout.connect(self._go_on)
        self._connect()
        self.presenter.forget_deleted()

    def _connect(self) -> None:
        presenter, takes, training, page = self.presenter, self.takes, self.training, self.page
        for failing in (presenter, takes, training, self.playback):
            failing.failed.connect(self.failed)
        presenter.message.connect(self.message)
        presenter.undo_offered.connect(self.undo_offered)
        presenter.sets_changed.connect(self._show_sets)
        presenter.set_changed.connect(self._show_set)
        takes.state_changed.connect(self._on_recording)
        takes.heard.connect(self._on_take)
        takes.completed.connect(self._on_complete)
        training.changed.connect(self._show_training)
        training.curve_grew.connect(page.strip.curve.add)
        training.done.connect(self._on_trained)
        self.panel.chosen.connect(self.show_set)
        self.panel.new_asked.connect(self.ask_new)
        page.new_asked.connect(self.ask_new)
        page.word_added.connect(presenter.add_word)
        page.export_asked.connect(self.ask_export)
        page.delete_asked.connect(self.delete)
        page.words.chosen.connect(self._show_word)
        page.words.rename_asked.connect(self.ask_rename)
        page.words.delete_asked.connect(presenter.delete_word)
        page.words.import_asked.connect(self.ask_import)
        page.stage.tiles.play_asked.connect(lambda take: self.playback.play(take.path))
        page.stage.tiles.delete_asked.connect(presenter.delete_take)
        page.strip.train_asked.connect(self.train)
        page.strip.cancel_asked.connect(training.cancel)
        page.strip.use_asked.connect(self._use)

    @property
    def recording(self) -> bool:
        """Return whether takes are recorded now."""
        return self.takes.state != IDLE

    # What a person does

    @Slot()
    def refresh(self) -> None:
        """Read the sets anew."""
        self.presenter.refresh()

    @Slot(object)
    def show_set(self, folder: Path | None) -> None:
        """Show a set; takes that are being recorded end."""
        self.takes.stop()
        self.presenter.show(folder)

    @Slot()
    def ask_new(self) -> None:
        """Ask for a name and words, and make a set."""
        answer = NewSetDialog.ask(self._window)
        if answer is not None:
            self.presenter.create(*answer)

    @Slot()
    def record(self) -> None:
        """Record takes of the chosen word: as many as are wanted, or as many again."""
        word = self.page.words.word()
        if not word:
            self.message.emit(self.tr("Choose or add a word first."))
            return
        self.playback.stop()
        self._change.stop()
        missing = TAKES_WANTED - len(self._takes_of(word))
        self.takes.begin(word, missing if missing > 0 else TAKES_WANTED, self.device)

    @Slot()
    def train(self) -> None:
        """Train a network on the set on screen."""
        if self.presenter.current is not None:
            self.takes.stop()
            self.page.strip.curve.clear()
            self.training.start(self.presenter.current)

    @Slot()
    def delete(self) -> None:
        """Delete the set on screen; it can be brought back."""
        self.takes.stop()
        self.presenter.delete()

    @Slot(str)
    def ask_rename(self, word: str) -> None:
        """Ask for another spelling of a word."""
        text, accepted = QInputDialog.getText(self._window, self.tr("Rename"), self.tr("Word"), text=word)
        if accepted and text.strip() and text.strip() != word:
            self.presenter.rename_word(word, text.strip())

    @Slot(str)
    def ask_import(self, word: str) -> None:
        """Ask for sound files and cut takes out of them."""
        paths = ask_takes(self._window)
        if paths:
            self.presenter.import_takes(word, paths)

    @Slot()
    def ask_export(self) -> None:
        """Ask where to, and write the takes as a ZIP archive."""
        current = self.presenter.current
        if current is not None:
            path = ask_zip(self._window, current.title)
            if path is not None:
                self.presenter.export(path)

    @Slot()
    def _use(self) -> None:
        if self.presenter.current is not None:
            self.use_asked.emit(model_name(self.presenter.current.title))

    # What happens

    def _takes_of(self, word: str) -> tuple[Take, ...]:
        words: tuple[SpokenWord, ...] = self.presenter.current.words if self.presenter.current is not None else ()
        return next((one.takes for one in words if one.text == word), ())

    @Slot()
    def _show_sets(self) -> None:
        current = self.presenter.current
        self.panel.show_sets(self.presenter.sets, current.folder if current is not None else None)

    @Slot()
    def _show_set(self) -> None:
        self._show_sets()
        self.page.show_set(self.presenter.current)
        self._show_word(self.page.words.word())
        self._show_training()

    @Slot(str)
    def _show_word(self, word: str) -> None:
        if self.recording and word != self.takes.word:
            self.takes.stop()
        self.page.stage.show_word(word, self._takes_of(word))
        missing = self.page.stage.tiles.missing()
        if missing:
            handle = self._services.jobs.submit(
                draw_takes,
                DrawTakes(paths=missing),
                lane="files",
                supersede="speech.takes",
                title=self.tr("Read the takes"),
            )
            handle.done.connect(self.page.stage.tiles.add_waves)

    @Slot(str)
    def _on_recording(self, state: str) -> None:
        self.page.stage.show_state(state)
        self.recording_changed.emit(state)

    @Slot(str, object)
    def _on_take(self, word: str, heard: TakeHeard) -> None:
        if heard.problem is not None:
            self.page.stage.show_problem(_told(heard.problem))
            return
        self.page.stage.show_good()
        self.presenter.add_take(word, heard.samples)

    @Slot(str)
    def _on_complete(self, word: str) -> None:
        """Go on with the next word that has too few takes."""
        current = self.presenter.current
        texts = [one.text for one in current.words if not one.text.startswith("(")] if current is not None else []
        later = texts[texts.index(word) + 1 :] + texts[: texts.index(word)] if word in texts else []
        following = next((text for text in later if len(self._takes_of(text)) < TAKES_WANTED), None)
        if following is not None:  # else the strip below says that training may begin
            self._following = following
            self.page.words.select(following)
            self.page.stage.show_coming()
            self._change.start()

    @Slot()
    def _go_on(self) -> None:
        """Record the word that follows, if it is still the one on screen."""
        if self.page.isVisible() and self.page.words.word() == self._following and not self.recording:
            self.record()

    @Slot()
    def _show_training(self) -> None:
        current, training, strip = self.presenter.current, self.training, self.page.strip
        if current is None:
            return
        own = training.folder == current.folder
        if training.active and own:
            status = translate_sentence(training.status, "status") if training.status else ""
            strip.show_training(status, *training.progress)
        elif training.result is not None and own:
            self._show_result(training.result)
        else:
            missing = readiness(current)
            names = {entry.name for entry in self._services.library.entries()}
            again = model_name(current.title) in names
            strip.show_ready(_told(missing) if missing is not None else "", again=again)

    def _show_result(self, result: WordTrainResult) -> None:
        self.page.strip.show_result(result, tuple(_told(note) for note in result.notes))

    @Slot(object)
    def _on_trained(self, result: WordTrainResult) -> None:
        self.models_touched.emit()
        self._show_training()


def _told(phrase: Phrase) -> str:
    """Return a phrase of the engine in the user's language."""
    return translate_sentence(phrase.text, "takes", **phrase.values)
