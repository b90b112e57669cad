"""Training of the keyword spotter: clips of single words in a window of a second. In the lane.

Legend: B batch, T frames, M mel bands, K labels. The last two labels are any other word, and no word at all. Words cut
out of sentences teach what other words are like, and a second output that is dropped afterwards tells them apart: a few
thousand commands alone are too few to learn what speech sounds like (multi-task learning, Caruana 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.precision import arithmetic, pick_precision
from deepstudio.train.speech.clips import (
    Clips,
    Floats,
    Ints,
    changed_stretches,
    hidden,
    in_the_middle,
    louder_and_noisier,
    somewhere,
    stretches,
    windows,
)
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import SpeechSets

OTHER, SILENCE = "(other word)", "(no word)"
_TALK_SHARE, _WORD_SHARE, _SILENCE_SHARE = 0.1, 0.3, 0.12
_QUIET_SHARE = 0.5
"""Share of windows in which a clip is surrounded by its own quiet moments, not by silence."""
_OTHER_WEIGHT = 0.25
"""What an example of any other word counts for: there are many more of them than of each word."""
_LABEL_SMOOTHING = 0.05
_NO_NUMBER = -1
_EVALUATION_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordMaterial:
    """Frames and labels of the clips; `rooms` are the training clips once more, heard in rooms.

    `talk` is running speech; `words` are single words out of it that are no labels, `word_numbers` which ones (-1 for
    rare words) of `vocabulary`. `train_voices` number the speakers of `train`.
    """

    sets: SpeechSets
    speech: SpeechInput
    labels: tuple[str, ...]
    train: Clips
    rooms: Clips
    train_labels: Ints
    train_voices: Ints
    validation: Clips
    validation_labels: Ints
    noises: Clips
    talk: Clips
    validation_talk: Clips
    words: Clips
    word_numbers: Ints
    vocabulary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeywordBatch:
    """Windows (B, T, M), their labels (B), and for words out of sentences their number (B; -1 for all others)."""

    frames: Tensor
    labels: Tensor
    words: Tensor


class KeywordObjective(Objective):
    """Cross-entropy over words, any other word, and no word; and over words out of sentences."""

    def __init__(
        self, network: nn.Module, recipe: SpeechRecipe, material: KeywordMaterial, device: torch.device
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        self._frames = window_frames(recipe, material.speech)
        self._size = min(recipe.training.batch_size, len(material.train_labels))
        self._chances = clip_chances(material.train_labels, material.train_voices, recipe.balance)
        self._weights = torch.ones(len(material.labels), device=device)
        self._weights[-2] = _OTHER_WEIGHT

    @property
    def steps_per_epoch(self) -> int:
        """Return the whole batches of an epoch."""
        return len(self._material.train_labels) // self._size

    def batches(self, epoch: int, start: int) -> Iterator[KeywordBatch]:
        """Yield batches; a share of each are other words, talk and noises."""
        random = np.random.default_rng((self._recipe.seed, 1_000_000 + epoch))
        count = len(self._material.train_labels)
        order = random.choice(count, count, p=self._chances) if self._recipe.balance else random.permutation(count)
        for step in range(start, self.steps_per_epoch):
            random = np.random.default_rng((self._recipe.seed, epoch, step))
            yield self._batch(order[step * self._size : (step + 1) * self._size], random)

    def loss(self, batch: KeywordBatch) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the cross-entropy and the accuracy on the batch."""
        outputs = self._network(batch.frames).float()
        count = len(self._material.labels)
        logits_BK, logits_BV = outputs[:, :count], outputs[:, count:]
        towers = len(outputs) // len(batch.labels)  # each learns by itself
        labels, spoken = batch.labels.repeat(towers), batch.words.repeat(towers)
        accuracy = (logits_BK.argmax(dim=1) == labels).float().mean()
        loss = functional.cross_entropy(logits_BK, labels, weight=self._weights, label_smoothing=_LABEL_SMOOTHING)
        if not logits_BV.shape[1]:
            return loss, {"accuracy": accuracy}
        words = functional.cross_entropy(logits_BV, spoken, ignore_index=_NO_NUMBER)
        return loss + self._recipe.word_weight * words, {"accuracy": accuracy, "word_loss": words.detach()}

    def num_examples(self, batch: KeywordBatch) -> int:
        """Return the windows of a batch."""
        return len(batch.labels)

    def validate(self, network: nn.Module) -> Validation:
        """Return accuracy and loss on the clips of held-out speakers, with other words among them."""
        frames_NTM, labels_N = evaluation_set(self._material, self._recipe)
        logits_NK = predict(network, frames_NTM, self._device, self._recipe)
        accuracy = float((logits_NK.argmax(dim=1) == labels_N).float().mean())
        loss = float(functional.cross_entropy(logits_NK, labels_N))
        return Validation(score=accuracy, metrics={"validation_accuracy": accuracy, "validation_loss": loss})

    def _batch(self, chosen: Ints, random: np.random.Generator) -> KeywordBatch:
        material, recipe, size = self._material, self._recipe, len(chosen)
        last = len(material.labels)
        in_room = bool(len(material.rooms)) & (random.random(size) < recipe.augment.reverberation)
        parts = [self._windows(material.train, chosen[~in_room], random)]
        parts += [self._windows(material.rooms, chosen[in_room], random)] if in_room.any() else []
        labels = [material.train_labels[chosen[~in_room]], material.train_labels[chosen[in_room]]]
        words = [np.full(size, _NO_NUMBER, np.int64)]
        if len(material.words):
            spoken = random.integers(len(material.words), size=round(_WORD_SHARE * size))
            parts.append(self._windows(material.words, spoken, random))
            labels.append(np.full(len(spoken), last - 2, np.int64))
            words.append(material.word_numbers[spoken])
        for clips, share, label in (
            (material.talk, _TALK_SHARE, last - 2),
            (material.noises, _SILENCE_SHARE, last - 1),
        ):
            rows = round(share * size) if len(clips) else 0
            if rows:
                parts.append(changed_stretches(clips, rows, self._frames, recipe.augment, material.speech, random))
                labels.append(np.full(rows, label, np.int64))
                words.append(np.full(rows, _NO_NUMBER, np.int64))
        x_BTM = louder_and_noisier(np.concatenate(parts), material.noises, recipe.augment, material.speech, random)
        mean_M, std_M = np.array(material.speech.mean), np.array(material.speech.std)
        x_BTM = ((x_BTM - mean_M) / std_M).astype(np.float32)
        frames_BTM = torch.from_numpy(hidden(x_BTM, recipe.augment, random))
        numbers = (torch.from_numpy(np.concatenate(part)).to(self._device) for part in (labels, words))
        return KeywordBatch(frames_BTM.to(self._device), *numbers)

    def _windows(self, clips: Clips, chosen: Ints, random: np.random.Generator) -> Floats:
        speech = self._material.speech
        place = somewhere(clips, chosen, self._frames, self._recipe.augment, speech, random)
        quiet_B1 = random.random((len(chosen), 1)) < _QUIET_SHARE
        fill_BM = np.where(quiet_B1, clips.quiet[chosen], np.float32(np.log(speech.floor)))
        return windows(clips, chosen, self._frames, place, fill_BM.astype(np.float32), speech)


