"""Job contexts for tests."""

from __future__ import annotations

from deepstudio.core.errors import JobCancelled


class RecordingContext:
    """Remembers what the job said; cancels itself at the `cancel_at`-th check."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.statuses: list[str] = []
        self.steps: list[tuple[int, int]] = []
        self.partials: list[object] = []
        self.checks = 0
        self._cancel_at = cancel_at

    def status(self, text: str) -> None:
        self.statuses.append(text)

    def progress(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def partial(self, value: object) -> None:
        self.partials.append(value)

    @property
    def cancelled(self) -> bool:
        return self._cancel_at is not None and self.checks >= self._cancel_at

    def check(self) -> None:
        self.checks += 1
        if self.cancelled:
            raise JobCancelled
