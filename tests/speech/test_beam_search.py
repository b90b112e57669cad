"""The search against all paths tried one by one, and the live recogniser over it."""

from itertools import pairwise, product

import numpy as np
import pytest

from deepstudio.audio.beam_search import BeamOptions, BeamSearch
from deepstudio.audio.language import Language
from deepstudio.audio.ngram import END, START, ngram_model
from deepstudio.audio.recognizer import RecognizerOptions, StreamingRecognizer
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.speech_messages import Final, Partial, Revised
from deepstudio.train.speech.ngram_estimate import estimate

# Words over the symbols A=1, B=2, C=3; "ab" and "ab too" are spoken alike.
NAMES = ["<unk>", "<s>", "</s>", "ab", "abc", "ca", "b", "ab too"]
SPOKEN = [(), (), (), ((1, 2),), ((1, 2, 3),), ((3, 1), (3, 2, 1)), ((2,),), ((1, 2),)]
WIDE = BeamOptions(beam=5000, width=1e6, symbol_width=1e6, lm_weight=1.0, word_bonus=0.25, blank_only=1.0)


def language(*more: str) -> Language:
    lines = ["ab ca b", "abc b", "ab ca", "b b ab", "ca abc", "ab ab b", "ca b ca b", "abc ca", *more]
    number = {name: place for place, name in enumerate(NAMES)}
    tokens = [token for line in lines for token in [START, *(number[word] for word in line.split()), END]]
    model, _ = estimate(np.array(tokens, np.int64), len(NAMES))
    parts = (model.unigram, model.unigram_left, model.bigram_keys, model.bigram, model.bigram_left)
    grams = ngram_model(len(NAMES), *parts, model.trigram_keys, model.trigram)
    return Language(NAMES, ("A", "B", "C"), SPOKEN, grams)


def exhaustive(logs_UK: np.ndarray, lang: Language, options: BeamOptions) -> list[str]:
    """Return the best words: the sum over all alignments of each way to speak them, times the language model."""
    sums: dict[tuple[int, ...], float] = {}
    for path in product(range(4), repeat=len(logs_UK)):
        said = tuple(s for i, s in enumerate(path) if s and (i == 0 or path[i - 1] != s))
        score = float(sum(logs_UK[i, s] for i, s in enumerate(path)))
        sums[said] = np.logaddexp(sums.get(said, -np.inf), score)
    best: tuple[float, list[str]] = (-np.inf, [])

    def grow(words: list[int], said: tuple[int, ...], state: np.ndarray, lm: float) -> None:
        nonlocal best
        end, _ = lang.ngrams.score(state, np.array([END]))
        if said in sums:
            total = sums[said] + lm + float(end[0])
            if total > best[0]:
                best = (total, [NAMES[word] for word in words])
        for word, ways in enumerate(SPOKEN):
            for way in ways:
                if len(said) + len(way) <= len(logs_UK):
                    log, after = lang.ngrams.score(state, np.array([word]))
                    grow([*words, word], said + way, after, lm + options.lm_weight * float(log[0]) + options.word_bonus)

    grow([], (), np.array([lang.ngrams.start]), 0.0)
    return best[1]


def searched_and_tried(seed: int) -> bool:
    lang = language()
    random = np.random.default_rng(seed)
    logs = random.normal(0, 2.5, (6, 4))
    logs_UK = (logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))).astype(np.float32)
    search = BeamSearch(lang.lexicon(("A", "B", "C")), lang.ngrams, WIDE)
    for logs_K in logs_UK:
        search.step(logs_K)
    return [NAMES[word.word] for word in search.finish()[0]] == exhaustive(logs_UK, lang, WIDE)


def test_wide_search_finds_what_trying_everything_finds():
    """Not always: readings with the same last words are added up, and then the pair may beat a better single one."""
    assert sum(searched_and_tried(seed) for seed in range(12)) >= 11


def outputs(symbols: str, sure: float = 0.98) -> np.ndarray:
    """Return outputs that say `symbols`, '-' for the blank."""
    rows = np.full((len(symbols), 4), (1 - sure) / 3)
    rows[np.arange(len(symbols)), ["-ABC".index(symbol) for symbol in symbols]] = sure
    return np.log(rows).astype(np.float32)


