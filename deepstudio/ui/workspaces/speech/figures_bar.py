"""Always on screen: how late the words are, what waits, and whether anything was lost. GUI thread."""

from __future__ import annotations

from collections import deque

from PySide6.QtWidgets import QWidget

from deepstudio.core.listen_messages import HeardSound, ListenResult
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import row

_KEPT = 200
_UNKNOWN = "–"
_LEAST_SECONDS = 0.1
_BETWEEN = "   ·   "


class FiguresBar(QWidget):
    """Latency (the middle one of the last words), backlog and lost samples; the totals after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latencies: deque[float] = deque(maxlen=_KEPT)
        self._newest: HeardSound | None = None
        self._text = ElidedLabel(role="muted")
        self._text.setAccessibleName(self.tr("Latency, backlog and lost samples"))
        self._text.setMinimumHeight(self._text.sizeHint().height())
        row(self).addWidget(self._text, 1)
        self.clear()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def clear(self) -> None:
        """Forget what was measured."""
        self._latencies.clear()
        self._newest = None
        self._say(self._latency(), self._backlog(None), self.tr("Lost samples {value}").format(value=_UNKNOWN))

    def note(self, sound: HeardSound) -> None:
        """Take in the figures of a recording that goes on; `refresh` shows them."""
        self._newest = sound
        if sound.latency is not None:
            self._latencies.append(sound.latency)

    def refresh(self) -> None:
        """Show what was noted."""
        sound = self._newest
        if sound is not None:
            lost = self.tr("Lost samples {value}").format(value=sound.lost)
            self._say(self._latency(), self._backlog(max(0.0, sound.backlog)), lost)

    def show_result(self, result: ListenResult) -> None:
        """Show the totals of a recording or file."""
        seconds = self.tr("{value} s of sound").format(value=f"{result.seconds:.1f}")
        heard = result.seconds >= _LEAST_SECONDS  # a share of next to nothing says nothing
        share = f"{100 * result.real_time_factor:.0f} %" if heard else _UNKNOWN
        speed = self.tr("{value} of real time to understand").format(value=share)
        lost = self.tr("Lost samples {value}").format(value=result.lost)
        self._say(*([self._latency()] if self._latencies else []), seconds, speed, lost)

    def _latency(self) -> str:
        if not self._latencies:
            return self.tr("Latency {value}").format(value=_UNKNOWN)
        middle = sorted(self._latencies)[len(self._latencies) // 2]
        return self.tr("Latency {value} ms").format(value=round(1000 * middle))

    def _most(self) -> str:
        """Return, for the tooltip, what nearly all words kept to."""
        if not self._latencies:
            return self.tr("From the end of a word at the microphone to the word on screen.")
        found = sorted(self._latencies)
        most = found[min(len(found) - 1, int(0.95 * len(found)))]
        said = self.tr("From the end of a word at the microphone to the word on screen: 95 % within {value} ms.")
        return said.format(value=round(1000 * most))

    def _backlog(self, seconds: float | None) -> str:
        told = _UNKNOWN if seconds is None else f"{seconds:.1f} s"
        return self.tr("Backlog {value}").format(value=told)

    def _say(self, *parts: str) -> None:
        self._text.setText(_BETWEEN.join(parts))
        self.setToolTip(self._most())
