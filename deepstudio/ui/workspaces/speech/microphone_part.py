"""The pane of the microphone: which one, how loud, and what is wrong with it, in plain words. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.listen_messages import HeardSound, ListenTrouble, MicrophoneOpen
from deepstudio.ui.text import translate_failure
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.workspaces.speech.devices_part import DevicesPart
from deepstudio.ui.workspaces.speech.microphone_pane import MicrophonePane
from deepstudio.ui.workspaces.speech.modes import WORDS
from deepstudio.ui.workspaces.speech.presenter import SpeechPresenter


class MicrophonePart(QObject):
    """Tells the pane and the banner what the presenter says, and the presenter which microphone to use."""

    message = Signal(str)
    device_changed = Signal()

    def __init__(
        self, services: Any, pane: MicrophonePane, banner: Banner, presenter: SpeechPresenter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.pane = pane
        self.banner = banner
        self._presenter = presenter
        self.devices = DevicesPart(services, self)
        presenter.state_changed.connect(self._on_state)
        presenter.loudness.connect(pane.show_level)
        presenter.progressed.connect(pane.show_share)
        presenter.heard.connect(self._on_heard)
        presenter.trouble.connect(self.show_trouble)
        presenter.microphone_opened.connect(self._on_open)
        presenter.unavailable.connect(self._on_unavailable)
        pane.stop_asked.connect(presenter.stop)
        pane.device_chosen.connect(self._on_device)
        pane.refresh_asked.connect(self.look)
        self.devices.found.connect(self._on_found)
        self.devices.silent.connect(self._on_silent)
        self.devices.plugged.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Ask the system which microphones there are now; the open one is let go of for a moment."""
        if not self._presenter.occupied:
            self._presenter.reopen()
            self.devices.look(anew=True)

    @Slot(object)
    def show_trouble(self, trouble: ListenTrouble) -> None:
        """Say what went wrong and that nothing is lost, or that all is well again."""
        if trouble.failure is not None:
            sentence, fix = translate_failure(trouble.failure)
            if trouble.what == "file":  # no matter of the microphone, which opens again now and clears the banner
                self.message.emit(f"{sentence} {fix}".strip())
                return
            kept = self.tr("What was captured so far is safe.")
            self.banner.say(" ".join(part for part in (sentence, fix, kept) if part))
            return
        self.banner.say("")
        if trouble.gap:
            said = self.tr("The microphone is back; {seconds} s are missing.")
            self.message.emit(said.format(seconds=f"{trouble.gap:.1f}"))

    @Slot(str)
    def _on_state(self, state: str) -> None:
        if self._presenter.mode != WORDS:  # there the pane shows the microphone of the takes
            self.pane.show_state(state)

    @Slot(object)
    def _on_heard(self, sound: HeardSound) -> None:
        self.pane.show_time(sound.seconds)
        self.pane.show_level(sound.peak, sound.rms)

    @Slot(object)
    def _on_open(self, opened: MicrophoneOpen) -> None:
        self.pane.level.reset()
        self.banner.say("")

    @Slot(object)
    def _on_unavailable(self, failure: Any) -> None:
        """Say quietly that there is no microphone: nobody has asked for it yet."""
        self.pane.show_unavailable(" ".join(translate_failure(failure)).strip())

    @Slot(object)
    def _on_found(self, found: Any) -> None:
        self.pane.show_devices(found, self._presenter.device)

    @Slot(object)
    def _on_silent(self, failure: Any) -> None:
        self.pane.show_devices((), "")
        self.banner.say(" ".join(translate_failure(failure)).strip())

    @Slot(str)
    def _on_device(self, name: str) -> None:
        self._presenter.choose_device(name)
        self.device_changed.emit()
