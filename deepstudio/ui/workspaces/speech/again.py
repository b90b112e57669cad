"""Hearing a recording once more: as before or as something else, with a way back to the text it had. GUI thread."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from deepstudio.audio.recordings import Recording, note_hearing, open_recording, save_transcript
from deepstudio.core.listen_messages import ListenResult
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspaces.speech.models import SpeechModel, SpeechModels
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, HEARD, TRANSCRIBE
from deepstudio.ui.workspaces.speech.presenter import READING
from deepstudio.ui.workspaces.speech.recordings_panel import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A mode and a model that can hear a recording; `last` is how it was heard last."""

    mode: str
    model: SpeechModel
    last: bool


class Again(QObject):
    """Offers the ways to hear a recording once more, and keeps the text that it had until there is another one."""

    chosen = Signal(object, object)
    """A `Recording` and the `Way` to hear it."""
    undo_offered = Signal(str, object)
    brought_back = Signal(object)
    """A `Recording` that has its former text again."""

    def __init__(self, models: SpeechModels, window: QWidget) -> None:
        super().__init__(window)
        self._models = models
        self._window = window
        self._before: tuple[Recording, str] | None = None
        self._reading = False

    def ways(self, recording: Recording, mode: str) -> list[Way]:
        """Return how `recording` can be heard; one whose mode is not known counts as heard in `mode`."""
        about = recording.about
        heard_as = about.mode or mode
        found = []
        for each in HEARD:
            usual = self._models.chosen(each)
            earlier = self._models.named(about.model, each) if each == heard_as else None
            found += [Way(mode=each, model=earlier, last=True)] if earlier is not None else []
            if usual is not None and usual != earlier:
                found.append(Way(mode=each, model=usual, last=each == heard_as and not about.model))
        return found

    def ask(self, recording: Recording | None, mode: str, place: QPoint) -> None:
        """Show the ways to hear `recording`, where there is one, in a menu at `place` of the screen."""
        if recording is None:
            return
        menu = self.menu(recording, mode)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu(self, recording: Recording, mode: str) -> QMenu:
        """Return a menu of the ways; the one of last time is marked."""
        menu = QMenu(self.tr("Transcribe again as"), self._window)
        for way in self.ways(recording, mode):
            action = menu.addAction(f"{self._name(way.mode)}  ·  {translate_sentence(way.model.title, 'cards')}")
            action.setCheckable(True)
            action.setChecked(way.last)
            action.triggered.connect(lambda _=False, way=way: self.chosen.emit(recording, way))
        if menu.isEmpty():
            menu.addAction(self.tr("No speech model is installed.")).setEnabled(False)
        return menu

    def keep(self, recording: Recording) -> None:
        """Remember the text that `recording` has now."""
        self._before = None
        with suppress(OSError):
            self._before = recording, recording.transcript.read_text(encoding="utf-8")

    def finish(self, result: ListenResult) -> None:
        """Offer the way back, if it was this recording that was heard once more."""
        before, self._before = self._before, None
        if before is None or before[0].folder != result.folder:
            return
        recording, text = before

        def undo() -> None:
            about = recording.about
            back = note_hearing(open_recording(recording.folder), mode=about.mode, model=about.model)
            save_transcript(back, text)
            self.brought_back.emit(back)

        self.undo_offered.emit(self.tr("{name} has a new text.").format(name=title_of(recording)), undo)

    @Slot(str)
    def follow(self, state: str) -> None:
        """Bring the recording back whose reading was cancelled or failed; `state` is the presenter's."""
        was_reading, self._reading = self._reading, state == READING
        if was_reading and not self._reading and self._before is not None:
            (recording, _), self._before = self._before, None
            self.brought_back.emit(recording)

    def _name(self, mode: str) -> str:
        names = {TRANSCRIBE: self.tr("Sentences"), DIGITS: self.tr("Digits"), COMMANDS: self.tr("Single words")}
        return names[mode]
