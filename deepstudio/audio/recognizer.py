"""Live recognition: sound in, words out, block by block. In a lane; one thread at a time.

Log-mel frames, the network with its state, the beam search and the second pass all advance by what has come in, so the
cost of a second of sound does not grow with the length of the stream, and the first word is on its way while the
sentence is still being said. The network stands behind a protocol, so nothing here knows torch.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypedDict, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.beam_search import BeamOptions, BeamSearch, FoundWord
from deepstudio.audio.features import LogMel, RunningMean
from deepstudio.audio.language import Language
from deepstudio.audio.look_ahead import LookAhead
from deepstudio.audio.narrow_band import NarrowBandMean
from deepstudio.audio.spelling import runs, spell
from deepstudio.audio.voicing import voiced_seconds
from deepstudio.audio.word_confidence import probabilities
from deepstudio.core.config import option
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.speech_messages import Final, Partial, Revised, SpeechEvent, Word

Samples = NDArray[np.float32]

_LEVEL_FLOOR_DB = -96.0
UNKNOWN_COST = 2.0
"""What the sounds of words outside the lexicon cost each, where the model's card does not say."""
_SOONER = 0.25
"""Share of `brief_doubt` that holds while a segment is open: more sound is to come, and waiting costs time."""
_BRIEF = 3
"""Words that cover fewer outputs may be a click: for them all of it holds."""
_FIRST_OUTPUTS = 12
"""Words that cover fewer may be a sneeze: they are shown at once only if there is a vowel in them."""
_KEPT_SECONDS, _AROUND_SECONDS = 3.0, 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerOptions:
    """When a segment ends, what is believed, and how hard the search looks."""

    end_silence: float = option(0.6, "Seconds of silence that end a segment.", low=0.1, high=10.0)
    max_segment: float = option(20.0, "Seconds after which the next short pause ends a segment.", low=2.0, high=600.0)
    short_pause: float = option(0.12, "Seconds of silence that count as a short pause.", low=0.04, high=1.0)
    least_confidence: float = option(0.29, "Segments less sure than this are taken for noise.", low=0.0, high=1.0)
    brief_doubt: float = option(
        2.0,
        "Added to the least confidence, divided by the network's outputs that the words cover: clicks are no words.",
        low=0.0,
        high=100.0,
    )
    vowel: float = option(
        0.03, "Seconds of voice that the first words need to be shown before they end.", low=0.0, high=1.0
    )
    probable: bool = option(
        True, "Say of finished words how probable it is that they are right, not how clearly they were heard."
    )
    narrow_band: bool = option(False, "Take bands that a telephone cuts off for what they usually are.")
    second_pass: bool = option(True, "Read each closed segment again with a wider search.")
    second_pass_speed: int = option(4, "Outputs read again for each new one.", low=1, high=1000)
    first: BeamOptions = field(default_factory=BeamOptions)
    second: BeamOptions = field(
        default_factory=lambda: BeamOptions(beam=600, width=16.0, symbol_width=12.0, blank_only=0.9999)
    )


