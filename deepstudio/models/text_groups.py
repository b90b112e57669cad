"""A linear reader of groups: neighbouring words, shapes of words, neighbouring letters. Fitted at once, not by steps.

Linear models on such groups are hard to beat on short texts (Wang and Manning 2012). Tokens are spelt out in letters
first, so that the groups do not depend on where a tokenizer cuts. Every group has a number of 31 bits (Zobrist 1970:
the sum of a number for each letter at its place), and only the groups of the training texts that were found worth it
have a weight: no two share one. A group counts at the word in which it ends, so that an answer can be traced to
words. Shapes: B batch, T tokens, C letters of a token, N letters of all texts, W words of all texts, P groups found,
V tokens of the vocabulary, M groups with a weight, K classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import torch
from torch import Tensor, nn

from deepstudio.core.text_input import PAD, SPECIAL_TOKENS, UNKNOWN

_WORD_BEGINS = "▁"  # as `data.text.tokens.WORD_BEGINS`
_LONGEST_TOKEN = 24  # letters; of a longer one, the first
_LAST_CODE = 2**15 - 1
_NO_KEY = 2**31 - 1
_MIX, _OTHER = -7046029254386353131, -4658895280553007687  # odd numbers whose bits look random
_LETTERS = (2, 3, 4)


class _Kind(IntEnum):
    NONE, SPACE, SMALL, CAPITAL, DIGIT, SIGN = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups found in texts: their numbers, int64 [P], and for each its place among all B x T tokens, int64 [P]."""

    keys: Tensor
    places: Tensor

    def shares(self, num_tokens: int) -> Tensor:
        """Return for each group one over how often its text of `num_tokens` has it, float32 [P]."""
        pairs_P = self.places // num_tokens * _NO_KEY + self.keys
        _, group_P, counts = pairs_P.unique(return_inverse=True, return_counts=True)
        return 1 / counts[group_P].float()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Units:
    """Words, or shapes of words, in order: their numbers, the text of each, and the place of its last token. [W]."""

    hashes: Tensor
    texts: Tensor
    places: Tensor

    def groups(self, largest: int, salt: int) -> Groups:
        """Return all groups of up to `largest` neighbours of one text."""
        keys, places = [], []
        key_W = self.hashes
        for size in range(1, largest + 1):
            if size > 1:
                key_W = _mixed(key_W[1:] * _OTHER + self.hashes[: len(key_W) - 1])
            whole_W = self.texts[size - 1 :] == self.texts[: len(self.texts) - size + 1]
            keys.append(_mixed(key_W + salt + size)[whole_W])
            places.append(self.places[size - 1 :][whole_W])
        return Groups(keys=torch.cat(keys), places=torch.cat(places))


