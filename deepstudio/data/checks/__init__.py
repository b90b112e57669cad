"""Pre-flight checks: what is wrong with a set before a network is trained on it, and how to mend it. Torch-free.

A check is a function `(material) -> findings` that registers itself; importing this package imports them all.
"""

from __future__ import annotations

from deepstudio.data.checks import duplicates, files, groups, labels, memory, pictures
from deepstudio.data.checks.finding import (
    CheckReport,
    ClassCount,
    Finding,
    Fix,
    FixKind,
    Severity,
    apply_fix,
)
from deepstudio.data.checks.registry import CHECKS, Check, CheckRequest
from deepstudio.data.checks.run import run_checks

__all__ = [
    "CHECKS",
    "Check",
    "CheckReport",
    "CheckRequest",
    "ClassCount",
    "Finding",
    "Fix",
    "FixKind",
    "Severity",
    "apply_fix",
    "run_checks",
]

# Imported for what they register.
_REGISTERED = (files, labels, duplicates, groups, pictures, memory)
