"""Tokenizers of Hugging Face `tokenizers`: trained from text by a recipe, stored as JSON on a card. Any thread.

Every tokenizer numbers padding 0, unknown 1, begin 2 and end 3 (`core.text_input`), and knows where in the original
string each token lies.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deepstudio.core.errors import ModelFileError
from deepstudio.core.text_input import BEGIN, END, SPECIAL_TOKENS, UNKNOWN, TextInput
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.trainers import Trainer

_WORDS = r"\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|d|ll|m)\b|\w+|[^\w\s]"
"""English contractions fall apart as in the Penn Treebank (wo n't, it 's), everything else at letters and signs."""
_BREAK_LINES = r"<br\s*/?>"
WORD_BEGINS = "▁"
"""The mark of subwords that begin a word; alone it is a token, too."""
_PACKED = "zlib:"
_LARGEST_JSON = 64 * 2**20
_LONGEST_WORD = 100  # characters: a word longer than that is noise, and subword merging takes quadratic time on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Tokens of one text: numbers int32, and start and end of each in the text's characters, int32 [tokens, 2]."""

    ids: np.ndarray
    offsets: np.ndarray


class TextTokenizer:
    """Turns text into token numbers and back."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    @classmethod
    def from_card(cls, text: str) -> TextTokenizer:
        """Return the tokenizer of a card, packed or plain. Raises ModelFileError if the text is no tokenizer."""
        from tokenizers import Tokenizer

        try:
            return cls(Tokenizer.from_str(_unpacked(text)))
        except Exception as error:  # the library raises bare Exception
            raise ModelFileError(QT_TRANSLATE_NOOP("errors", "The tokenizer on the card cannot be read.")) from error

    @classmethod
    def train(cls, texts: Iterable[str], config: TextInput) -> TextTokenizer:
        """Return a tokenizer of the kind that `config` asks for, its vocabulary taken from `texts`."""
        tokenizer, trainer = _untrained(config)
        tokenizer.train_from_iterator(texts, trainer)
        return cls(tokenizer)

    @classmethod
    def from_words(cls, counts: Mapping[str, int], config: TextInput) -> TextTokenizer:
        """Return a tokenizer of whole words from how often each occurs; the most frequent ones are kept."""
        from tokenizers import Tokenizer, models, pre_tokenizers

        kept = sorted(
            (word for word, count in counts.items() if count >= config.min_count), key=lambda w: (-counts[w], w)
        )
        words = [*SPECIAL_TOKENS, *kept[: config.vocabulary - len(SPECIAL_TOKENS)]]
        vocabulary = {word: number for number, word in enumerate(words)}
        tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=SPECIAL_TOKENS[UNKNOWN]))
        tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
        return cls(tokenizer)

    def to_card(self) -> str:
        """Return the tokenizer's JSON, packed: a vocabulary spelt out takes a fifth of a small model's file."""
        packed = zlib.compress(str(self._tokenizer.to_str()).encode(), 9)
        return _PACKED + base64.b64encode(packed).decode("ascii")

    @property
    def size(self) -> int:
        """Return how many tokens there are."""
        return int(self._tokenizer.get_vocab_size())

    def encode(self, text: str) -> Encoded:
        """Return the tokens of `text`; none for an empty text."""
        encoding = self._tokenizer.encode(tame(text), add_special_tokens=False)
        offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        return Encoded(ids=np.array(encoding.ids, np.int32), offsets=offsets)

    def encode_all(self, texts: Iterable[str]) -> list[np.ndarray]:
        """Return the token numbers of each text, int32."""
        encodings = self._tokenizer.encode_batch([tame(text) for text in texts], add_special_tokens=False)
        return [np.array(encoding.ids, np.int32) for encoding in encodings]

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of token numbers, special tokens left out."""
        return str(self._tokenizer.decode([int(number) for number in ids], skip_special_tokens=True)).strip()

    def token(self, number: int) -> str:
        """Return a token as it stands in the vocabulary."""
        return str(self._tokenizer.id_to_token(int(number)))

    def number(self, token: str) -> int:
        """Return the number of a token; that of the unknown one if there is none."""
        found = self._tokenizer.token_to_id(tame(token))
        return UNKNOWN if found is None else int(found)

    def vocabulary(self) -> list[str]:
        """Return every token, by number."""
        return [self.token(number) for number in range(self.size)]


def _unpacked(text: str) -> str:
    """Return the JSON of a tokenizer on a card; no more of it than any vocabulary needs."""
    if not text.startswith(_PACKED):
        return text
    packed = base64.b64decode(text.removeprefix(_PACKED), validate=True)
    return zlib.decompressobj().decompress(packed, _LARGEST_JSON).decode()


def tame(text: str) -> str:
    """Return `text` with NUL bytes, lone surrogates and words of absurd length made harmless; same length.

    Tokenizers want valid Unicode, and offsets must still point into the original.
    """
    if "\0" in text:
        text = text.replace("\0", " ")
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def with_ends(ids: np.ndarray) -> np.ndarray:
    """Return the ids between begin and end."""
    return np.concatenate([[BEGIN], ids, [END]]).astype(np.int32)


def shorten(ids: np.ndarray, limit: int, keep: str) -> tuple[np.ndarray, np.ndarray]:
    """Return at most `limit` ids and their places in the whole: the start, the end, or both halves."""
    places = np.arange(len(ids))
    if len(ids) > limit:
        head = {"start": limit, "end": 0, "both": limit // 2}[keep]
        places = np.concatenate([places[:head], places[len(ids) - (limit - head) :]])
    return ids[places], places


def _untrained(config: TextInput) -> tuple[Tokenizer, Trainer]:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    steps: list[normalizers.Normalizer] = [normalizers.Replace(Regex(_BREAK_LINES), " ")]
    if config.unit != "bytes":
        steps.append(normalizers.NFKC() if config.unit == "subwords" else normalizers.NFC())
    if config.lowercase:
        steps.append(normalizers.Lowercase())
    common: dict[str, Any] = {
        "vocab_size": config.vocabulary,
        "special_tokens": list(SPECIAL_TOKENS),
        "min_frequency": config.min_count,
        "show_progress": False,
    }
    if config.unit == "words":
        tokenizer = Tokenizer(models.WordLevel(unk_token=SPECIAL_TOKENS[UNKNOWN]))
        tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_WORDS), "removed", invert=True)
        trainer: Trainer = trainers.WordLevelTrainer(**common)
    elif config.unit == "characters":
        tokenizer = Tokenizer(models.WordLevel(unk_token=SPECIAL_TOKENS[UNKNOWN]))
        tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
        tokenizer.decoder = decoders.Fuse()
        trainer = trainers.WordLevelTrainer(**common)
    elif config.unit == "bytes":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(**common, initial_alphabet=alphabet)
    else:
        tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL_TOKENS[UNKNOWN], fuse_unk=True))
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation(), pre_tokenizers.Digits(individual_digits=True)]
        )
        tokenizer.decoder = decoders.Metaspace()
        trainer = trainers.BpeTrainer(**common)
    tokenizer.normalizer = normalizers.Sequence(steps)
    return tokenizer, trainer
