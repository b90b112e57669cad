"""What comes back from a job: frozen messages, numpy arrays read-only, in order, exactly one end.

`sequence` counts from 0 within a job. `JobEnded` is always the last message of a job. Any thread may read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error made ready for a person: templates and values apart, technical details on demand."""

    sentence: str
    fix: str = ""
    values: dict[str, object] = field(default_factory=dict)
    details: str = ""

    def text(self) -> str:
        """Return the English sentence and fix, values filled in."""
        parts = [self.sentence, self.fix] if self.fix else [self.sentence]
        return " ".join(part.format(**self.values) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMessage:
    """Base of all messages."""

    job_id: int
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStarted(JobMessage):
    """The lane has begun with the job; `waited_ms` is the time it spent in the queue."""

    waited_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus(JobMessage):
    """A few words on what is happening."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress(JobMessage):
    """`done` of `total` units; `total` 0 means unknown."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPartial(JobMessage):
    """A partial result."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnded(JobMessage):
    """The last message: `result` if done, `failure` if failed."""

    outcome: Outcome
    result: object = None
    failure: Failure | None = None
    seconds: float = 0.0
