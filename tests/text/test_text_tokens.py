"""Tokens, words, sentences, batches."""

from __future__ import annotations

import numpy as np
import pytest

from deepstudio.core.errors import ModelFileError
from deepstudio.core.text_input import BEGIN, CHARACTER_CODES, END, PAD, UNKNOWN, TextInput
from deepstudio.data.text.batches import bucketed, in_order, padded
from deepstudio.data.text.tokens import TextTokenizer, shorten
from deepstudio.data.text.words import character_codes, split_sentences, split_words

CORPUS = ["It's a film I won't forget<br />Truly.", "Ein Mann, der am Straßenrand steht", "我 喜欢 中文 12 34"] * 4
ODD = ["", " ", "😀", "a" * 5000, "\0\0", "e\u0301\u0301\u0301", "\u202eשלום עולם", "\ud800 lone", "x\u200dy", "\n\n"]


def make(unit: str, **options: object) -> TextTokenizer:
    return TextTokenizer.train(CORPUS, TextInput(unit=unit, vocabulary=300, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", ["words", "subwords", "characters", "bytes"])
def test_special_tokens_and_json(unit: str) -> None:
    tokenizer = make(unit)
    assert [tokenizer.number(name) for name in ("<pad>", "<unk>", "<s>", "</s>")] == [PAD, UNKNOWN, BEGIN, END]
    again = TextTokenizer.from_card(tokenizer.to_card())
    assert again.vocabulary() == tokenizer.vocabulary()
    for text in CORPUS:
        assert np.array_equal(again.encode(text).ids, tokenizer.encode(text).ids)
    with pytest.raises(ModelFileError):
        TextTokenizer.from_card("{}")


@pytest.mark.parametrize("unit", ["words", "subwords", "characters", "bytes"])
@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_tokens_within_them(unit: str, text: str) -> None:
    tokenizer = make(unit)
    encoded = tokenizer.encode(text)
    assert encoded.offsets.shape == (len(encoded.ids), 2)
    assert (encoded.offsets >= 0).all() and (encoded.offsets <= len(text)).all()
    tokenizer.decode(encoded.ids)


def test_contractions_meet_the_treebank() -> None:
    tokenizer = make("words")
    whole, apart = tokenizer.encode("I won't, it's"), tokenizer.encode("I wo n't , it 's")
    assert np.array_equal(whole.ids, apart.ids)
    text = "It's a FILM<br />Truly."
    words = [text[a:b] for a, b in tokenizer.encode(text).offsets]
    assert words == ["It", "'s", "a", "FILM", "Truly", "."]


def test_subwords_give_the_text_back() -> None:
    tokenizer = make("subwords", lowercase=False)
    for text in CORPUS[1:2]:
        assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_vocabulary_from_words_keeps_the_frequent() -> None:
    tokenizer = TextTokenizer.from_words({"b": 5, "a": 5, "c": 1, "d": 9}, TextInput(vocabulary=7, min_count=2))
    assert tokenizer.vocabulary()[4:] == ["d", "a", "b"]
    assert tokenizer.number("c") == UNKNOWN


@pytest.mark.parametrize(("keep", "kept"), [("start", [0, 1, 2]), ("end", [7, 8, 9]), ("both", [0, 8, 9])])
def test_shorten(keep: str, kept: list[int]) -> None:
    ids, places = shorten(np.arange(10), 3, keep)
    assert ids.tolist() == places.tolist() == kept
    assert shorten(np.arange(2), 3, keep)[0].tolist() == [0, 1]


def test_words_and_sentences() -> None:
    text = 'Mr. Smith flew to the U.S. on Monday. "Was it far?" asked Anna-Lena.\n\nYes'
    words = [text[a:b] for a, b in split_words(text)]
    assert words[:7] == ["Mr.", "Smith", "flew", "to", "the", "U.S.", "on"] and "Anna-Lena" in words
    sentences = [text[a:b] for a, b in split_sentences(text)]
    assert sentences[0].startswith("Mr. Smith") and sentences[0].endswith("Monday.") and sentences[-1] == "Yes"
    assert split_sentences("  \n ") == []


def test_letters_keep_both_ends() -> None:
    codes = character_codes(["abcdefgh", "中", ""], 4)
    assert codes[0].tolist() == [ord(letter) for letter in "abgh"]
    assert 256 <= codes[1, 0] < CHARACTER_CODES and codes[2].sum() == 0


@pytest.mark.parametrize("most", [0, 64])
def test_buckets_hold_everything_once_and_follow_the_seed(most: int) -> None:
    lengths = np.random.default_rng(0).integers(1, 60, 500)
    batches = bucketed(lengths, 16, seed=1, epoch=2, max_tokens=most)
    assert sorted(np.concatenate(batches).tolist()) == list(range(500))
    again = bucketed(lengths, 16, seed=1, epoch=2, max_tokens=most)
    assert all(np.array_equal(a, b) for a, b in zip(batches, again, strict=True))
    other = bucketed(lengths, 16, seed=1, epoch=3, max_tokens=most)
    assert not all(np.array_equal(a, b) for a, b in zip(batches, other, strict=False))
    padding = sum(len(batch) * lengths[batch].max() - lengths[batch].sum() for batch in batches)
    assert padding < 0.25 * lengths.sum()
    if most:
        assert all(len(batch) == 1 or len(batch) * lengths[batch].max() <= most for batch in batches)


def test_in_order_and_padding() -> None:
    batches = in_order(np.array([5, 1, 3]), 2)
    assert [batch.tolist() for batch in batches] == [[1, 2], [0]]
    tokens, lengths = padded([np.array([7, 8]), np.array([], np.int32)])
    assert tokens.tolist() == [[7, 8], [PAD, PAD]] and lengths.tolist() == [2, 1]
