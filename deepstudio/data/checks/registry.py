"""The registry of checks, and what every check is given. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.registry import Registry
from deepstudio.data.checks.finding import Finding
from deepstudio.data.checks.prints import Prints
from deepstudio.data.corrections import CorrectionsState
from deepstudio.data.listing import Layout, Listing, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """Check the set at `data`, as a run with these settings would use it; `checks` by name, empty for all.

    `validation_share` is what would be held out of the training split where no validation split exists.
    """

    data: Path
    layout: Layout = field(default_factory=Layout)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    group_pattern: str = ""
    group_table: str = ""
    validation_share: float = 0.1
    balance_classes: bool = False
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Material:
    """The set with its corrections: the samples that count, their labels as corrected, and their prints."""

    request: CheckRequest
    listing: Listing
    state: CorrectionsState
    samples: tuple[Sample, ...]
    prints: Prints
    context: JobContext

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the samples."""
        return tuple(sample.name for sample in self.samples)

    @cached_property
    def labels(self) -> np.ndarray:
        """Return the labels as an array of words, N."""
        return np.array([sample.label for sample in self.samples], dtype=object)

    @cached_property
    def splits(self) -> np.ndarray:
        """Return the splits as an array of words, N."""
        return np.array([sample.split for sample in self.samples], dtype=object)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return how many samples each label has, by split."""
        found: dict[str, dict[str, int]] = {}
        for sample in self.samples:
            by_split = found.setdefault(sample.label, {})
            by_split[sample.split] = by_split.get(sample.split, 0) + 1
        return found

    def named(self, indices: Iterable[int]) -> tuple[str, ...]:
        """Return the names of the samples at `indices`."""
        return tuple(self.names[index] for index in indices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check by name: its title (context "checks"), and the function that yields findings."""

    name: str
    title: str
    run: Callable[[Material], Iterable[Finding]]


CHECKS: Registry[Check] = Registry("check")


def register_check(
    name: str, title: str
) -> Callable[[Callable[[Material], Iterable[Finding]]], Callable[[Material], Iterable[Finding]]]:
    """Return a decorator that registers a function `(material) -> findings` as a check."""

    def decorate(run: Callable[[Material], Iterable[Finding]]) -> Callable[[Material], Iterable[Finding]]:
        CHECKS.register(name)(Check(name=name, title=title, run=run))
        return run

    return decorate
