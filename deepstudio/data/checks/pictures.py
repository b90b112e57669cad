"""What the pictures are like: sizes and shapes, grey among colour, pictures that show nothing. Any thread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.registry import Material, register_check

_LONG = 1.5
_OFTEN = 0.1
_SPREAD = 4.0
_GREY = (0.01, 0.99)
_TELLING = 0.25
_SMALLEST_CLASS = 20


@register_check("sizes", QT_TRANSLATE_NOOP("checks", "Sizes and shapes"))
def sizes(material: Material) -> Iterator[Finding]:
    """Yield what the network's input size does to these pictures."""
    prints, shape = material.prints, material.request.preprocessing
    shown = np.flatnonzero(prints.readable)
    if not len(shown):
        return
    width, height = prints.width[shown].astype(float), prints.height[shown].astype(float)
    side = np.minimum(width, height)
    if side.max() >= _SPREAD * side.min():
        smallest, largest = shown[side.argmin()], shown[side.argmax()]
        yield Finding(
            check="sizes",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks",
                "The pictures differ much in size: from {smallest} to {largest} pixels, mostly about {middle}.",
            ),
            values={
                "smallest": _size(prints.width[smallest], prints.height[smallest]),
                "largest": _size(prints.width[largest], prints.height[largest]),
                "middle": _size(np.median(width), np.median(height)),
            },
            items=material.named((smallest, largest)),
        )
    small = shown[side < 0.5 * min(shape.height, shape.width)]
    if len(small) > _OFTEN * len(shown):
        yield Finding(
            check="sizes",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "Pictures less than half as large as the network's input, which get blurred: {count}."
            ),
            values={"count": len(small)},
            items=material.named(small[:1000]),
        )
    yield from _shapes(material, shown, width / height)


def _shapes(material: Material, shown: np.ndarray, aspect: np.ndarray) -> Iterator[Finding]:
    """Yield pictures so long that fitting them cuts off much."""
    shape = material.request.preprocessing
    wanted = shape.width / shape.height
    stretch = np.maximum(aspect / wanted, wanted / aspect)
    long = shown[stretch > _LONG]
    if shape.fit != "crop" or len(long) <= _OFTEN * len(shown):
        return
    yield Finding(
        check="sizes",
        severity=Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP(
            "checks", "{count} pictures are long: cropping their middle leaves out {share} % of them."
        ),
        values={"count": len(long), "share": round(100 * float(1 - 1 / stretch[stretch > _LONG].mean()))},
        items=material.named(long[np.argsort(-stretch[stretch > _LONG])][:1000]),
        fixes=(
            Fix(
                kind=FixKind.RECIPE,
                sentence=QT_TRANSLATE_NOOP("checks", "Show the whole picture, with a border"),
                settings={"preprocessing.fit": "pad"},
            ),
            Fix(
                kind=FixKind.RECIPE,
                sentence=QT_TRANSLATE_NOOP("checks", "Show the whole picture, squashed"),
                settings={"preprocessing.fit": "squash"},
            ),
        ),
    )


def _size(width: float, height: float) -> str:
    return f"{int(width)} x {int(height)}"


@register_check("colours", QT_TRANSLATE_NOOP("checks", "Grey and coloured pictures"))
def colours(material: Material) -> Iterator[Finding]:
    """Yield grey pictures among coloured ones, above all where that tells the classes apart."""
    prints = material.prints
    shown = prints.readable & (material.splits == "train")
    grey, total = int((prints.grey & shown).sum()), int(shown.sum())
    if not total:
        return
    share = grey / total
    if share == 1.0 and material.request.preprocessing.channels == 3:
        yield Finding(
            check="colours",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "All pictures are grey; a network with one channel is enough."),
            fixes=(
                Fix(
                    kind=FixKind.RECIPE,
                    sentence=QT_TRANSLATE_NOOP("checks", "Use one channel"),
                    settings={"preprocessing.channels": 1, "network.config.in_channels": 1},
                ),
            ),
        )
    if not _GREY[0] <= share <= _GREY[1]:
        return
    least, most = _extremes(material, shown)
    telling = least is not None and most is not None and most[1] - least[1] >= _TELLING
    fixes = (
        Fix(
            kind=FixKind.RECIPE,
            sentence=QT_TRANSLATE_NOOP("checks", "Look at all pictures in grey"),
            settings={"preprocessing.channels": 1, "network.config.in_channels": 1},
        ),
    )
    if telling and least is not None and most is not None:
        yield Finding(
            check="colours",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks",
                "{most_share} % of '{most}' are grey, {least_share} % of '{least}': a network may learn that instead.",
            ),
            values={
                "most": most[0],
                "most_share": round(100 * most[1]),
                "least": least[0],
                "least_share": round(100 * least[1]),
            },
            items=material.named(np.flatnonzero(prints.grey & shown)[:1000]),
            fixes=fixes,
        )
        return
    fewer = prints.grey if share <= 0.5 else ~prints.grey
    yield Finding(
        check="colours",
        severity=Severity.INFO,
        sentence=QT_TRANSLATE_NOOP("checks", "{count} of {total} pictures are grey, the others coloured."),
        values={"count": grey, "total": total},
        items=material.named(np.flatnonzero(fewer & shown)[:1000]),
        fixes=fixes,
    )


def _extremes(material: Material, shown: np.ndarray) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    """Return the classes with the smallest and the largest share of grey pictures, of those with some examples."""
    shares: list[tuple[str, float]] = []
    for label in material.counts:
        members = shown & (material.labels == label)
        if members.sum() >= _SMALLEST_CLASS:
            shares.append((label, float(material.prints.grey[members].mean())))
    if not shares:
        return None, None
    return min(shares, key=lambda item: item[1]), max(shares, key=lambda item: item[1])


@register_check("blank", QT_TRANSLATE_NOOP("checks", "Pictures that show nothing"))
def blank(material: Material) -> Iterator[Finding]:
    """Yield pictures of one tone."""
    found = np.flatnonzero(material.prints.flat & material.prints.readable)
    if not len(found) or len(found) > 0.5 * len(material.prints):
        return
    items = material.named(found)
    yield Finding(
        check="blank",
        severity=Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP("checks", "Pictures that show a single tone and nothing else: {count}."),
        values={"count": len(found)},
        items=items,
        fixes=(
            Fix(kind=FixKind.EXCLUDE, sentence=QT_TRANSLATE_NOOP("checks", "Leave these pictures out"), items=items),
        ),
    )
