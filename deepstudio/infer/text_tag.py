"""Entities in running text. In the predict lane. Shapes: B sentences, T words, K tags."""

from __future__ import annotations

import time
import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import torch

from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import Entity, TaggedText, TagText
from deepstudio.core.torch_threads import one_thread
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.text.spans import entity_spans
from deepstudio.data.text.tagger_inputs import TagInputs
from deepstudio.data.text.words import split_sentences, split_words
from deepstudio.infer.text_models import AnswerCache, TextModel, TextModels, frozen, require_text
from deepstudio.models.text_taggers import BiLstmCrf

TASK = "tagging"
_MOST_CHARACTERS = 1_000_000
_LONGEST_SENTENCE = 120  # words; more in a row without an end is no sentence, and is read in pieces
_WORDS_AT_ONCE = 2048
_REMEMBERED = 16_384  # sentences: about as many as the longest text has, so that an edit costs the one it changed
_MORE = 1.3  # a partial result when there is so much more than at the last: all of them together cost a few answers
_FEW = 4  # sentences: so many are read in one thread


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """Words by their places in the text, and what identifies them for the cache."""

    spans: list[tuple[int, int]]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tags:
    labels: tuple[str, ...]
    probabilities: np.ndarray


_Known = dict[tuple[str, ...], _Tags]
"""Tags by the words of a sentence."""


class Tagger:
    """Answers `TagText`. Sentences seen before are not read again."""

    def __init__(self, models: TextModels) -> None:
        self._models = models
        self._cache: AnswerCache[_Tags] = AnswerCache(_REMEMBERED)

    def tag(self, request: TagText, context: JobContext) -> TaggedText:
        """Return all entities; a text of several stretches gives what is read so far as partial results."""
        require_text(request.text)
        model = self._models.get(request.model, context, (TASK,))
        began = time.perf_counter()
        notes: tuple[Phrase, ...] = ()
        text = request.text
        if len(text) > _MOST_CHARACTERS:
            text = text[:_MOST_CHARACTERS]
            notes = (
                Phrase(
                    QT_TRANSLATE_NOOP("notes", "The text is long: its first {count} characters were looked at."),
                    {"count": f"{_MOST_CHARACTERS:,}"},
                ),
            )
        sentences = _sentences(text)
        known = self._remembered(model, sentences)
        done = shown = 0
        while done < len(sentences):
            context.check()
            done = self._read_some(model, sentences, known, done)
            context.progress(done, len(sentences))
            if _MORE * shown <= done < len(sentences):
                shown = done
                context.partial(_answer(model, sentences[:done], known, began, notes))
        return _answer(model, sentences, known, began, notes)

    def _remembered(self, model: TextModel, sentences: list[_Sentence]) -> _Known:
        """Return the tags of the sentences seen before. Held apart, for reading the others may push them out."""
        found = {sentence.words: self._cache.get(_key(model, sentence)) for sentence in sentences}
        return {words: tags for words, tags in found.items() if tags is not None}

    def _read_some(self, model: TextModel, sentences: list[_Sentence], known: _Known, first: int) -> int:
        """Tag sentences from `first` on, about two thousand words that are not `known`; return where to go on."""
        wanted: dict[tuple[str, ...], _Sentence] = {}
        words, place = 0, first
        while place < len(sentences) and words < _WORDS_AT_ONCE:
            sentence = sentences[place]
            if sentence.words not in known and sentence.words not in wanted:
                wanted[sentence.words] = sentence
                words += len(sentence.words)
            place += 1
        with one_thread() if len(wanted) <= _FEW else nullcontext():
            found = tag_sentences(model, list(wanted))
        for sentence, tags in zip(wanted.values(), found, strict=True):
            known[sentence.words] = tags
            self._cache.put(_key(model, sentence), tags)
        return place


def _answer(
    model: TextModel, sentences: list[_Sentence], known: _Known, began: float, notes: tuple[Phrase, ...]
) -> TaggedText:
    entities: list[Entity] = []
    tags: list[str] = []
    bounds: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for sentence in sentences:
        found = known[sentence.words]
        bounds.append((len(spans), len(spans) + len(sentence.spans)))
        spans += sentence.spans
        tags += found.labels
        entities += [
            Entity(
                start=sentence.spans[first][0],
                end=sentence.spans[last - 1][1],
                label=kind,
                probability=float(found.probabilities[first:last].min()),
            )
            for kind, first, last in entity_spans(found.labels)
        ]
    types = tuple(dict.fromkeys(label[2:] for label in model.loaded.card.labels if label != "O"))
    return TaggedText(
        model=model.name,
        types=types,
        entities=tuple(entities),
        offsets=frozen(np.array(spans, np.int32).reshape(-1, 2)),
        tags=tuple(tags),
        sentences=frozen(np.array(bounds, np.int32).reshape(-1, 2)),
        milliseconds=1e3 * (time.perf_counter() - began),
        notes=notes,
    )


def tag_sentences(model: TextModel, sentences: list[tuple[str, ...]]) -> list[_Tags]:
    """Return the likeliest tags of each sentence, and how sure the network is of each (0..1)."""
    if not sentences:
        return []
    network, labels = model.loaded.network, model.loaded.card.labels
    assert isinstance(network, BiLstmCrf)
    inputs = TagInputs(sentences, model.tokenizer, model.config, model.loaded.device)
    order = np.argsort(inputs.lengths, kind="stable")
    found: dict[int, _Tags] = {}
    for begin in range(0, len(order), 32):
        places = order[begin : begin + 32]
        tokens_BT, letters_BTC, lengths_B = inputs.batch(places)
        with torch.inference_mode():
            emissions_BTK = network(tokens_BT, letters_BTC, lengths_B).float()
            tags_BT = network.crf.decode(emissions_BTK, lengths_B)
            p_BTK = network.crf.marginals(emissions_BTK, lengths_B)
        sure_BT = p_BTK.gather(2, tags_BT[..., None])[..., 0].cpu().numpy()
        for row, place in enumerate(places):
            length = int(lengths_B[row])
            names = tuple(labels[number] for number in tags_BT[row, :length].tolist())
            found[int(place)] = _Tags(labels=names, probabilities=sure_BT[row, :length])
    return [found[place] for place in range(len(sentences))]


def _sentences(text: str) -> list[_Sentence]:
    found: list[_Sentence] = []
    for begin, end in split_sentences(text):
        spans = [(begin + left, begin + right) for left, right in split_words(text[begin:end])]
        for first in range(0, len(spans), _LONGEST_SENTENCE):
            part = spans[first : first + _LONGEST_SENTENCE]
            words = tuple(unicodedata.normalize("NFC", text[left:right]) for left, right in part)
            found.append(_Sentence(spans=part, words=words))
    return found


def _key(model: TextModel, sentence: _Sentence) -> object:
    return (model.loaded.card.sha256, sentence.words)
