"""Translations and headlines with what each word looked at. In the predict lane. Shapes: B sentences, S tokens."""

from __future__ import annotations

import time

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.core.text_input import END
from deepstudio.core.text_requests import Hypothesis, WriteText, WrittenSentence, WrittenText
from deepstudio.core.torch_threads import one_thread
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.text.batches import padded
from deepstudio.data.text.words import split_sentences
from deepstudio.infer.text_models import AnswerCache, TextModel, TextModels, Tokens, frozen, require_text, take_tokens
from deepstudio.models.text_beam import beam_search
from deepstudio.models.text_repeats import REPEATS
from deepstudio.models.text_translators import Translator

TRANSLATION, HEADLINE = "translation", "summarisation"
_MOST_CHARACTERS = 20_000
_LONGEST_PIECE = 400  # characters: a sentence that goes on is cut at a space, for want of a better place
_FEW_TOKENS = 12
_SENTENCES_AT_ONCE = 16
_REMEMBERED = 2048


class Writer:
    """Answers `WriteText`. Sentences translated before are not translated again."""

    def __init__(self, models: TextModels) -> None:
        self._models = models
        self._cache: AnswerCache[tuple[Hypothesis, ...]] = AnswerCache(_REMEMBERED)

    def write(self, request: WriteText, context: JobContext) -> WrittenText:
        """Return what the model writes; sentences come as partial results while the rest is being written."""
        require_text(request.text)
        model = self._models.get(request.model, context, (TRANSLATION, HEADLINE))
        began = time.perf_counter()
        text = request.text
        notes: tuple[Phrase, ...] = ()
        whole = model.loaded.card.task == HEADLINE
        if len(text) > _MOST_CHARACTERS and not whole:
            text = text[:_MOST_CHARACTERS]
            notes = (
                Phrase(
                    QT_TRANSLATE_NOOP("notes", "The text is long: its first {count} characters were looked at."),
                    {"count": f"{_MOST_CHARACTERS:,}"},
                ),
            )
        spans = [(0, len(text))] if whole else _pieces(text)
        tokens = [take_tokens(model, text[begin:end]) for begin, end in spans]
        if all(part.notes for part in tokens):
            notes += tokens[0].notes
        elif whole and len(tokens[0].ids) < _FEW_TOKENS:
            notes += (Phrase(QT_TRANSLATE_NOOP("notes", "The text is very short: its headline is a guess.")),)
        done: list[WrittenSentence] = []
        for first in range(0, len(spans), _SENTENCES_AT_ONCE):
            part = slice(first, first + _SENTENCES_AT_ONCE)
            found = self._hypotheses(model, tokens[part], request.beam, context)
            done += [
                _sentence(span, of, hypotheses)
                for span, of, hypotheses in zip(spans[part], tokens[part], found, strict=True)
            ]
            context.progress(len(done), len(spans))
            if len(done) < len(spans):
                context.partial(_written(model, text, done, False, began, notes))
        return _written(model, text, done, True, began, notes)

    def _hypotheses(
        self, model: TextModel, tokens: list[Tokens], beam: int, context: JobContext
    ) -> list[tuple[Hypothesis, ...]]:
        """Return the hypotheses for each sentence, those not in the cache in one batch."""
        keys = [(model.loaded.card.sha256, beam, part.ids.tobytes()) for part in tokens]
        missing = {key: part for key, part in zip(keys, tokens, strict=True) if self._cache.get(key) is None}
        fresh: dict[object, tuple[Hypothesis, ...]] = {}
        if missing:
            network = model.loaded.network
            assert isinstance(network, Translator)
            tokens_BS, lengths_B = padded([np.append(part.ids, END) for part in missing.values()])
            with one_thread():  # a step of the search is small, and there are hundreds
                searched = beam_search(
                    network,
                    tokens_BS.to(model.loaded.device),
                    lengths_B.to(model.loaded.device),
                    width=max(beam, 1),
                    longest=model.config.max_target_tokens,
                    check=context.check,
                    repeats=REPEATS[model.loaded.card.task],
                )
            for key, found, length in zip(missing, searched, lengths_B.tolist(), strict=True):
                fresh[key] = tuple(
                    Hypothesis(
                        text=model.tokenizer.decode(one.tokens),
                        tokens=tuple(shown(model, number) for number in one.tokens),
                        attention=frozen(one.attention[:, :length]),
                        score=one.score,
                    )
                    for one in found
                )
                self._cache.put(key, fresh[key])
        answers = [fresh.get(key) or self._cache.get(key) for key in keys]
        return [answer for answer in answers if answer is not None]


def shown(model: TextModel, number: int) -> str:
    """Return a token as a person reads it: a space where a word begins."""
    return model.tokenizer.token(number).replace("▁", " ").replace("Ġ", " ")


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text, very long ones cut at spaces."""
    pieces: list[tuple[int, int]] = []
    for begin, end in split_sentences(text):
        while end - begin > _LONGEST_PIECE:
            cut = text.rfind(" ", begin + 1, begin + _LONGEST_PIECE)
            cut = cut if cut > begin else begin + _LONGEST_PIECE
            pieces.append((begin, cut))
            begin = cut
        pieces.append((begin, end))
    return [(begin, end) for begin, end in pieces if text[begin:end].strip()]


def _sentence(span: tuple[int, int], tokens: Tokens, hypotheses: tuple[Hypothesis, ...]) -> WrittenSentence:
    begin, end = span
    offsets = np.concatenate([tokens.offsets + begin, [[end, end]]]).astype(np.int32)
    return WrittenSentence(start=begin, end=end, offsets=frozen(offsets), hypotheses=hypotheses)


def _written(
    model: TextModel,
    source: str,
    sentences: list[WrittenSentence],
    finished: bool,
    began: float,
    notes: tuple[Phrase, ...],
) -> WrittenText:
    """Return the answer; what stood between two sentences, a space or new lines, stands between their translations."""
    parts: list[str] = []
    for number, sentence in enumerate(sentences):
        if number:
            between = source[sentences[number - 1].end : sentence.start]
            parts.append("\n" * between.count("\n") or " ")
        parts.append(sentence.hypotheses[0].text)
    return WrittenText(
        model=model.name,
        text="".join(parts),
        sentences=tuple(sentences),
        finished=finished,
        milliseconds=1e3 * (time.perf_counter() - began),
        notes=notes,
    )
