"""Always on screen: how late the words are, what waits, and whether anything was lost. GUI thread."""

from __future__ import annotations

from collections import deque

from PySide6.QtWidgets import QWidget

from deepstudio.core.listen_messages import HeardSound, ListenResult
from deepstudio.ui.widgets.parts import label, row

_KEPT = 50


class FiguresBar(QWidget):
    """Latency (the middle one of the last words), backlog and lost samples while recording; the totals after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latencies: deque[float] = deque(maxlen=_KEPT)
        self._newest: HeardSound | None = None
        self._text = label("", "muted")
        self._text.setAccessibleName(self.tr("Latency, backlog and lost samples"))
        layout = row(self)
        layout.addWidget(self._text)
        layout.addStretch(1)

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing."""
        self._latencies.clear()
        self._newest = None
        self._text.setText("")

    def note(self, sound: HeardSound) -> None:
        """Take in the figures of a recording that goes on; `refresh` shows them."""
        self._newest = sound
        if sound.latency is not None:
            self._latencies.append(sound.latency)

    def refresh(self) -> None:
        """Show what was noted."""
        sound = self._newest
        if sound is None:
            return
        parts = []
        if self._latencies:
            middle = sorted(self._latencies)[len(self._latencies) // 2]
            parts.append(self.tr("Latency {value} ms").format(value=round(1000 * middle)))
        parts.append(self.tr("Backlog {value} s").format(value=f"{max(0.0, sound.backlog):.1f}"))
        parts.append(self.tr("Lost samples {value}").format(value=sound.lost))
        self._text.setText("   ·   ".join(parts))

    def show_result(self, result: ListenResult) -> None:
        """Show the totals of a recording or file."""
        speed = self.tr("{value} of real time to understand").format(value=f"{100 * result.real_time_factor:.0f} %")
        self._text.setText(
            "   ·   ".join(
                [
                    self.tr("{value} s of sound").format(value=f"{result.seconds:.1f}"),
                    speed,
                    self.tr("Lost samples {value}").format(value=result.lost),
                ]
            )
        )
