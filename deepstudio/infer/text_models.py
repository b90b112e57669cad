"""Text models ready to be asked: the network, its tokenizer, and texts as its input. In the predict lane."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import UNKNOWN, TextInput
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.text.tokens import WORD_BEGINS, Encoded, TextTokenizer, shorten
from deepstudio.infer.pool import ModelPool
from deepstudio.models.modelfile import LoadedModel

_CHARACTERS_A_TOKEN = 16
"""More of a text than this for each token that the network looks at is not even cut into tokens."""

AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModel:
    """A loaded model, how it takes text, and its tokenizer."""

    name: str
    loaded: LoadedModel
    config: TextInput
    tokenizer: TextTokenizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Token numbers int32 [N] of a text, their offsets int32 [N, 2], and notes on what was left out."""

    ids: np.ndarray
    offsets: np.ndarray
    notes: tuple[Phrase, ...] = ()

    @property
    def unknown(self) -> int:
        """Return how many tokens the model does not know."""
        return int((self.ids == UNKNOWN).sum())


class TextModels:
    """Text models by name, each with its tokenizer; the models themselves lie in the shared pool."""

    def __init__(self, pool: ModelPool) -> None:
        self._pool = pool
        self._models: dict[str, TextModel] = {}

    def get(self, name: str, context: JobContext, tasks: Sequence[str] = ()) -> TextModel:
        """Return the model. Raises as `ModelPool.get`, and InputError if it is made for none of the `tasks`."""
        loaded = self._pool.get(name, context)
        known = self._models.get(name)
        if known is None or known.loaded is not loaded:
            card = loaded.card
            if card.text is None or not card.tokenizer:
                raise _wrong_task(name, card.task)
            known = TextModel(
                name=name, loaded=loaded, config=card.text, tokenizer=TextTokenizer.from_card(card.tokenizer)
            )
            there = self._pool.names()  # what the pool let go is not kept alive here
            self._models = {other: model for other, model in self._models.items() if other in there} | {name: known}
        if tasks and loaded.card.task not in tasks:
            raise _wrong_task(name, loaded.card.task)
        return known


class AnswerCache(Generic[AnswerT]):
    """The latest answers by key, so that an edit costs the sentence that it changed and no other."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[object, AnswerT] = OrderedDict()

    def get(self, key: object) -> AnswerT | None:
        """Return the answer for a key, or None."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: object, answer: AnswerT) -> None:
        """Keep an answer; the one used longest ago goes."""
        self._answers[key] = answer
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)


def require_text(text: str) -> None:
    """Raise InputError if there is nothing to read in `text`."""
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is no text yet."),
            fix=QT_TRANSLATE_NOOP("errors", "Type or paste some words."),
        )


def take_tokens(model: TextModel, text: str) -> Tokens:
    """Return the tokens that the model looks at. A text of any length: only as much as matters is read."""
    config = model.config
    most = config.max_tokens * _CHARACTERS_A_TOKEN
    if len(text) <= most:
        encoded = model.tokenizer.encode(text)
        ids, offsets = encoded.ids, encoded.offsets
        cut = False
    else:
        ids, offsets = _ends(model.tokenizer.encode, text, most, config.keep)
        cut = True
    kept, places = shorten(ids, config.max_tokens, config.keep)
    notes: list[Phrase] = []
    if cut or len(kept) < len(ids):
        notes.append(
            Phrase(
                QT_TRANSLATE_NOOP("notes", "The text is long. Words of it that were looked at: {count}."),
                {"count": len(kept)},
            )
        )
    if len(kept) and _all_strange(model.tokenizer, kept):
        notes.append(Phrase(QT_TRANSLATE_NOOP("notes", "The model knows none of these words: the answer is a guess.")))
    elif not len(kept):
        notes.append(Phrase(QT_TRANSLATE_NOOP("notes", "There are no words here: the answer is a guess.")))
    return Tokens(ids=kept, offsets=offsets[places], notes=tuple(notes))


def _all_strange(tokenizer: TextTokenizer, ids: np.ndarray) -> bool:
    """Return whether there are unknown tokens, and beside them none but signs and the marks that begin words."""
    if UNKNOWN not in ids:
        return bool((ids == tokenizer.number(WORD_BEGINS)).all())
    known = (tokenizer.token(number) for number in np.unique(ids[ids != UNKNOWN]))
    return not any(letter.isalnum() for token in known for letter in token)


def frozen(values: np.ndarray) -> np.ndarray:
    """Return a copy that cannot be written to."""
    copy = np.array(values)
    copy.flags.writeable = False
    return copy


def _ends(encode: Callable[[str], Encoded], text: str, most: int, keep: str) -> tuple[np.ndarray, np.ndarray]:
    half = most // 2
    pieces = {"start": [(0, text[:most])], "end": [(len(text) - most, text[len(text) - most :])]}.get(
        keep, [(0, text[:half]), (len(text) - half, text[len(text) - half :])]
    )
    ids: list[np.ndarray] = []
    offsets: list[np.ndarray] = []
    for begin, piece in pieces:
        encoded = encode(piece)
        ids.append(encoded.ids)
        offsets.append(encoded.offsets + begin)
    return np.concatenate(ids), np.concatenate(offsets).astype(np.int32)


def _wrong_task(name: str, task: str) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The model {model} is made for another task ({task})."), model=name, task=task
    )
