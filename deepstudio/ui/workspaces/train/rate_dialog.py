"""The learning-rate finder: the loss over rising rates, and the rate that it suggests. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.text import translate_failure
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.workspaces.train.lane_jobs import FindRate, find_rate_job
from deepstudio.ui.workspaces.train.rate_plot import RatePlot

_STEPS = 100


class RateDialog(QDialog):
    """Runs the finder in the train lane while it is open; the weights of no run are touched."""

    def __init__(self, services: Any, recipe: Any, data: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find a learning rate"))
        self.resize(680, 480)
        self.finding: Any = None
        self._words = label(self.tr("The rate rises from step to step while the loss is watched."), "muted", wrap=True)
        self.plot = RatePlot(services.theme)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setRange(0, 0)
        self._meter.setAccessibleName(self.tr("Progress"))
        self.apply = button(self.tr("Use this rate"), "primary")
        self.apply.setEnabled(False)
        self.apply.clicked.connect(self.accept)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        layout = column(self, margins=(20, 18, 20, 16), gap=12)
        layout.addWidget(self._words)
        layout.addWidget(self._meter)
        layout.addWidget(self.plot, 1)
        buttons = row()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.apply)
        layout.addLayout(buttons)
        self.plot.picked.connect(self._on_picked)
        self._rate = 0.0
        self._handle = self._start(services, recipe, data)
        self.finished.connect(self._on_finished)

    @classmethod
    def ask(cls, services: Any, recipe: Any, data: Path, parent: QWidget | None = None) -> float | None:
        """Run the finder; return the chosen rate, None if the user changed their mind."""
        dialog = cls(services, recipe, data, parent)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        rate = dialog.rate if sure else None
        dialog.deleteLater()
        return rate

    @property
    def rate(self) -> float:
        """Return the rate that is chosen, rounded to two digits."""
        return float(f"{self._rate:.2g}")

    def _start(self, services: Any, recipe: Any, data: Path) -> Any:
        handle = services.jobs.submit(
            find_rate_job,
            FindRate(recipe=recipe, data=data, device=services.settings.current.computing.device, steps=_STEPS),
            lane="train",
            supersede="train.rate",
            title=QT_TRANSLATE_NOOP("status", "Finding a learning rate"),
        )
        handle.partial.connect(self._on_points)
        handle.progress.connect(self._on_progress)
        handle.done.connect(self._on_found)
        handle.failed.connect(self._on_failed)
        return handle

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self._meter.setRange(0, total)
        self._meter.setValue(done)

    @Slot(object)
    def _on_points(self, points: Any) -> None:
        if hasattr(points, "rates"):
            self.plot.add(np.asarray(points.rates), np.asarray(points.losses))

    @Slot(object)
    def _on_found(self, finding: Any) -> None:
        self.finding = finding
        self._meter.hide()
        self.plot.show_finding(finding.rates, finding.losses, finding.smoothed, finding.suggestion)
        self._on_picked(finding.suggestion)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._meter.hide()
        self._words.setText(" ".join(part for part in translate_failure(failure) if part))

    @Slot(float)
    def _on_picked(self, rate: float) -> None:
        self._rate = rate
        self.plot.mark(rate)
        self.apply.setEnabled(rate > 0)
        self.apply.setText(self.tr("Use {rate}").format(rate=f"{self.rate:g}"))
        self._words.setText(
            self.tr("Suggested: {rate}, where the loss falls fastest. Click the curve for another one.").format(
                rate=f"{float(f'{self.finding.suggestion:.2g}'):g}"
            )
            if self.finding is not None
            else ""
        )

    @Slot(int)
    def _on_finished(self, result: int) -> None:
        self._handle.cancel()
