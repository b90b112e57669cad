"""Joins the pane that shows what is written to the presenter that asks for it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.text_requests import ContinuedText, ContinueText, NextToken
from deepstudio.ui.workspaces.text.presenter import TextPresenter
from deepstudio.ui.workspaces.text.tasks import TextModel
from deepstudio.ui.workspaces.text.writer_pane import WriterPane


class WriterPart(QObject):
    """`timed` carries the milliseconds that a whole writing took."""

    timed = Signal(float)

    def __init__(self, pane: WriterPane, presenter: TextPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._presenter = presenter
        self._model: TextModel | None = None
        pane.stop_asked.connect(presenter.stop_writing)
        pane.branch_asked.connect(self.branch)
        presenter.wrote.connect(pane.add)
        presenter.written.connect(self._on_written)

    def write_on(self, text: str, model: TextModel) -> None:
        """Go on from `text`."""
        self._model = model
        self._write(text, [], "")

    @Slot(int, str)
    def branch(self, number: int, token: str) -> None:
        """Go on from token `number` with another one in its place."""
        self._write(self._pane.start, self._pane.tokens[:number], token)

    def _write(self, start: str, kept: list[NextToken], first: str) -> None:
        if self._model is None:
            return
        wanted = self._pane.settings.values()
        self._pane.begin(start, kept)
        self._presenter.write_on(
            ContinueText(
                text=start + "".join(token.text for token in kept),
                model=self._model.name,
                tokens=max(1, wanted.tokens - len(kept)),
                temperature=wanted.temperature,
                top_k=wanted.top_k,
                top_p=wanted.top_p,
                beam=wanted.beam,
                seed=wanted.seed,
                first=first,
            )
        )

    @Slot(object)
    def _on_written(self, written: ContinuedText | None) -> None:
        self._pane.end()
        if written is not None:
            self.timed.emit(written.milliseconds)
