"""Left: which microphone, the big button, how loud it is, and earlier recordings. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStackedWidget, QWidget

from deepstudio.audio.devices import Microphone
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, follow_icon, icon_button, label, line, row
from deepstudio.ui.workspaces.speech import takes_presenter
from deepstudio.ui.workspaces.speech.elided_combo import ElidedCombo
from deepstudio.ui.workspaces.speech.level_meter import LevelMeter
from deepstudio.ui.workspaces.speech.modes import WORDS
from deepstudio.ui.workspaces.speech.presenter import CLOSED, FINISHING, OPENING, READING, READY, RECORDING
from deepstudio.ui.workspaces.speech.recordings_panel import RecordingsPanel
from deepstudio.ui.workspaces.speech.whole_wave import clock
from deepstudio.ui.workspaces.speech.word_sets_panel import WordSetsPanel

_BUTTON_HEIGHT = 56
_STATES_OF_TAKES = {
    takes_presenter.IDLE: CLOSED,
    takes_presenter.OPENING: RECORDING,
    takes_presenter.LISTENING: RECORDING,
    takes_presenter.ENDING: FINISHING,
}


class RecordButton(QPushButton):
    """A button that is hard to miss."""

    def sizeHint(self) -> QSize:
        """Return more height than a button has."""
        return QSize(super().sizeHint().width(), _BUTTON_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(super().minimumSizeHint().width(), _BUTTON_HEIGHT)


class MicrophonePane(QFrame):
    """Says what a person wants by signals; shows what the presenter says by methods."""

    record_asked = Signal()
    stop_asked = Signal()
    device_chosen = Signal(str)
    refresh_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = CLOSED
        mark(self, surface="card")
        self.setMinimumWidth(230)
        self.devices = ElidedCombo()
        self.devices.setAccessibleName(self.tr("Microphone"))
        self.devices.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.devices.activated.connect(self._on_device)
        self.refresh = icon_button(theme, "refresh", self.tr("Look for microphones again"))
        self.refresh.clicked.connect(self.refresh_asked)
        self.button = RecordButton()
        mark(self.button, kind="primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setIconSize(QSize(24, 24))
        self.button.clicked.connect(self._on_button)
        self.state_label = label("", "muted", wrap=True)
        self.state_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.level = LevelMeter(theme)
        self.hint = label("", "warning", wrap=True)
        self.hint.hide()
        self.recordings = RecordingsPanel(theme)
        self.sets = WordSetsPanel(theme)
        self._below = QStackedWidget()
        self._below.addWidget(self.recordings)
        self._below.addWidget(self.sets)
        choice = row(gap=4)
        choice.addWidget(self.devices, 1)
        choice.addWidget(self.refresh)
        layout = column(self, margins=(16, 16, 16, 16), gap=10)
        layout.addLayout(choice)
        layout.addWidget(self.button)
        layout.addWidget(self.level)
        layout.addWidget(self.state_label)
        layout.addWidget(self.hint)
        layout.addWidget(line())
        layout.addWidget(self._below, 1)
        follow_icon(theme, self.button, "speech", "on_accent")
        theme.changed.connect(self._restyle)
        self.show_state(CLOSED)

    def show_devices(self, found: tuple[Microphone, ...], chosen: str) -> None:
        """List the microphones; the first line is whichever the system uses."""
        self.devices.clear()
        usual = next((microphone.name for microphone in found if microphone.default), "")
        text = self.tr("The usual one ({name})").format(name=usual) if usual else self.tr("The usual one")
        self.devices.addItem(text if found else self.tr("No microphone found"), "")
        for microphone in found:
            self.devices.addItem(microphone.name, microphone.name)
        self.devices.setCurrentIndex(max(0, self.devices.findData(chosen)))
        self.devices.setToolTip(self.devices.currentText())

    def show_mode(self, mode: str) -> None:
        """List what belongs to a mode: recordings, or word sets."""
        self._below.setCurrentWidget(self.sets if mode == WORDS else self.recordings)

    def show_takes(self, state: str) -> None:
        """Name the button and say what is going on while takes of a word are recorded."""
        self.show_state(_STATES_OF_TAKES[state])
        told = {
            takes_presenter.IDLE: self.tr("The microphone is on only while takes are recorded."),
            takes_presenter.OPENING: self.tr("Opening the microphone…"),
            takes_presenter.LISTENING: self.tr("Listening for the word"),
            takes_presenter.ENDING: self.tr("Writing the last take…"),
        }
        self.state_label.setText(told[state])

    def show_state(self, state: str) -> None:
        """Name the button and say what is going on."""
        self._state = state
        going = state in (RECORDING, FINISHING, READING)
        words = {
            CLOSED: (self.tr("Record"), self.tr("The microphone is off.")),
            OPENING: (self.tr("Record"), self.tr("Opening the microphone…")),
            READY: (self.tr("Record"), self.tr("Ready. Nothing is kept until you press Record.")),
            RECORDING: (self.tr("Stop"), self.tr("Recording. Getting ready to understand…")),
            FINISHING: (self.tr("Stop"), self.tr("Understanding the last words…")),
            READING: (self.tr("Stop"), self.tr("Listening to the file…")),
        }
        text, said = words[state]
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.button.setEnabled(state != FINISHING)
        mark(self.button, kind="danger" if going else "primary")
        self.state_label.setText(said)
        self.devices.setEnabled(not going)
        self.refresh.setEnabled(not going)
        self._restyle()
        if state in (CLOSED, READING):
            self.level.reset()
            self._show_hint("")

    def show_unavailable(self, sentence: str) -> None:
        """Say why the microphone is not open."""
        self.state_label.setText(sentence)

    def show_level(self, peak: float, rms: float) -> None:
        """Show how loud it is, and a hint where that is wrong."""
        self.level.show_level(peak, rms)
        self._show_hint(self.level.hint() if self._state != READING else "")  # a file cannot come closer

    def _show_hint(self, hint: str) -> None:
        if hint != self.hint.text():
            self.hint.setText(hint)
            self.hint.setVisible(bool(hint))

    def show_time(self, seconds: float) -> None:
        """Say how long it has been recording."""
        if self._state == RECORDING:
            self.state_label.setText(self.tr("Recording {time}").format(time=clock(seconds)))

    def show_share(self, share: float) -> None:
        """Say how much of a file has been read."""
        if self._state == READING:
            self.state_label.setText(self.tr("Listening to the file… {percent} %").format(percent=round(100 * share)))

    @Slot()
    def _restyle(self) -> None:
        going = self._state in (RECORDING, FINISHING, READING)
        name, role = ("stop", "danger") if going else ("speech", "on_accent")
        self.button.setIcon(self._theme.icon(name, role))

    @Slot()
    def _on_button(self) -> None:
        asked = self.stop_asked if self._state in (RECORDING, READING) else self.record_asked
        asked.emit()

    @Slot(int)
    def _on_device(self, number: int) -> None:
        self.devices.setToolTip(self.devices.currentText())
        self.device_chosen.emit(self.devices.currentData())