def test_narrow_search_reads_clear_sound_with_times():
    lang = language()
    search = BeamSearch(lang.lexicon(("A", "B", "C")), lang.ngrams, BeamOptions(beam=20))
    for logs_K in outputs("--A-B---CC-A-----B--"):
        search.step(logs_K)
    found, _ = search.finish()
    assert [NAMES[word.word] for word in found] == ["ab", "ca", "b"]
    assert [(word.first, word.last) for word in found] == [(2, 4), (8, 11), (17, 17)]
    assert all(np.exp(word.log_confidence) > 0.9 for word in found)


def test_a_symbol_held_is_one_and_between_blanks_two():
    lang = language()
    for text, words in (("BBB", ["b"]), ("B-B", ["b", "b"])):
        search = BeamSearch(lang.lexicon(("A", "B", "C")), lang.ngrams, BeamOptions(beam=50, lm_weight=0.1))
        for logs_K in outputs(text):
            search.step(logs_K)
        assert [NAMES[word.word] for word in search.finish()[0]] == words


class Played:
    """A network that says what it is told, one output for each block of four frames."""

    def __init__(self, symbols: str) -> None:
        self._logs = outputs(symbols)
        self.reset()

    def reset(self) -> None:
        self._next = 0

    def feed(self, frames_TM: np.ndarray, *, last: bool) -> np.ndarray:
        first, self._next = self._next, self._next + len(frames_TM) // 4
        return self._logs[first : self._next]


def listen(symbols: str, piece: int, **options: object) -> list:
    speech = SpeechInput(mean=(0.0,) * 80, std=(1.0,) * 80, symbols=("A", "B", "C"))
    chosen = RecognizerOptions(**{"vowel": 0.0, **options})  # type: ignore[arg-type]
    recognizer = StreamingRecognizer(Played(symbols), speech, language(), chosen)
    samples = np.zeros(len(symbols) * 640, np.float32)
    events = [event for at in range(0, len(samples), piece) for event in recognizer.feed(samples[at : at + piece])]
    return events + recognizer.finish()


TALK = "-A-B----CC-A---" + "-" * 30 + "--B---B--" + "-" * 40


@pytest.mark.parametrize("piece", [160, 640, 5000, 200_000])
def test_segments_end_at_pauses_however_the_sound_is_cut(piece):
    finals = [event for event in listen(TALK, piece) if isinstance(event, Final)]
    assert [final.text for final in finals] == ["ab ca", "b b"]
    assert [final.segment for final in finals] == [0, 1]
    assert finals[0].start == pytest.approx(0.02) and finals[0].end == pytest.approx(0.5)
    assert finals[1].start > finals[0].end
    words = [word for final in finals for word in final.words]
    assert all(a.end <= b.start for a, b in pairwise(words))


def test_partial_words_come_while_the_segment_is_open():
    events = listen(TALK, 640)
    first_final = next(place for place, event in enumerate(events) if isinstance(event, Final))
    shown = [event.text for event in events[:first_final]]
    assert shown[0] == "ab" and shown[-1] == "ab ca"
    assert all(isinstance(event, Partial) for event in events[:first_final])


def test_silence_says_nothing():
    assert listen("-" * 400, 640) == []


def test_what_is_hardly_believed_is_not_said():
    unsure = RecognizerOptions(least_confidence=0.999)
    assert listen(TALK, 640, least_confidence=unsure.least_confidence) == []


def test_the_last_word_is_not_lost_without_a_pause():
    finals = [event for event in listen("-A-B", 640) if isinstance(event, Final)]
    assert [final.text for final in finals] == ["ab"]


def test_a_long_segment_ends_at_the_next_short_pause():
    talk = "A-B-C-A-" * 20 + "-----" + "A-B-C-A" + "-" * 20
    finals = [event for event in listen(talk, 640, max_segment=4.0) if isinstance(event, Final)]
    assert len(finals) == 2 and finals[1].text == "ab ca"


def test_a_click_is_no_word_however_sure_the_network_is():
    assert listen("-" * 20 + "B" + "-" * 40, 640) == []
    assert [event.text for event in listen("-" * 20 + "B" + "-" * 40, 640, brief_doubt=0.0)] == ["b", "b"]


