"""The words of the filter over runs, turned into a test of one run. No database, any thread.

Words are joined by "and"; quotes keep spaces; a minus before a word turns it round:

digits            in the name, a tag, the notes or a value of the settings
/cnn-(a|b)$/      a regular expression over the name
tag:best   status:running   kind:monitor   host:x   star   pinned   hidden
optimizer.learning_rate>=0.01   seed=3   name!=x        a setting, by its path or the end of it
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_rows import RunRow


@dataclass(frozen=True, slots=True)
class Haystack:
    """What of a run is searched: everything in lower case, and the settings by their paths in lower case."""

    text: str
    settings: tuple[tuple[str, Any], ...]


Test = Callable[[RunRow, Haystack], bool]

_WORD = re.compile(r'-?/(?:[^/\\]|\\.)*/|-?(?:[^\s"]|"[^"]*")+|"[^"]*')
_COMPARISON = re.compile(r"^([\w./ -]+?)(>=|<=|!=|=|>|<)(.*)$")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_FLAGS = ("star", "pinned", "hidden")


def parse_filter(text: str) -> Test:
    """Return the test that `text` asks for; an empty text passes all. Raises InputError for a wrong expression."""
    tests = [_parse_word(word) for word in _WORD.findall(text)]
    if not tests:
        return lambda run, hay: True
    if len(tests) == 1:
        return tests[0]
    return lambda run, hay: all(test(run, hay) for test in tests)


def haystack(run: RunRow) -> Haystack:
    """Return everything of a run that words may be found in."""
    settings = tuple((path.lower(), value) for path, value in flat(run.config))
    parts = [run.name, run.notes, run.kind, run.status.value, *run.tags]
    parts.extend(f"{path}={value}" for path, value in settings)
    return Haystack("\n".join(parts).lower(), settings)


def flat(mapping: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the settings of nested mappings as (path with dots, value)."""
    for name, value in mapping.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping) and value:
            yield from flat(value, path + ".")
        else:
            yield path, value


def _parse_word(word: str) -> Test:
    negative = word.startswith("-") and len(word) > 1
    body = word[1:] if negative else word
    test = _parse_body(body)
    return (lambda run, hay: not test(run, hay)) if negative else test


def _parse_body(body: str) -> Test:
    if len(body) >= 2 and body[0] == body[-1] == "/":
        return _name_test(body[1:-1])
    plain = body.replace('"', "").lower()
    if plain in _FLAGS:
        return lambda run, hay: bool(getattr(run, plain))
    field, colon, value = plain.partition(":")
    if colon and field == "tag":
        return lambda run, hay: any(tag.lower() == value for tag in run.tags)
    if colon and field in ("status", "kind", "host"):
        return lambda run, hay: str(getattr(run, field)).lower() == value
    comparison = _COMPARISON.match(body.replace('"', ""))
    if comparison:
        return _setting_test(*comparison.groups())
    return lambda run, hay: plain in hay.text


def _name_test(pattern: str) -> Test:
    try:
        search = re.compile(pattern, re.IGNORECASE).search
    except re.error as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "'{pattern}' is no regular expression: {reason}."),
            pattern=pattern,
            reason=str(error),
        ) from error
    return lambda run, hay: search(run.name) is not None


def _setting_test(path: str, sign: str, wanted: str) -> Test:
    compare = _OPERATORS[sign]
    path, wanted = path.strip().lower(), wanted.strip().lower()
    number = _number(wanted)
    ending = "." + path
    if number is None and sign not in ("=", "!="):
        if not wanted:  # still being typed
            return lambda run, hay: True
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "“{sign}” compares numbers, and “{value}” is none."), sign=sign, value=wanted
        )

    def passes(value: Any) -> bool:
        own = _number(value)
        if own is not None and number is not None:
            return compare(own, number)
        if sign in ("=", "!="):
            return compare(_word_of(value), wanted)
        return False

    def test(run: RunRow, hay: Haystack) -> bool:
        found = [value for key, value in hay.settings if key == path or key.endswith(ending)]
        if path == "name":
            found.append(run.name)
        return (all if sign == "!=" else any)(passes(value) for value in found)

    return test


def _word_of(value: Any) -> str:
    return str(value).lower()


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
