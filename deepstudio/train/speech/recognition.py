"""Training of the recogniser: batches, CTC over sounds and letters, error rates of held-out speakers. In the lane.

Legend: B batch, T frames, M mel bands, U outputs, K symbols.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.audio.language import Language
from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.precision import arithmetic, pick_precision
from deepstudio.train.speech.augment import disturb, hide, normalised, stacked, stretch_of
from deepstudio.train.speech.bank import Bank, Frames
from deepstudio.train.speech.measures import edit_distance, greedy
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import SpeechSets

_VALIDATION_BATCH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionMaterial:
    """Frames and targets of everything that a run needs."""

    sets: SpeechSets
    speech: SpeechInput
    language: Language
    train: Bank
    validation: Bank
    noises: tuple[Frames, ...]
    train_sounds: tuple[tuple[int, ...], ...]
    train_letters: tuple[tuple[int, ...], ...]
    validation_sounds: tuple[tuple[int, ...], ...]
    validation_letters: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SpeechBatch:
    """Normalised frames; the last row is a stretch of noise that holds no words (where there are noises)."""

    frames_BTM: Tensor  # noqa: N815
    outputs_B: Tensor  # noqa: N815
    sounds: Tensor
    num_sounds_B: Tensor  # noqa: N815
    letters: Tensor
    num_letters_B: Tensor  # noqa: N815
    wordless: int


class RecognitionObjective(Objective):
    """CTC over the sounds of the words and, at a second head, over their letters."""

    def __init__(
        self, network: nn.Module, recipe: SpeechRecipe, material: RecognitionMaterial, device: torch.device
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        self._steps = len(self._plan(0))

    @property
    def steps_per_epoch(self) -> int:
        """Return the batches of the first epoch; a later epoch with more or fewer is cut or begun again."""
        return self._steps

    def batches(self, epoch: int, start: int) -> Iterator[SpeechBatch]:
        """Yield batches of utterances of like length. The first epoch goes from short to long (Hannun et al. 2014)."""
        plan = self._plan(epoch)
        for step in range(start, self._steps):
            random = np.random.default_rng((self._recipe.seed, epoch, step))
            yield self._batch(plan[step % len(plan)], random)

    def loss(self, batch: SpeechBatch) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the weighted sum of both heads' losses; each is also logged."""
        sounds_BUK, letters_BUK = self._network(batch.frames_BTM)
        sounds = self._ctc(sounds_BUK, batch.sounds, batch.num_sounds_B, batch)
        if letters_BUK is None:
            return sounds, {"loss_sounds": sounds.detach()}
        letters = self._ctc(letters_BUK, batch.letters, batch.num_letters_B, batch)
        share = self._recipe.spelling
        parts = {"loss_sounds": sounds.detach(), "loss_letters": letters.detach()}
        return (1 - share) * sounds + share * letters, parts

    def num_examples(self, batch: SpeechBatch) -> int:
        """Return the utterances of a batch."""
        return len(batch.outputs_B) - batch.wordless

    def validate(self, network: nn.Module) -> Validation:
        """Return error rates of sounds and letters without a lexicon; the score is one minus that of sounds."""
        material = self._material
        order = sorted(range(len(material.validation_sounds)), key=lambda i: len(material.validation.variants[0][i]))
        wrong = np.zeros(2)
        total = np.zeros(2)
        loss = 0.0
        for first in range(0, len(order), _VALIDATION_BATCH):
            chosen = order[first : first + _VALIDATION_BATCH]
            frames_BTM, numbers_B = stacked([material.validation.variants[0][i] for i in chosen], material.speech)
            frames_BTM = self._masked(normalised(frames_BTM, material.speech), numbers_B)
            outputs_B = self._outputs(numbers_B)
            dtype = pick_precision(self._recipe.training.precision, self._device)
            with arithmetic(dtype, self._device):
                heads = network(frames_BTM.to(self._device))
            for head, (logits_BUK, truths) in enumerate(
                zip(heads, (material.validation_sounds, material.validation_letters), strict=True)
            ):
                if logits_BUK is None:
                    continue
                targets = [truths[i] for i in chosen]
                if head == 0:
                    loss += float(_ctc_sum(logits_BUK.float().cpu(), targets, outputs_B))
                for logits_UK, count, truth in zip(logits_BUK.float().cpu(), outputs_B.tolist(), targets, strict=True):
                    wrong[head] += edit_distance(greedy(logits_UK[:count].numpy()), truth)
                    total[head] += len(truth)
        rates = wrong / np.maximum(total, 1)
        metrics = {"validation_loss": loss / max(total[0], 1), "validation_sound_error_rate": float(rates[0])}
        if total[1]:
            metrics["validation_letter_error_rate"] = float(rates[1])
        return Validation(score=1 - float(rates[0]), metrics=metrics)

    def _plan(self, epoch: int) -> list[list[tuple[int, int]]]:
        """Return batches of (utterance, variant), none longer than the recipe's seconds with what fills it up."""
        material, recipe = self._material, self._recipe
        random = np.random.default_rng((recipe.seed, 1_000_000 + epoch))
        chosen = [
            (number, material.train.choose(random, recipe.augment.reverberation))
            for number in range(len(material.train_sounds))
        ]
        lengths = [len(material.train.variants[variant][number]) for number, variant in chosen]
        keys = np.array(lengths) * (1 + 0.1 * random.random(len(lengths)))
        most = recipe.batch_seconds * material.speech.sample_rate / material.speech.hop_samples
        plan: list[list[tuple[int, int]]] = []
        current: list[tuple[int, int]] = []
        longest = 0
        for place in np.argsort(keys).tolist():
            longest = max(longest, lengths[place])
            if current and (len(current) + 1) * longest > most:
                plan.append(current)
                current, longest = [], lengths[place]
            current.append(chosen[place])
        plan.append(current)
        if epoch > 0 or recipe.network.start_from:
            random.shuffle(plan)
        return plan

    def _batch(self, chosen: Sequence[tuple[int, int]], random: np.random.Generator) -> SpeechBatch:
        material, recipe = self._material, self._recipe
        parts: list[NDArray[Any]] = [material.train.variants[variant][number] for number, variant in chosen]
        wordless = int(bool(material.noises))
        if wordless:
            longest = max(len(part) for part in parts)
            parts.append(stretch_of(material.noises, longest, random).numpy())
        frames_BTM, numbers_B = stacked(parts, material.speech)
        for row, number in enumerate(numbers_B.tolist()):
            noises = material.noises if row < len(chosen) else ()
            disturb(frames_BTM[row, :number], noises, recipe.augment, material.speech, random)
        frames_BTM = normalised(frames_BTM, material.speech)
        hide(frames_BTM, numbers_B, recipe.augment, material.speech, random)
        frames_BTM = self._masked(frames_BTM, numbers_B)
        sounds, num_sounds_B = _joined([material.train_sounds[number] for number, _ in chosen], wordless)
        letters, num_letters_B = _joined([material.train_letters[number] for number, _ in chosen], wordless)
        device = self._device
        return SpeechBatch(
            frames_BTM.to(device),
            self._outputs(numbers_B).to(device),
            sounds.to(device),
            num_sounds_B.to(device),
            letters.to(device),
            num_letters_B.to(device),
            wordless,
        )

    def _ctc(self, logits_BUK: Tensor, targets: Tensor, numbers_B: Tensor, batch: SpeechBatch) -> Tensor:
        """Return the mean over utterances of the loss a symbol; noise counts a fixed little an output."""
        logs_UBK = logits_BUK.float().log_softmax(dim=-1).transpose(0, 1)
        each_B = functional.ctc_loss(
            logs_UBK, targets, batch.outputs_B, numbers_B, reduction="none", zero_infinity=True
        )
        spoken = len(each_B) - batch.wordless
        loss = (each_B[:spoken] / numbers_B[:spoken].clamp_min(1)).mean()
        if batch.wordless:
            loss = loss + self._recipe.augment.wordless * (each_B[spoken:] / batch.outputs_B[spoken:]).mean()
        return loss

    def _outputs(self, numbers_B: Tensor) -> Tensor:
        block = self._material.speech.subsampling
        return (numbers_B + block - 1) // block

    def _masked(self, frames_BTM: Tensor, numbers_B: Tensor) -> Tensor:
        inside_BT = torch.arange(frames_BTM.shape[1]) < numbers_B.unsqueeze(1)
        return frames_BTM * inside_BT.unsqueeze(2)


def _joined(targets: Sequence[Sequence[int]], empty: int) -> tuple[Tensor, Tensor]:
    flat = torch.tensor([symbol for target in targets for symbol in target], dtype=torch.int64)
    return flat, torch.tensor([len(target) for target in targets] + [0] * empty)


def _ctc_sum(logits_BUK: Tensor, targets: Sequence[Sequence[int]], outputs_B: Tensor) -> Tensor:
    flat, numbers_B = _joined(targets, 0)
    logs_UBK = logits_BUK.log_softmax(dim=-1).transpose(0, 1)
    return functional.ctc_loss(logs_UBK, flat, outputs_B, numbers_B, reduction="sum", zero_infinity=True)
