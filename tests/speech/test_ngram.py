"""Counting, smoothing, pruning, storing and asking n-grams."""

import numpy as np
import pytest

from deepstudio.audio.language import Language, from_arrays, to_arrays
from deepstudio.audio.ngram import END, START, ngram_model
from deepstudio.core.errors import ModelFileError
from deepstudio.train.speech.ngram_estimate import Ngrams, estimate, perplexity, prune, score

WORDS = 40


def sentences(count: int, seed: int = 0) -> np.ndarray:
    """A language in which a word mostly follows from the two before it."""
    random = np.random.default_rng(seed)
    flat = []
    for _ in range(count):
        flat += [START]
        before, last = 0, 0
        for _ in range(int(random.integers(1, 9))):
            word = 3 + (7 * before + 3 * last + int(random.integers(0, 4))) % (WORDS - 3)
            flat.append(word)
            before, last = last, word
        flat.append(END)
    return np.array(flat, np.int64)


def lookup(model: Ngrams):
    parts = (model.unigram, model.unigram_left, model.bigram_keys, model.bigram, model.bigram_left)
    return ngram_model(model.num_words, *parts, model.trigram_keys, model.trigram)


@pytest.fixture(scope="module")
def estimated():
    tokens = sentences(3000)
    return tokens, *estimate(tokens, WORDS)


def total(model: Ngrams, first: int, second: int) -> float:
    words = np.arange(WORDS)
    logs = score(model, np.full(WORDS, first), np.full(WORDS, second), words)
    return float(np.exp(logs[words != START]).sum())


def test_every_context_sums_to_one_before_and_after_pruning(estimated):
    tokens, model, raw = estimated
    pruned = prune(model, raw, tokens, trigram_bits=1e-4, bigram_bits=1e-4)
    assert len(pruned.trigram_keys) < len(model.trigram_keys)
    for first, second in ((5, 9), (END, START), (START, 7), (11, 3), (0, 0)):
        assert total(model, first, second) == pytest.approx(1, abs=1e-6)
        assert total(pruned, first, second) == pytest.approx(1, abs=1e-6)


def test_trigrams_help_and_pruning_costs_little(estimated):
    tokens, model, raw = estimated
    held = sentences(400, seed=1)
    full, unknown = perplexity(model, held)
    small, _ = perplexity(prune(model, raw, tokens, trigram_bits=2e-5, bigram_bits=2e-5), held)
    without, _ = perplexity(prune(model, raw, tokens, trigram_bits=1.0, bigram_bits=2e-5), held)
    assert unknown == 0
    assert full < 8  # four words can follow, and the end
    assert small < 1.25 * full
    assert without > 2 * full


def test_modified_kneser_ney_by_hand():
    """Of "a b" twice over and "c b": b follows two different words, so its lower order is 2 of 5 bigrams."""
    a, b, c = 3, 4, 5
    tokens = np.array([START, a, b, END, START, a, b, END, START, c, b, END], np.int64)
    model, _ = estimate(tokens, 6)
    # Types of bigrams by their second word: a 1 (start), b 2 (a, c), c 1 (start), end 1 (b); no counts of counts up
    # to four, so the discounts are 0.5, 0.75 and 0.9.
    spare = (3 * 0.5 + 0.75) / 5
    assert np.exp(model.unigram[b]) == pytest.approx((2 - 0.75) / 5 + spare / 5)
    assert np.exp(model.unigram[START]) == 0


def test_questions_in_arrays_are_the_questions_one_by_one(estimated):
    tokens, model, raw = estimated
    pruned = prune(model, raw, tokens, trigram_bits=2e-5, bigram_bits=2e-5)
    fast = lookup(pruned)
    random = np.random.default_rng(2)
    for _ in range(200):
        words = [int(w) for w in random.integers(3, WORDS, 3)]
        state = np.array([fast.start])
        logs = []
        for word in words:
            found, state = fast.score(state, np.array([word]))
            logs.append(float(found[0]))
        before = [END, START, *words]
        truth = score(pruned, np.array(before[:-2]), np.array(before[1:-1]), np.array(before[2:]))
        assert logs == pytest.approx(truth.tolist(), abs=1e-4)


def test_stored_and_read_again(estimated):
    tokens, model, raw = estimated
    grams = lookup(prune(model, raw, tokens, trigram_bits=2e-5, bigram_bits=2e-5))
    names = ["<unk>", "<s>", "</s>", *(f"w{number}" for number in range(WORDS - 3))]
    spoken = [(), (), (), *(((1 + number % 3, 2), (3,)) for number in range(WORDS - 3))]
    arrays = to_arrays(Language(names, ("A", "B", "C"), spoken, grams), levels=256)
    again = from_arrays(arrays)
    assert list(again.words) == names
    assert [tuple(way) for way in again.spoken] == [tuple(way) for way in spoken]
    assert np.array_equal(again.ngrams.bigram_keys, grams.bigram_keys)
    assert np.array_equal(again.ngrams.trigram_keys, grams.trigram_keys)
    assert np.abs(again.ngrams.trigram - grams.trigram).mean() < 0.02
    del arrays["spoken"]
    with pytest.raises(ModelFileError):
        from_arrays(arrays)


def test_other_sounds_than_the_networks_are_refused(estimated):
    _, model, _ = estimated
    names = ["<unk>", "<s>", "</s>", *map(str, range(WORDS - 3))]
    language = Language(names, ("A", "B"), [(), (), (), *[((1,),)] * (WORDS - 3)], lookup(model))
    assert language.lexicon(("B", "A")).child.shape[1] == 3
    with pytest.raises(ModelFileError, match="other sounds"):
        language.lexicon(("A", "C"))
