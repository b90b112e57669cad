"""What a job may say while it runs.

A job is a plain function `(request, context) -> result`. It knows the four words of its context and nothing of Qt or
threads, so the same function serves the window, the command line and the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from deepstudio.core.errors import JobCancelled

RequestT = TypeVar("RequestT", contravariant=True)
ResultT = TypeVar("ResultT", covariant=True)


class JobContext(Protocol):
    """The job's side of its lane. Its methods are for the job's own thread, or one that speaks for it meanwhile.

    Never two at once: while another thread speaks, the job's own says nothing until that has ended.
    """

    def status(self, text: str) -> None:
        """Say in a few words what is happening now (a marked, translatable sentence)."""

    def progress(self, done: int, total: int) -> None:
        """Report `done` of `total` units; `total` 0 means unknown."""

    def partial(self, value: object) -> None:
        """Hand over a partial result: a frozen message, arrays read-only, never a tensor or a widget."""

    @property
    def cancelled(self) -> bool:
        """True once the job should end at its next border."""

    def check(self) -> None:
        """Raise `JobCancelled` if the job should end."""


Job = Callable[[RequestT, JobContext], ResultT]


class SilentContext:
    """A context for callers without a window: remembers nothing, never cancels unless told."""

    def __init__(self) -> None:
        self.cancelled = False

    def status(self, text: str) -> None:
        """Ignore the status."""

    def progress(self, done: int, total: int) -> None:
        """Ignore the progress."""

    def partial(self, value: object) -> None:
        """Ignore the partial result."""

    def check(self) -> None:
        """Raise `JobCancelled` if `cancelled` was set."""
        if self.cancelled:
            raise JobCancelled
