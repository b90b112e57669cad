"""Files that cannot be read, files in the way, folders without any, corrections that no longer hold. Any thread."""

from __future__ import annotations

from collections.abc import Iterator

from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.registry import Material, register_check


@register_check("unreadable", QT_TRANSLATE_NOOP("checks", "Files that cannot be read"))
def unreadable(material: Material) -> Iterator[Finding]:
    """Yield the pictures that no run could use."""
    problems = material.prints.problems
    if not problems:
        return
    items = tuple(problems)
    first = problems[items[0]]
    everything = len(items) == len(material.samples)
    yield Finding(
        check="unreadable",
        severity=Severity.BLOCKS if everything else Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP("checks", "{count} of {total} files cannot be read, the first of them: {reason}"),
        values={"count": len(items), "total": len(material.samples), "reason": Phrase(first.sentence, first.values)},
        items=items,
        fixes=()
        if everything
        else (
            Fix(
                kind=FixKind.EXCLUDE,
                sentence=QT_TRANSLATE_NOOP("checks", "Leave these files out"),
                items=items,
            ),
        ),
    )


@register_check("strays", QT_TRANSLATE_NOOP("checks", "Files and folders that are not used"))
def strays(material: Material) -> Iterator[Finding]:
    """Yield files beside the classes or of another kind, folders without pictures, and stale corrections."""
    listing = material.listing
    files = [name for name in listing.strays if name.rsplit("/", 1)[-1] != (material.request.group_table or None)]
    if files:
        yield Finding(
            check="strays",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "Files that are no labelled pictures, and are not used: {count}."),
            values={"count": len(files)},
            items=tuple(files),
        )
    if listing.empty_folders:
        yield Finding(
            check="strays",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "Folders without a single picture: {names}."),
            values={"names": shortened(listing.empty_folders)},
            items=listing.empty_folders,
        )
    if material.state.stale:
        yield Finding(
            check="strays",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "Corrections that no longer hold, because the files have changed since: {count}."
            ),
            values={"count": len(material.state.stale)},
            items=material.state.stale,
        )


def shortened(names: tuple[str, ...] | list[str], most: int = 6) -> str:
    """Return the first few names, and dots for the rest."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