def test_the_first_word_of_all_is_shown_at_once():
    events = listen("-" * 20 + "A-B" + "-" * 40, 640)
    assert [(type(event), event.text) for event in events] == [(Partial, "ab"), (Final, "ab")]


def test_the_first_words_are_shown_early_only_with_a_vowel():
    events = listen("-" * 20 + "A-B" + "-" * 40, 640, vowel=0.05)  # in silence
    assert [(type(event), event.text) for event in events] == [(Final, "ab")]
    long = listen("-" * 20 + "A-B-C-A-B-C-A-B-C" + "-" * 40, 640, vowel=0.05)
    assert [type(event) for event in long][-2:] == [Partial, Final]


def test_a_word_is_shown_though_it_may_become_a_longer_one():
    lang = language()
    search = BeamSearch(lang.lexicon(("A", "B", "C")), lang.ngrams, BeamOptions(beam=50, lm_weight=2.0))
    for logs_K in outputs("-A-B-"):
        search.step(logs_K)
    assert [NAMES[word.word] for word in search.shown()] == ["ab"]
    for logs_K in outputs("-C-"):
        search.step(logs_K)
    assert [NAMES[word.word] for word in search.shown()] == ["abc"]


@pytest.mark.parametrize(("sure", "shown"), [(0.6, ["b"]), (0.999, [])])
def test_a_word_that_a_near_hypothesis_has_ended_is_shown(sure: float, shown: list[str]):
    lang = language()
    search = BeamSearch(lang.lexicon(("A", "B", "C")), lang.ngrams, BeamOptions(lm_weight=0.1, word_bonus=0.0))
    # Inside "ab", or through with "b".
    search.step(np.log(np.array([0.0004, sure, 0.9995 - sure, 0.0001], np.float32)))
    assert search.in_word and search.best() == []
    assert [NAMES[word.word] for word in search.shown()] == shown


def test_second_pass_replaces_a_reading_and_says_so():
    narrow = BeamOptions(beam=1, width=0.5)
    events = listen("-A-B-C--A-" + "-" * 40, 640, first=narrow, second=BeamOptions(beam=100))
    final = next(event for event in events if isinstance(event, Final))
    revised = [event for event in events if isinstance(event, Revised)]
    for event in revised:
        assert event.before == final.text != event.text and event.segment == final.segment


class Spelling(Played):
    """Also spells, each sound by its own letter, and is very sure of both."""

    def __init__(self, symbols: str) -> None:
        super().__init__(symbols)
        self._logs = outputs(symbols, sure=1 - 1e-6)
        self.letters_UL = self._logs[:0]

    def feed(self, frames_TM: np.ndarray, *, last: bool) -> np.ndarray:
        logs_UK = super().feed(frames_TM, last=last)
        self.letters_UL = logs_UK
        return logs_UK


def heard_by_a_speller(symbols: str, cost: float) -> list[Final]:
    speech = SpeechInput(mean=(0.0,) * 80, std=(1.0,) * 80, symbols=("A", "B", "C"), spelling=("x", "y", "z"))
    beam = BeamOptions(unknown_cost=cost, lm_weight=0.3)
    options = RecognizerOptions(first=beam, second=beam, least_confidence=0.0, brief_doubt=0.0)
    recognizer = StreamingRecognizer(Spelling(symbols), speech, language("ab <unk> abc"), options)
    events = recognizer.feed(np.zeros(len(symbols) * 640, np.float32)) + recognizer.finish()
    return [event for event in events if isinstance(event, Final)]


STRANGE = "-A-B-----C--C--C--C-----A-B-C-" + "-" * 40


def test_a_word_that_the_lexicon_lacks_is_spelled_by_ear_and_marked():
    (final,) = heard_by_a_speller(STRANGE, cost=0.3)
    assert final.text == "ab zzzz abc"
    assert [word.known for word in final.words] == [True, False, True]
    assert final.words[1].confidence <= 0.25 and final.words[1].start == pytest.approx(0.34)


def test_unknown_words_can_be_left_out():
    assert all(word.known for final in heard_by_a_speller(STRANGE, cost=0.0) for word in final.words)
    assert all(word.known for final in listen(STRANGE, 640, least_confidence=0.0) for word in final.words)