class OutputStream(Protocol):
    """A network that hears a stream: `models.speech_ctc.CtcStream`, or another engine's."""

    def reset(self) -> None:
        """Begin a new stream."""

    def feed(self, frames_TM: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        """Return log probabilities, shape (outputs, symbols), that these frames complete; `last` ends the stream."""


@runtime_checkable
class SpellingStream(Protocol):
    """A network that also spells."""

    letters_UL: NDArray[np.float32]  # noqa: N815
    """Log probabilities of letters, the blank first, of the outputs that `feed` returned last."""


class StreamingRecognizer:
    """Feed it mono float32 samples at `sample_rate`; it answers with events. Made by `infer.speech`."""

    def __init__(
        self, network: OutputStream, speech: SpeechInput, language: Language, options: RecognizerOptions
    ) -> None:
        self._spells = options.first.unknown_cost > 0 and bool(speech.spelling) and isinstance(network, SpellingStream)
        if not self._spells:
            options = _without_unknown(options)
        lexicon = language.lexicon(speech.symbols, unknown=True) if self._spells else language.lexicon(speech.symbols)
        self._network = network
        self._speech = speech
        self._words = language.words
        self._ngrams = language.ngrams
        self._options = options
        ahead = LookAhead(lexicon, language.ngrams)
        self._search = BeamSearch(lexicon, language.ngrams, options.first, ahead)
        self._second = BeamSearch(lexicon, language.ngrams, options.second, ahead)
        self.sample_rate = speech.sample_rate
        self.reset()

    def reset(self) -> None:
        """Begin a new stream at time 0."""
        self._mel = LogMel(self._speech)
        self._mean = NarrowBandMean(self._speech) if self._options.narrow_band else RunningMean(self._speech)
        self._network.reset()
        self._search.reset()
        self._segment = 0
        self._first_output = 0
        self._outputs: list[NDArray[np.float32]] = []
        self._letters: list[NDArray[np.float32]] = []
        self._silent = 0
        self._shown: tuple[str, ...] = ()
        self._again: deque[Iterator[Revised | None]] = deque()
        self._samples = 0
        self._sound = np.zeros(0, np.float32)
        self._recognised = 0
        self.level = _LEVEL_FLOOR_DB
        self.compute_seconds = 0.0

    @property
    def position(self) -> float:
        """Return the seconds of sound fed so far."""
        return self._samples / self.sample_rate

    @property
    def processed(self) -> float:
        """Return the seconds of sound whose outputs have been searched."""
        return self._recognised * self._speech.frame_seconds

    @property
    def speaking(self) -> bool:
        """Return whether somebody seems to speak now."""
        return bool(self._outputs) and self._silent * self._speech.frame_seconds < self._options.end_silence / 2

    def feed(self, samples: Samples) -> list[SpeechEvent]:
        """Take samples in and return what they tell."""
        started = time.perf_counter()
        self._samples += len(samples)
        self._sound = np.concatenate([self._sound, samples])[-round(_KEPT_SECONDS * self.sample_rate) :]
        if len(samples):
            self.level = max(
                _LEVEL_FLOOR_DB, 10 * float(np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
            )
        events = self._read(self._mel.feed(samples), last=False)
        self.compute_seconds += time.perf_counter() - started
        return events

    def finish(self) -> list[SpeechEvent]:
        """Return what is left once no more sound comes. `reset` before feeding again."""
        started = time.perf_counter()
        events = self._read(self._mel.finish(), last=True)
        events += self._close()
        while self._again:
            events += self._read_again(1_000_000)
        self.compute_seconds += time.perf_counter() - started
        return events

    def _read(self, frames_TM: NDArray[np.float32], *, last: bool) -> list[SpeechEvent]:
        if not len(frames_TM) and not last:
            return []
        logs_UK = self._network.feed(self._mean.feed(frames_TM), last=last)
        events: list[SpeechEvent] = []
        for number, logs_K in enumerate(logs_UK):
            self._search.step(logs_K)
            self._outputs.append(logs_K)
            if isinstance(self._network, SpellingStream):
                self._letters.append(self._network.letters_UL[number])
            self._recognised += 1
            self._silent = self._silent + 1 if logs_K[0] > -0.7 else 0
            if self._at_end():
                events += self._close()
        events += self._partial()
        events += self._read_again(self._options.second_pass_speed * max(1, len(logs_UK)))
        return events

    def _at_end(self) -> bool:
        """Return whether the segment ends with the newest output."""
        seconds = self._speech.frame_seconds
        silence = self._silent * seconds
        if silence >= self._options.end_silence:
            return True
        return silence >= self._options.short_pause and len(self._outputs) * seconds >= self._options.max_segment

    def _partial(self) -> list[SpeechEvent]:
        paused = self._silent * self._speech.frame_seconds >= self._options.short_pause
        found = self._search.finish()[0] if paused else self._search.shown()
        words = self._spoken(found, self._letters, self._first_output)
        shown = tuple(word.text for word in words)
        if shown == self._shown or not self._is_speech(found, words, _SOONER) or not self._is_voice(found, words):
            return []
        self._shown = shown
        return [Partial(segment=self._segment, **_span(words, self.processed))]

    def _close(self) -> list[SpeechEvent]:
        """End the segment; return its text, or take back what was shown where it was noise."""
        found, _ = self._search.finish()
        words = self._spoken(found, self._letters, self._first_output)
        events: list[SpeechEvent] = []
        if self._is_speech(found, words):
            words = self._finished(found, self._letters, self._first_output)
            final = Final(segment=self._segment, **_span(words, self.processed))
            events.append(final)
            if self._options.second_pass:
                self._again.append(self._second_pass(final, self._outputs, self._letters, self._first_output))
            self._segment += 1
        elif self._shown:
            events.append(Partial(segment=self._segment, **_span((), self.processed)))
        self._search.reset(step=self._recognised)
        self._first_output = self._recognised
        self._outputs, self._letters = [], []
        self._shown = ()
        self._silent = 0
        return events

    def _second_pass(
        self, final: Final, outputs: list[NDArray[np.float32]], letters: list[NDArray[np.float32]], first: int
    ) -> Iterator[Revised | None]:
        """Read a closed segment again, one output at a time; the last value is the new reading if it differs."""
        self._second.reset(step=first)
        for logs_K in outputs:
            self._second.step(logs_K)
            yield None
        words = self._finished(self._second.finish()[0], letters, first)
        text = " ".join(word.text for word in words)
        if words and text != final.text:
            yield Revised(segment=final.segment, before=final.text, **_span(words, final.end))

    def _read_again(self, outputs: int) -> list[SpeechEvent]:
        events: list[SpeechEvent] = []
        while self._again and outputs > 0:
            for revised in self._again[0]:
                outputs -= 1
                if revised is not None:
                    events.append(revised)
                if outputs <= 0:
                    break
            else:
                self._again.popleft()
        return events

    def _is_speech(self, found: list[FoundWord], words: tuple[Word, ...], doubt: float = 1.0) -> bool:
        if not words:
            return False
        covered = found[-1].last - found[0].first + 1
        doubt = doubt if covered >= _BRIEF else 1.0
        least = self._options.least_confidence + doubt * self._options.brief_doubt / covered
        return sum(word.confidence for word in words) / len(words) >= least

    def _is_voice(self, found: list[FoundWord], words: tuple[Word, ...]) -> bool:
        """Return whether words that are about to be shown have a vowel; of longer ones it is not asked."""
        if self._options.vowel == 0.0 or found[-1].last - found[0].first >= _FIRST_OUTPUTS:
            return True
        begun = self._samples - len(self._sound)
        first, last = words[0].start - _AROUND_SECONDS, words[-1].end + _AROUND_SECONDS
        piece = self._sound[max(0, round(first * self.sample_rate) - begun) :][
            : round((last - first) * self.sample_rate)
        ]
        return voiced_seconds(piece, self.sample_rate) >= self._options.vowel

    def _finished(
        self, found: list[FoundWord], letters: list[NDArray[np.float32]], first_output: int
    ) -> tuple[Word, ...]:
        """Return the words of a closed segment, with the chance that each is right."""
        if self._options.probable:
            sure = np.log(probabilities(found, self._words, self._ngrams) + 1e-9).tolist()
            found = [replace(one, log_confidence=log) for one, log in zip(found, sure, strict=True)]
        return self._spoken(found, letters, first_output)

    def _spoken(
        self, found: list[FoundWord], letters: list[NDArray[np.float32]], first_output: int
    ) -> tuple[Word, ...]:
        """Return words with times; a symbol's output falls inside its sound, so both ends are widened a little."""
        step = self._speech.frame_seconds
        words: list[Word] = []
        for heard in runs(found):
            first, last = heard.found[0].first, heard.found[-1].last
            text = self._words[heard.found[0].word]
            confidence = float(np.exp(min(0.0, heard.found[0].log_confidence)))
            if not heard.known:
                text, confidence = spell(
                    np.array(letters), self._speech.spelling, first - first_output, last - first_output
                )
                if not text:
                    continue
            start = max(first * step - step / 2, words[-1].end if words else 0.0)
            words.append(
                Word(
                    text=text,
                    start=round(start, 3),
                    end=round(max((last + 1.5) * step, start), 3),
                    confidence=confidence,
                    known=heard.known,
                )
            )
        return tuple(words)


def _without_unknown(options: RecognizerOptions) -> RecognizerOptions:
    first, second = (replace(beam, unknown_cost=0.0) for beam in (options.first, options.second))
    return replace(options, first=first, second=second)


class _Span(TypedDict):
    text: str
    start: float
    end: float
    words: tuple[Word, ...]


def _span(words: tuple[Word, ...], now: float) -> _Span:
    return {
        "text": " ".join(word.text for word in words),
        "start": words[0].start if words else now,
        "end": words[-1].end if words else now,
        "words": words,
    }


def options_of(extra: Mapping[str, Any]) -> RecognizerOptions:
    """Return options with the weights that validation chose for a model; they travel in its card's `extra`.

    Weights of their own for what is shown at once, under `live`: they prefer words that come soon.
    """
    chosen = extra.get("search", {})
    options = RecognizerOptions()
    live = _weighted(options.first, chosen.get("live", chosen))
    return replace(options, first=live, second=_weighted(options.second, chosen))


def _weighted(options: BeamOptions, chosen: Mapping[str, Any]) -> BeamOptions:
    return replace(
        options,
        lm_weight=float(chosen.get("lm_weight", options.lm_weight)),
        word_bonus=float(chosen.get("word_bonus", options.word_bonus)),
        blank_penalty=float(chosen.get("blank_penalty", options.blank_penalty)),
        unknown_cost=float(chosen.get("unknown_cost", UNKNOWN_COST)),
    )
