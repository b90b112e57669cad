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
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_rows import RunRow

Test = Callable[[RunRow, str], bool]
"""Takes a run and its text in lower case."""

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


def parse_filter(text: str) -> Callable[[RunRow, str], bool]:
    """Return the test that `text` asks for; an empty text passes all. Raises InputError for a wrong expression."""
    tests = [_parse_word(word) for word in _WORD.findall(text)]
    if not tests:
        return lambda run, haystack: True
    if len(tests) == 1:
        return tests[0]
    return lambda run, haystack: all(test(run, haystack) for test in tests)


def haystack(run: RunRow) -> str:
    """Return everything of a run that a plain word may be found in, in lower case."""
    parts = [run.name, run.notes, run.kind, run.status.value, *run.tags]
    parts.extend(f"{path}={value}" for path, value in flat(run.config))
    return "\n".join(parts).lower()


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
    return (lambda run, text: not test(run, text)) if negative else test


def _parse_body(body: str) -> Test:
    if len(body) >= 2 and body[0] == body[-1] == "/":
        return _name_test(body[1:-1])
    plain = body.replace('"', "").lower()
    if plain in _FLAGS:
        return lambda run, text: bool(getattr(run, plain))
    field, colon, value = plain.partition(":")
    if colon and field == "tag":
        return lambda run, text: any(tag.lower() == value for tag in run.tags)
    if colon and field in ("status", "kind", "host"):
        return lambda run, text: str(getattr(run, field)).lower() == value
    comparison = _COMPARISON.match(body.replace('"', ""))
    if comparison:
        return _setting_test(*comparison.groups())
    return lambda run, text: plain in text


def _name_test(pattern: str) -> Test:
    try:
        search = re.compile(pattern, re.IGNORECASE).search
    except re.error as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "'{pattern}' is no regular expression: {reason}."),
            pattern=pattern,
            reason=str(error),
        ) from error
    return lambda run, text: search(run.name) is not None


def _setting_test(path: str, sign: str, wanted: str) -> Test:
    compare = _OPERATORS[sign]
    path, wanted = path.strip().lower(), wanted.strip().lower()
    number = _number(wanted)

    def passes(value: Any) -> bool:
        own = _number(value)
        if own is not None and number is not None:
            return compare(own, number)
        if sign in ("=", "!="):
            return compare(_word_of(value), wanted)
        return False

    def test(run: RunRow, text: str) -> bool:
        found = [value for key, value in flat(run.config) if _is_path(key.lower(), path)]
        if path == "name":
            found.append(run.name)
        return (all if sign == "!=" else any)(passes(value) for value in found)

    return test


def _is_path(key: str, wanted: str) -> bool:
    return key == wanted or key.endswith("." + wanted)


def _word_of(value: Any) -> str:
    return str(value).lower()


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
