"""The engine's sentences and names in the user's language. GUI thread, once the translators are installed.

The engine marks its English templates with a context; the same templates are looked up here.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from deepstudio.core.messages import Failure
from deepstudio.core.words import Phrase

CONTEXTS = ("errors", "notes", "status", "warnings", "cards", "workspaces", "settings", "labels")
"""Where a sentence may have been marked; the first context that knows it wins."""
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Code to the language's own name."""


def translate_sentence(text: str, context: str = "", **values: object) -> str:
    """Return a marked sentence in the user's language, `values` filled in; English where no translation is known."""
    template = text
    for candidate in (context, *CONTEXTS) if context else CONTEXTS:
        translated = QCoreApplication.translate(candidate, text)
        if translated != text:
            template = translated
            break
    return template.format(**values) if values else template


def translate_failure(failure: Failure) -> tuple[str, str]:
    """Return the sentence and the fix ("" if there is none) of `failure`."""
    values = {name: _translate_value(value) for name, value in failure.values.items()}
    sentence = translate_sentence(failure.sentence, "errors").format(**values)
    fix = translate_sentence(failure.fix, "errors").format(**values) if failure.fix else ""
    return sentence, fix


def _translate_value(value: object) -> object:
    if not isinstance(value, Phrase):
        return value
    return translate_sentence(value.text, "errors").format(**value.values)


def display_label(label: str) -> str:
    """Return the name of a class for people: translated where it is known, with its underscores read as spaces."""
    translated = QCoreApplication.translate("labels", label)
    return translated if translated != label else label.replace("_", " ")


def plain_words(text: str) -> str:
    """Return a menu text without its access key, "&Open…" or "打开(&O)…", and without the dots."""
    return re.sub(r"\(&\w\)|&(?=\S)", "", text).rstrip("…")


def file_size(count: int) -> str:
    """Return a number of bytes for people, such as "7.4 MB" (powers of ten, as disks are sold)."""
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
