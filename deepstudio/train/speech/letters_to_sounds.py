"""Guesses how a word is spoken from how it is written: a small bidirectional LSTM with CTC over two slots a letter.

Learnt from the pronouncing dictionary itself. About one sound in ten is wrong, mostly vowels of names. In the lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.job import JobContext

_ALPHABET = " abcdefghijklmnopqrstuvwxyz'"
_SLOTS = 2
_BATCH = 512

Dictionary = Mapping[str, Sequence[Sequence[str]]]


class Guesser(nn.Module):
    """Letters in, logits of sounds out (the blank first)."""

    def __init__(self, symbols: Sequence[str], width: int = 256) -> None:
        super().__init__()
        self.symbols = tuple(symbols)
        self.embedding = nn.Embedding(len(_ALPHABET), 128)
        self.slots = nn.Parameter(0.1 * torch.randn(_SLOTS, 128))
        self.lstm = nn.LSTM(128, width, 2, bidirectional=True, batch_first=True, dropout=0.2)
        self.out = nn.Linear(2 * width, len(symbols) + 1)

    def forward(self, letters_BL: Tensor) -> Tensor:
        """Return logits of shape (words, slots * letters, symbols)."""
        B, L = letters_BL.shape
        x = (self.embedding(letters_BL)[:, :, None] + self.slots).reshape(B, _SLOTS * L, -1)
        logits: Tensor = self.out(self.lstm(x)[0])
        return logits

    @torch.no_grad()
    def guess(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the sounds of each word; never empty."""
        self.eval()
        found: list[tuple[str, ...]] = []
        for first in range(0, len(words), _BATCH):
            part = words[first : first + _BATCH]
            best_BL = self(_letters(part)).argmax(dim=-1).numpy()
            for word, row in zip(part, best_BL, strict=True):
                row = row[: _SLOTS * len(word)]
                fresh = np.concatenate([[True], row[1:] != row[:-1]])
                found.append(tuple(self.symbols[symbol - 1] for symbol in row[fresh] if symbol) or (self.symbols[0],))
        return found


def learn(dictionary: Dictionary, symbols: Sequence[str], context: JobContext, *, epochs: int = 4) -> Guesser:
    """Return a guesser trained on all words of the dictionary."""
    guesser = Guesser(symbols)
    number = {symbol: place + 1 for place, symbol in enumerate(symbols)}
    pairs = [
        (word, [number[symbol] for symbol in way])
        for word, ways in dictionary.items()
        for way in ways
        if 0 < len(way) <= _SLOTS * len(word)
    ]
    pairs.sort(key=lambda pair: len(pair[0]))
    batches = [pairs[first : first + _BATCH] for first in range(0, len(pairs), _BATCH)]
    optimizer = torch.optim.AdamW(guesser.parameters(), 3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=epochs * len(batches), pct_start=0.1)
    random = np.random.default_rng(0)
    guesser.train()
    for step in range(epochs * len(batches)):
        context.check()
        context.progress(step, epochs * len(batches))
        if step % len(batches) == 0:
            order = random.permutation(len(batches))
        batch = batches[order[step % len(batches)]]
        loss = _loss(guesser, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(guesser.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return guesser.eval()


def _loss(guesser: Guesser, batch: Sequence[tuple[str, list[int]]]) -> Tensor:
    words = [word for word, _ in batch]
    logs = guesser(_letters(words)).log_softmax(dim=-1).transpose(0, 1)
    targets = torch.tensor([symbol for _, way in batch for symbol in way])
    slots = torch.tensor([_SLOTS * len(word) for word in words])
    return functional.ctc_loss(logs, targets, slots, torch.tensor([len(way) for _, way in batch]), zero_infinity=True)


def _letters(words: Sequence[str]) -> Tensor:
    longest = max(map(len, words))
    return torch.tensor([[_ALPHABET.index(letter) for letter in word.ljust(longest)] for word in words])
