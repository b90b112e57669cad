"""Looks over the data before training, and mends what was found. In the files lane; knows no widget. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.corrections_jobs import ChangeCorrections, change_corrections


class ChecksPresenter(QObject):
    """`findings` fill while the checks run. What is blocked is said by those with the severity "blocks"."""

    changed = Signal()
    """Findings or progress are other ones now."""
    ended = Signal()
    corrected = Signal(object)
    """A `CorrectionsState`: samples were excluded or relabelled, or that was undone."""
    settings_asked = Signal(object)
    """A fix that changes the recipe: a dict of dotted keys to values."""
    failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._handle: Any = None
        self.findings: list[Any] = []
        self.report: Any = None
        self.done = 0
        self.total = 0
        self.data: Path | None = None
        self._root = Path()

    @property
    def busy(self) -> bool:
        """Return whether the checks run."""
        return self._handle is not None

    def run(self, recipe: Any, data: Path, root: Path | None = None) -> None:
        """Look over the data; checks that still run are ended. Names of samples start at `root`."""
        from deepstudio.train.preflight import PreflightRequest, run_preflight

        self.data, self._root = data, root or data
        self.findings = []
        self.report = None
        self.done = self.total = 0
        handle = self._services.jobs.submit(
            run_preflight,
            PreflightRequest(recipe=recipe, data=data),
            lane="files",
            supersede="train.checks",
            title=QT_TRANSLATE_NOOP("status", "Checking the data"),
        )
        self._handle = handle
        handle.partial.connect(self._on_finding)
        handle.progress.connect(self._on_progress)
        handle.done.connect(self._on_report)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)
        self.changed.emit()

    def clear(self) -> None:
        """Forget what was found."""
        self.cancel()
        self.findings, self.report, self.data = [], None, None
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """End the checks."""
        if self._handle is not None:
            self._handle.cancel()

    def blocking(self) -> list[Any]:
        """Return the findings that make training senseless."""
        return [finding for finding in self.findings if str(finding.severity) == "blocks"]

    # Mending

    def apply(self, fix: Any) -> None:
        """Do what a fix says."""
        if str(fix.kind) == "recipe":
            self.settings_asked.emit(dict(fix.settings))
            return
        if str(fix.kind) == "exclude":
            self._change(action="exclude", names=tuple(fix.items))
        else:
            self._change(action=str(fix.kind), labels=dict(fix.labels))

    def exclude(self, names: Sequence[str]) -> None:
        """Leave samples out of training."""
        self._change(action="exclude", names=tuple(names))

    def undo(self) -> None:
        """Take the last correction back."""
        self._change(action="undo")

    def _change(self, **what: Any) -> None:
        if self.data is None:
            return
        handle = self._services.jobs.submit(
            change_corrections,
            ChangeCorrections(data=self._root, **what),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Correcting the data"),
        )
        handle.done.connect(self.corrected)
        handle.failed.connect(self.failed)

    # What the checks say

    @Slot(object)
    def _on_finding(self, finding: Any) -> None:
        if self.sender() is self._handle and hasattr(finding, "severity"):
            self.findings.append(finding)
            self.findings.sort(key=lambda item: ("blocks", "warns", "info").index(str(item.severity)))
            self.changed.emit()

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if self.sender() is self._handle:
            self.done, self.total = done, total
            self.changed.emit()

    @Slot(object)
    def _on_report(self, report: Any) -> None:
        if self.sender() is self._handle:
            self.report = report

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self.changed.emit()
            self.ended.emit()