class Spelling(nn.Module):
    """The letters of each token of a vocabulary: small, every digit 0, and of which kind each was."""

    codes: Tensor
    kinds: Tensor

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.register_buffer("codes", torch.zeros(vocabulary, _LONGEST_TOKEN, dtype=torch.int16))
        self.register_buffer("kinds", torch.zeros(vocabulary, _LONGEST_TOKEN, dtype=torch.uint8))

    def take(self, tokens: Sequence[str]) -> None:
        """Take the letters of the vocabulary's tokens; an unknown piece is one strange sign."""
        for number, token in enumerate(tokens):
            if number < len(SPECIAL_TOKENS):
                token = "\uffff" if number == UNKNOWN else ""
            letters = token[:_LONGEST_TOKEN]
            codes = [ord("0" if letter.isdigit() else letter.lower()[:1]) for letter in letters]
            self.codes[number, : len(codes)] = torch.tensor([min(code, _LAST_CODE) for code in codes])
            self.kinds[number, : len(codes)] = torch.tensor([int(_kind_of(letter)) for letter in letters])

    def words_of(self, tokens_BT: Tensor) -> Tensor:
        """Return which word each token belongs to, a number [B, T]; each place of padding is one by itself."""
        begins_BT = (self.kinds[tokens_BT, 0] == _Kind.SPACE) | (tokens_BT == PAD)
        begins_BT[:, 0] = True
        return begins_BT.flatten().cumsum(0).view_as(tokens_BT) - 1

    def words(self, tokens_BT: Tensor) -> Groups:
        """Return groups of up to three words, of up to two shapes of words, and how long and how loud each text is."""
        text = _Text.of(self, tokens_BT)
        found = [text.words().groups(3, 0), text.shapes().groups(2, 16), text.counts()]
        return _joined(found)

    def letters(self, tokens_BT: Tensor) -> Groups:
        """Return groups of two to four letters, and the rest as `words` has it but for the words."""
        text = _Text.of(self, tokens_BT)
        found = [*text.letters(), text.shapes().groups(2, 16), text.counts()]
        return _joined(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """All letters of a batch one after the other: what each is, in which text, at which of all tokens. [N]."""

    codes: Tensor
    kinds: Tensor
    texts: Tensor
    places: Tensor

    @classmethod
    def of(cls, spelling: Spelling, tokens_BT: Tensor) -> _Text:
        kinds_BTC = spelling.kinds[tokens_BT]
        batch, place, _ = (there := kinds_BTC > 0).nonzero(as_tuple=True)
        return cls(
            codes=spelling.codes[tokens_BT][there].long(),
            kinds=kinds_BTC[there],
            texts=batch,
            places=batch * tokens_BT.shape[1] + place,
        )

    def words(self) -> _Units:
        """Return runs of letters and digits, and each sign by itself."""
        sign_N = self.kinds == _Kind.SIGN
        return self._units(self.kinds != _Kind.SPACE, sign_N, self.codes)

    def shapes(self) -> _Units:
        """Return what stands between spaces: "Call" and "Now" as Aa, each digit as 0, signs as they are."""
        kinds_N = self.kinds
        letter_N = (kinds_N == _Kind.SMALL) | (kinds_N == _Kind.CAPITAL)
        again_N = torch.zeros_like(letter_N)
        again_N[1:] = letter_N[1:] & (kinds_N[1:] == kinds_N[:-1]) & (self.texts[1:] == self.texts[:-1])
        kept = ~again_N
        rest = _Text(
            codes=torch.where(kinds_N == _Kind.SIGN, self.codes, -kinds_N.long())[kept],
            kinds=kinds_N[kept],
            texts=self.texts[kept],
            places=self.places[kept],
        )
        return rest._units(rest.kinds != _Kind.SPACE, torch.zeros_like(rest.kinds, dtype=torch.bool), rest.codes)

    def letters(self) -> list[Groups]:
        """Return groups of neighbouring letters, capitals told from small ones."""
        code_N = self.codes + 2**16 * (self.kinds == _Kind.CAPITAL)
        key_N, found = code_N, []
        for size in range(2, max(_LETTERS) + 1):
            key_N = _mixed(key_N[1:] * _OTHER + code_N[: len(key_N) - 1])
            whole_N = self.texts[size - 1 :] == self.texts[: len(self.texts) - size + 1]
            found.append(Groups(keys=_mixed(key_N + 32 + size)[whole_N], places=self.places[size - 1 :][whole_N]))
        return found

    def counts(self) -> Groups:
        """Return how many letters, digits and capitals each text has, in steps; all at its last token."""
        if not len(self.texts):
            return Groups(keys=self.texts, places=self.texts)
        present_B, of_N = self.texts.unique_consecutive(return_inverse=True)
        last_B = torch.zeros_like(present_B).scatter_reduce(0, of_N, self.places, "amax", include_self=False)
        digits_B = _sums(self.kinds == _Kind.DIGIT, of_N, len(present_B)).clamp(max=20)
        capitals_B = (_sums(self.kinds == _Kind.CAPITAL, of_N, len(present_B)) // 3).clamp(max=12)
        letters_B = (_sums(self.kinds > 0, of_N, len(present_B)) // 20).clamp(max=10)
        keys = [_mixed(count + 2**20 * (row + 1)) for row, count in enumerate((letters_B, digits_B, capitals_B))]
        return Groups(keys=torch.cat(keys), places=last_B.repeat(3))

    def _units(self, inside_N: Tensor, alone_N: Tensor, codes_N: Tensor) -> _Units:
        """Return the runs of letters that are `inside`, cut around those that stand `alone`."""
        begins_N = inside_N.clone()
        begins_N[1:] &= ~inside_N[:-1] | alone_N[:-1] | alone_N[1:] | (self.texts[1:] != self.texts[:-1])
        number_N = begins_N.cumsum(0) - 1
        first_W = begins_N.nonzero()[:, 0]
        number_N, codes_N = number_N[inside_N], codes_N[inside_N]
        within_N = inside_N.nonzero()[:, 0] - first_W[number_N]
        hashes_W = _sums(_mixed(codes_N * 64 + within_N.clamp(max=63)), number_N, len(first_W))
        places_W = torch.zeros_like(first_W).scatter_reduce(0, number_N, self.places[inside_N], "amax")
        return _Units(hashes=hashes_W, texts=self.texts[first_W], places=places_W)


class GroupReader(nn.Module):
    """Logits of the groups that a text has: the sum of their weights over the root of their number, and a bias.

    A group that occurs several times counts once.
    """

    keys: Tensor

    def __init__(self, kind: str, places: int, num_classes: int) -> None:
        super().__init__()
        self.kind = kind
        self.register_buffer("keys", torch.full((places,), _NO_KEY, dtype=torch.int32))
        self.weight = nn.Parameter(torch.zeros(num_classes, places + 1), requires_grad=False)
        self.bias = nn.Parameter(torch.zeros(num_classes), requires_grad=False)

    def groups(self, spelling: Spelling, tokens_BT: Tensor) -> Groups:
        """Return the groups that this reader looks at."""
        return spelling.words(tokens_BT) if self.kind == "words" else spelling.letters(tokens_BT)

    def embed(self, spelling: Spelling, tokens_BT: Tensor) -> Tensor:
        """Return what each token says for each class, [B, T, K]; the tokens of a word share what it says."""
        groups, size = self.groups(spelling, tokens_BT), tokens_BT.shape[1]
        index_P = torch.searchsorted(self.keys, groups.keys.to(torch.int32)).clamp(max=len(self.keys) - 1)
        known_P = self.keys[index_P] == groups.keys
        index_P, places_P, share_P = index_P[known_P], groups.places[known_P], groups.shares(size)[known_P]
        counts_B = torch.zeros(len(tokens_BT), device=tokens_BT.device).index_add_(0, places_P // size, share_P)
        sums_NK = torch.zeros(tokens_BT.numel(), len(self.bias), device=tokens_BT.device)
        sums_NK.index_add_(0, places_P, self.weight[:, index_P].t().float() * share_P[:, None])
        shared_NK = _shared(sums_NK, spelling.words_of(tokens_BT).flatten())
        return shared_NK.view(*tokens_BT.shape, -1) / counts_B.clamp(min=1).sqrt()[:, None, None]

    def forward(self, said_BTK: Tensor) -> Tensor:
        """Return logits_BK."""
        logits_BK: Tensor = said_BTK.sum(dim=1) + self.bias
        return logits_BK


def _kind_of(letter: str) -> _Kind:
    if letter == _WORD_BEGINS or letter.isspace():
        return _Kind.SPACE
    if letter.isdigit():
        return _Kind.DIGIT
    if letter.isalpha() or letter == "_":
        return _Kind.CAPITAL if letter.isupper() else _Kind.SMALL
    return _Kind.SIGN


def _mixed(numbers: Tensor) -> Tensor:
    """Return numbers of 31 bits without a pattern, int64."""
    numbers = numbers * _MIX
    numbers = (numbers ^ (numbers >> 31)) * _OTHER
    return (numbers ^ (numbers >> 29)) % _NO_KEY


def _sums(values_N: Tensor, owners_N: Tensor, size: int) -> Tensor:
    return torch.zeros(size, dtype=torch.int64, device=owners_N.device).index_add_(0, owners_N, values_N.long())


def _shared(values_NK: Tensor, words_N: Tensor) -> Tensor:
    """Return the mean over each word in place of the values of its tokens."""
    sums_WK = torch.zeros_like(values_NK).index_add_(0, words_N, values_NK)
    return (sums_WK / torch.bincount(words_N, minlength=len(sums_WK)).clamp(min=1)[:, None])[words_N]


def _joined(found: Sequence[Groups]) -> Groups:
    return Groups(keys=torch.cat([part.keys for part in found]), places=torch.cat([part.places for part in found]))
