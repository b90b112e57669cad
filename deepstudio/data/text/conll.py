"""Tagged sentences in CoNLL columns: one token a line, the tag in the last column, an empty line after each sentence.

Any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.rows import RowCorrections

_DOCUMENT = "-DOCSTART-"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSentence:
    """Words and their tags, as many of one as of the other."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_conll(path: Path) -> list[TaggedSentence]:
    """Return the sentences of a file in CoNLL columns (tab or space). Raises InputError with the line that is wrong."""
    text = read_text(path).text
    separator = "\t" if "\t" in text[:10_000] else None
    sentences: list[TaggedSentence] = []
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        columns = line.split(separator) if line.strip() else []
        if len(columns) >= 2 and columns[0].strip() and columns[0] != _DOCUMENT:
            words.append(columns[0].strip())
            tags.append(columns[-1].strip())
        elif len(columns) == 1 and columns[0].strip() != _DOCUMENT:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "Line {line} of {path} has a word but no tag."), line=number, path=str(path)
            )
        elif words and not columns:
            sentences.append(TaggedSentence(words=tuple(words), tags=tuple(tags)))
            words, tags = [], []
    if not sentences:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There are no tagged sentences in {path}."), path=str(path))
    return sentences


def corrected_sentences(path: Path) -> list[TaggedSentence]:
    """Return the sentences of a file without those that corrections leave out. Raises InputError as `read_conll`."""
    view, sentences = RowCorrections(path), read_conll(path)
    return sentences if view.empty else [one for number, one in enumerate(sentences, 1) if view.keeps(number)]


def to_conll(sentences: Iterable[tuple[Sequence[str], Sequence[str]]]) -> str:
    """Return sentences of words and tags as CoNLL columns."""
    blocks = ("".join(f"{word}\t{tag}\n" for word, tag in zip(*pair, strict=True)) for pair in sentences)
    return "\n".join(blocks)


def tag_names(sentences: Iterable[TaggedSentence]) -> list[str]:
    """Return the tags in order: O first, then by type, B before I."""
    found = {tag for sentence in sentences for tag in sentence.tags}
    return sorted(found, key=lambda tag: (tag != "O", tag[2:], tag[:1]))