def clip_chances(labels: Ints, voices: Ints, balance: float) -> NDArray[np.float64]:
    """Return how probable each clip is: the more, the rarer its speaker says its word, and the rarer the word is."""
    _, group, takes = np.unique(labels * (voices.max() + 1) + voices, return_inverse=True, return_counts=True)
    chances = takes[group].astype(np.float64) ** -balance
    chances *= np.bincount(labels, chances)[labels] ** -balance
    return np.asarray(chances / chances.sum(), np.float64)


def window_frames(recipe: SpeechRecipe, speech: SpeechInput) -> int:
    """Return the frames that the spotter looks at."""
    return round(recipe.window_seconds * speech.sample_rate / speech.hop_samples)


def whole(clips: Clips, frames: int, speech: SpeechInput) -> Tensor:
    """Return windows_NTM of clips as they are, silence before and after them, not yet scaled."""
    chosen = np.arange(len(clips))
    fill_NM = np.full((len(clips), speech.num_mels), np.log(speech.floor), np.float32)
    return torch.from_numpy(windows(clips, chosen, frames, in_the_middle(len(clips)), fill_NM, speech))


def scaled(frames_BTM: Tensor, speech: SpeechInput) -> Tensor:
    """Return frames less the mean and over the deviation of the training data."""
    return (frames_BTM - torch.tensor(speech.mean)) / torch.tensor(speech.std)


def evaluation_set(material: KeywordMaterial, recipe: SpeechRecipe) -> tuple[Tensor, Tensor]:
    """Return (frames_NTM, labels_N): the clips, and for every ten of them a stretch of held-out speakers' sentences."""
    frames = window_frames(recipe, material.speech)
    parts = [whole(material.validation, frames, material.speech)]
    others = len(material.validation) // 10 if len(material.validation_talk) else 0
    if others:
        parts.append(torch.from_numpy(stretches(material.validation_talk, others, frames, np.random.default_rng(0))))
    truth = np.concatenate([material.validation_labels, np.full(others, len(material.labels) - 2, np.int64)])
    return scaled(torch.cat(parts), material.speech), torch.from_numpy(truth)


def predict(network: nn.Module, frames_NTM: Tensor, device: torch.device, recipe: SpeechRecipe) -> Tensor:
    """Return logits_NK (float32, CPU)."""
    rows = []
    with torch.inference_mode(), arithmetic(pick_precision(recipe.training.precision, device), device):
        for part in frames_NTM.split(_EVALUATION_BATCH):
            rows.append(network(part.to(device)).float().cpu())
    return torch.cat(rows).clone()
