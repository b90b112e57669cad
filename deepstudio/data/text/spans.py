"""Entities as BIO tags and as spans. Any thread."""

from __future__ import annotations

from collections.abc import Sequence


def entity_spans(tags: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the entities of a sentence in BIO tags as (type, first token, one past the last).

    An I- without its B-, or of another type, begins an entity, as the CoNLL 2000 evaluation has it.
    """
    spans: list[tuple[str, int, int]] = []
    kind, first = "", 0
    for place, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        goes_on = prefix == "I" and name == kind
        if kind and not goes_on:
            spans.append((kind, first, place))
            kind = ""
        if prefix in ("B", "I") and not goes_on:
            kind, first = name, place
    return spans
