"""Training of the keyword spotter: clips of single words, cut to a second. In the lane.

Legend: B batch, T frames, M mel bands, K labels. The last two labels are any other word, and no word at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.precision import arithmetic, pick_precision
from deepstudio.train.speech.augment import disturb, hide, stretch_of
from deepstudio.train.speech.bank import Bank, Frames
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import SpeechSets

OTHER, SILENCE = "(other word)", "(no word)"
_OTHER_SHARE, _SILENCE_SHARE = 0.1, 0.08
_EVALUATION_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordMaterial:
    """Frames and labels of the clips; `others` is running speech from which any other words are cut."""

    sets: SpeechSets
    speech: SpeechInput
    labels: tuple[str, ...]
    train: Bank
    validation: Bank
    train_labels: np.ndarray
    validation_labels: np.ndarray
    noises: tuple[Frames, ...]
    others: tuple[Frames, ...]
    validation_others: tuple[Frames, ...]


class KeywordObjective(Objective):
    """Cross-entropy over words, any other word, and no word."""

    def __init__(
        self, network: nn.Module, recipe: SpeechRecipe, material: KeywordMaterial, device: torch.device
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        self._frames = window_frames(recipe, material.speech)
        self._size = min(recipe.training.batch_size, len(material.train_labels))

    @property
    def steps_per_epoch(self) -> int:
        """Return the whole batches of an epoch."""
        return len(self._material.train_labels) // self._size

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (frames_BTM, labels_B); a share of each batch are other words and noises."""
        order = np.random.default_rng((self._recipe.seed, 1_000_000 + epoch)).permutation(
            len(self._material.train_labels)
        )
        for step in range(start, self.steps_per_epoch):
            random = np.random.default_rng((self._recipe.seed, epoch, step))
            yield self._batch(order[step * self._size : (step + 1) * self._size], random)

    def loss(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the cross-entropy and the accuracy on the batch."""
        frames_BTM, labels_B = batch
        logits_BK = self._network(frames_BTM).float()
        accuracy = (logits_BK.argmax(dim=1) == labels_B).float().mean()
        return functional.cross_entropy(logits_BK, labels_B, label_smoothing=0.05), {"accuracy": accuracy}

    def validate(self, network: nn.Module) -> Validation:
        """Return accuracy and loss on the clips of held-out speakers, with other words and silence among them."""
        material = self._material
        frames_NTM, labels_N = evaluation_set(
            material.validation.variants[0], material.validation_labels, material, self._recipe
        )
        logits_NK = predict(network, frames_NTM, self._device, self._recipe)
        accuracy = float((logits_NK.argmax(dim=1) == labels_N).float().mean())
        loss = float(functional.cross_entropy(logits_NK, labels_N))
        return Validation(score=accuracy, metrics={"validation_accuracy": accuracy, "validation_loss": loss})

    def _batch(self, chosen: np.ndarray, random: np.random.Generator) -> tuple[Tensor, Tensor]:
        material, recipe = self._material, self._recipe
        parts: list[Tensor] = []
        labels: list[int] = []
        for number in chosen.tolist():
            variant = material.train.choose(random, recipe.augment.reverberation)
            clip = material.train.variants[variant][number]
            parts.append(self._shifted(clip, random))
            labels.append(int(material.train_labels[number]))
        others = round(_OTHER_SHARE * len(chosen)) if material.others else 0
        silences = round(_SILENCE_SHARE * len(chosen)) if material.noises else 0
        parts += [stretch_of(material.others, self._frames, random) for _ in range(others)]
        parts += [stretch_of(material.noises, self._frames, random) for _ in range(silences)]
        labels += [len(material.labels) - 2] * others + [len(material.labels) - 1] * silences
        frames_BTM = torch.stack(parts)
        for row in range(len(frames_BTM)):
            disturb(frames_BTM[row], material.noises, recipe.augment, material.speech, random)
        frames_BTM = scaled(frames_BTM, material.speech)
        hide(frames_BTM, torch.full((len(parts),), self._frames), recipe.augment, material.speech, random)
        return frames_BTM.to(self._device), torch.tensor(labels, device=self._device)

    def _shifted(self, clip: Frames, random: np.random.Generator) -> Tensor:
        """Return a window that holds the clip's middle somewhere near its own."""
        rate = self._material.speech.sample_rate / self._material.speech.hop_samples
        most = round(self._recipe.augment.shift * rate)
        return cut(clip, self._frames, int(random.integers(-most, most + 1)), self._material.speech)


def window_frames(recipe: SpeechRecipe, speech: SpeechInput) -> int:
    """Return the frames that the spotter looks at."""
    return round(recipe.window_seconds * speech.sample_rate / speech.hop_samples)


def cut(clip: np.ndarray, frames: int, shift: int, speech: SpeechInput) -> Tensor:
    """Return `frames` frames around the middle of a clip, moved by `shift`; what is missing is silence."""
    first = (len(clip) - frames) // 2 + shift
    window = torch.full((frames, clip.shape[1]), float(np.log(speech.floor)))
    low, high = max(0, first), min(len(clip), first + frames)
    if high > low:
        window[low - first : high - first] = torch.from_numpy(np.asarray(clip[low:high], np.float32))
        window[: low - first] = window[low - first]
        window[high - first :] = window[high - first - 1]
    return window


def scaled(frames_BTM: Tensor, speech: SpeechInput) -> Tensor:
    """Return frames less the mean and over the deviation of the training data."""
    return (frames_BTM - torch.tensor(speech.mean)) / torch.tensor(speech.std)


def evaluation_set(
    clips: tuple[Frames, ...], labels: np.ndarray, material: KeywordMaterial, recipe: SpeechRecipe
) -> tuple[Tensor, Tensor]:
    """Return (frames_NTM, labels_N): the clips, and for every ten of them a stretch of held-out speakers' sentences."""
    frames = window_frames(recipe, material.speech)
    parts = [cut(clip, frames, 0, material.speech) for clip in clips]
    random = np.random.default_rng(0)
    others = len(parts) // 10 if material.validation_others else 0
    parts += [stretch_of(material.validation_others, frames, random) for _ in range(others)]
    truth = [*labels.tolist(), *[len(material.labels) - 2] * others]
    return scaled(torch.stack(parts), material.speech), torch.tensor(truth)


def predict(network: nn.Module, frames_NTM: Tensor, device: torch.device, recipe: SpeechRecipe) -> Tensor:
    """Return logits_NK (float32, CPU)."""
    rows = []
    with torch.inference_mode(), arithmetic(pick_precision(recipe.training.precision, device), device):
        for part in frames_NTM.split(_EVALUATION_BATCH):
            rows.append(network(part.to(device)).float().cpu())
    return torch.cat(rows).clone()
