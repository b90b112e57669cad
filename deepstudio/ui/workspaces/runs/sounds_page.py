"""Sounds that a run logged: choose the name and the step, see the wave, hear it. GUI thread only."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.ui.runview.media_page import MediaPage
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.workspaces.speech.playback import Playback
from deepstudio.ui.workspaces.speech.whole_wave import WholeWave


class SoundsPage(MediaPage):
    """Shows and plays one sound at a time; another one, or leaving the page, ends it."""

    failed = Signal(object)
    """A `Failure`: the sound cannot be played here."""

    def __init__(self, theme: Theme, jobs: Any, parent: QWidget | None = None) -> None:
        super().__init__(theme, (MediaKind.AUDIO,), parent)
        self._theme = theme
        self._samples = np.zeros((0, 1), np.float32)
        self._rate = 1
        self.playback = Playback(jobs, self.tr("Play"), self)
        self.playback.failed.connect(self.failed)
        self.playback.moved.connect(self._on_moved)
        self.play = button("")
        self.play.clicked.connect(self._on_play)
        self.wave = WholeWave(theme)
        self.wave.play_asked.connect(self._play_from)
        self.caption = label("", wrap=True, selectable=True)
        content = QWidget()
        content.setObjectName("content")
        inner = column(content, margins=(2, 2, 2, 2), gap=8)
        inner.addWidget(self.caption)
        line = row(gap=8)
        line.addWidget(self.play)
        line.addWidget(self.wave, 1)
        inner.addLayout(line)
        inner.addStretch(1)
        self.set_content(content, self._show_media, scrolls=True)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def silence(self) -> None:
        """Play nothing any more."""
        self.playback.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Be silent where nobody looks."""
        super().hideEvent(event)
        self.silence()

    def _show_media(self, media: Media, before: Media | None) -> str:
        self.silence()
        payload = media.payload
        self._samples, self._rate = np.asarray(payload["samples"]), int(np.asarray(payload["rate"]))
        seconds = len(self._samples) / self._rate
        self.wave.show_wave(np.asarray(payload["shape"]), seconds)
        self.caption.setText(str(payload["caption"]))
        self.play.setEnabled(len(self._samples) > 0)
        channels = self._samples.shape[1]
        words = {1: self.tr("mono"), 2: self.tr("stereo")}.get(channels, self.tr("{count} channels"))
        told = self.tr("{seconds} s, {rate} kHz, {channels}")
        return told.format(
            seconds=f"{seconds:.2f}", rate=f"{self._rate / 1000:g}", channels=words.format(count=channels)
        )

    @Slot()
    def _on_play(self) -> None:
        if self.playback.playing:
            self.silence()
        else:
            self._play_from(0.0)

    @Slot(float)
    def _play_from(self, seconds: float) -> None:
        if len(self._samples):
            self.wave.show_position(seconds)
            self.playback.play_samples(self._samples, self._rate, seconds)

    @Slot(object)
    def _on_moved(self, seconds: float | None) -> None:
        self._show_playing(seconds is not None)
        if seconds is not None:
            self.wave.show_position(seconds)

    @Slot()
    def _on_theme(self) -> None:
        self._show_playing(self.playback.playing)

    def _show_playing(self, playing: bool) -> None:
        self.play.setText(self.tr("Stop") if playing else self.tr("Play"))
        self.play.setIcon(self._theme.icon("stop" if playing else "play"))
