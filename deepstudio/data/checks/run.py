"""Running the checks over a set, as a job. Torch-free; in the lane for files."""

from __future__ import annotations

import time
from dataclasses import replace

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import CheckReport, ClassCount, Finding, Severity
from deepstudio.data.checks.prints import take_prints
from deepstudio.data.checks.registry import CHECKS, CheckRequest, Material
from deepstudio.data.corrections import Corrections
from deepstudio.data.listing import list_data
from deepstudio.data.sources import natural_key

_ORDER = (Severity.BLOCKS, Severity.WARNS, Severity.INFO)


def run_checks(request: CheckRequest, context: JobContext) -> CheckReport:
    """Look at every picture of the set once and return all findings, worst first; each is also sent as it is found.

    Raises InputError where there is nothing to check, JobCancelled soon after a cancel.
    """
    started = time.perf_counter()
    material = gather(request, context)
    findings: list[Finding] = []
    for name in request.checks or CHECKS.names():
        context.check()
        for finding in CHECKS.get(name).run(material):
            findings.append(finding)
            context.partial(finding)
    return CheckReport(
        findings=worst_first(findings),
        classes=class_counts(material),
        samples=len(material.samples),
        excluded=len(material.state.excluded),
        seconds=time.perf_counter() - started,
    )


def gather(request: CheckRequest, context: JobContext) -> Material:
    """Return the set as corrected, with its prints."""
    context.status(QT_TRANSLATE_NOOP("status", "Listing the files"))
    listing = list_data(request.data, request.layout, context.check)
    state = Corrections.open(listing.data).state()
    samples = tuple(
        sample if label == sample.label else replace(sample, label=label)
        for sample in listing.samples
        if (label := state.label(sample.name, sample.label)) is not None
    )
    context.status(QT_TRANSLATE_NOOP("status", "Looking at every picture"))
    names = [sample.name for sample in samples]
    prints = take_prints(listing.root, names, check=context.check, progress=context.progress)
    return Material(request=request, listing=listing, state=state, samples=samples, prints=prints, context=context)


def worst_first(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings that block before those that warn before those that tell."""
    return tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity)))


def class_counts(material: Material) -> tuple[ClassCount, ...]:
    """Return how many samples each class has, in natural order of the labels."""
    labels = sorted(material.counts, key=natural_key)
    return tuple(ClassCount(label=label, counts=dict(material.counts[label])) for label in labels)
