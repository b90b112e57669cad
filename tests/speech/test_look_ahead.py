"""What the look-ahead says of a place in the tree is the best that the language model says of its words."""

import numpy as np
import pytest

from deepstudio.audio import look_ahead
from deepstudio.audio.lexicon import ROOT, Lexicon, build_lexicon
from deepstudio.audio.look_ahead import LookAhead
from deepstudio.audio.ngram import END, START, NgramModel, ngram_model
from deepstudio.train.speech.ngram_estimate import estimate

WORDS = ["<unk>", "<s>", "</s>", "a", "ab", "abc", "b", "bc", "cab", "cabba"]


@pytest.fixture(scope="module")
def model() -> NgramModel:
    random = np.random.default_rng(0)
    tokens: list[int] = []
    for _ in range(60):
        tokens += [START, *random.integers(3, len(WORDS), 4), END]
    made, _ = estimate(np.array(tokens, np.int64), len(WORDS))
    parts = (made.unigram, made.unigram_left, made.bigram_keys, made.bigram, made.bigram_left)
    return ngram_model(len(WORDS), *parts, made.trigram_keys, made.trigram)


@pytest.fixture(scope="module")
def lexicon(model: NgramModel) -> Lexicon:
    entries = [
        (number, ["abc".index(letter) + 1 for letter in word]) for number, word in enumerate(WORDS) if number > 2
    ]
    return build_lexicon(WORDS, entries, model.unigram, 4)


def below(lexicon: Lexicon, node: int) -> list[int]:
    words = lexicon.words[lexicon.first[node] : lexicon.first[node + 1]].tolist()
    return words + [word for child in lexicon.child[node] if child >= 0 for word in below(lexicon, int(child))]


@pytest.mark.parametrize("rows", [100, 2], ids=["all rows", "rows are made anew"])
def test_it_is_the_best_of_the_words_that_can_still_come(model, lexicon, rows, monkeypatch) -> None:
    monkeypatch.setattr(look_ahead, "_ROWS", rows)
    ahead = LookAhead(lexicon, model)
    for last in (*range(3, len(WORDS)), START, 3, 4):
        for node in range(1, len(lexicon.best)):
            words = np.array(below(lexicon, node))
            logs, _ = model.score(np.full(len(words), last), words)
            backed = model.unigram_left[last] + model.unigram[words]  # never less than what backing off would give
            found = ahead.best(np.array([last]), np.array([node]))
            exact = max(logs.max(), backed.max())
            assert exact - 1e-4 <= found[0] <= exact + 0.0626  # in sixteenths, and never less than may come


def test_a_trigrams_context_counts_by_its_last_word_and_the_root_says_nothing(model, lexicon) -> None:
    ahead = LookAhead(lexicon, model)
    context = model.num_words + int(np.flatnonzero(model.continues)[0])
    last = int(model.last_word(np.array([context]))[0])
    nodes = np.arange(1, len(lexicon.best))
    np.testing.assert_array_equal(
        ahead.best(np.full(len(nodes), context), nodes), ahead.best(np.full(len(nodes), last), nodes)
    )
    assert ahead.best(np.array([context]), np.array([ROOT]))[0] == 0


def test_hope_never_grows_on_the_way_into_a_word(model, lexicon) -> None:
    ahead = LookAhead(lexicon, model)
    for last in range(3, len(WORDS)):
        for node in range(1, len(lexicon.best)):
            children = lexicon.child[node][lexicon.child[node] >= 0].astype(np.int64)
            if len(children):
                there = ahead.best(np.full(len(children), last), children)
                assert (there <= ahead.best(np.array([last]), np.array([node]))[0]).all()
