"""Which runs are shown as one curve: those with the same value of a setting, the same settings, or all. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deepstudio.ui.runview.source import RunSource

ALL, SAME = "*", "="
"""All runs together; runs whose settings differ in nothing but the seed."""


def flattened(settings: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return nested settings as one level with dotted names."""
    found: dict[str, object] = {}
    for name, value in settings.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found.update(flattened(value, f"{path}."))
        else:
            found[path] = value
    return found


def differing(sources: Sequence[RunSource]) -> list[str]:
    """Return the settings in which runs differ, in the order of the settings."""
    flat = [flattened(source.settings) for source in sources]
    names = dict.fromkeys(name for settings in flat for name in settings)
    return [name for name in names if len({repr(settings.get(name)) for settings in flat}) > 1]


def grouped(sources: Sequence[RunSource], key: str) -> dict[str, list[RunSource]]:
    """Return the runs by the words for their group, in the order of the values; `key` is a setting, ALL or SAME."""
    if key == ALL:
        return {"": list(sources)}
    if key == SAME:
        return _same(sources)
    values = {source.run_id: flattened(source.settings).get(key) for source in sources}
    short = key.rpartition(".")[2] if key.rpartition(".")[2] not in ("name", "kind", "value") else key
    groups: dict[str, list[RunSource]] = {}
    for source in sorted(sources, key=lambda source: _rank(values[source.run_id])):
        value = values[source.run_id]
        words = "–" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        groups.setdefault(f"{short} = {words}", []).append(source)
    return groups


def _same(sources: Sequence[RunSource]) -> dict[str, list[RunSource]]:
    names = [name for name in differing(sources) if "seed" not in name.lower()]
    groups: dict[str, list[RunSource]] = {}
    for source in sources:
        settings = flattened(source.settings)
        said = [f"{name.rpartition('.')[2]} = {settings.get(name, '–')}" for name in names]
        groups.setdefault(", ".join(said), []).append(source)
    return groups


def _rank(value: object) -> tuple[bool, bool, float, str]:
    number = isinstance(value, (int, float))
    return value is None, not number, float(value) if isinstance(value, (int, float)) else 0.0, str(value)
