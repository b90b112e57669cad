"""A few takes of new words become a model: the network stays, a new last layer tells the words apart. In a lane.

The network's features come from thousands of clips of hundreds of speakers; ten takes of a word, heard in many ways
(pace, voice, place in the window, noise), are enough to draw lines between them (linear probe on fixed features, as for
prototypical networks in Snell et al. 2017). What any other word is like travels with the network as centres of its
features over running speech, words and noises.
Legend: N windows, T frames, M mel bands, E features, K labels.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.job import JobContext
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.training_messages import MetricBatch, MetricColumns
from deepstudio.models.speech_words import SpeechWords
from deepstudio.train.speech.clips import Clips, in_the_middle, louder_and_noisier, somewhere, stretches, windows
from deepstudio.train.speech.recipe import SpeechAugmentConfig

OTHER_CENTRES, NOISE_CENTRES, SPREAD = "extra.other_centres", "extra.noise_centres", "extra.spread"
"""Names of the tensors beside the network: centres_CE of features of other words and of noises, deviation_E within."""

_ROUNDS = 12
_EMBED_BATCH = 256
_STEPS, _RATE, _DECAY = 300, 0.02, 0.01
_OTHERS_A_STEP = 256
_NOISE_SHARE = 0.25
_TOLD_STEPS = 10


@dataclass(frozen=True, slots=True)
class Others:
    """What other words and noises are like in the eyes of a network."""

    words: Tensor
    noises: Tensor
    spread: Tensor

    def away_from(self, takes_NE: Tensor) -> Others:
        """Return these others without centres that lie among takes: those are the very words that are to be heard."""
        between = torch.cdist(takes_NE, takes_NE)
        between.fill_diagonal_(float("inf"))
        usual = between.amin(dim=1).median()
        kept = torch.cdist(self.words, takes_NE).amin(dim=1) > usual
        return Others(self.words[kept] if int(kept.sum()) > len(kept) // 2 else self.words, self.noises, self.spread)

    def sample(self, count: int, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return (features_NE, is_noise_N) of as many other words and noises, scattered around the centres."""
        noises = round(_NOISE_SHARE * count)
        words = self.words[torch.randint(len(self.words), (count - noises,), generator=random)]
        quiet = self.noises[torch.randint(len(self.noises), (noises,), generator=random)]
        centres = torch.cat([words, quiet])
        scattered = centres + torch.randn(centres.shape, generator=random) * self.spread
        return scattered, torch.arange(count) >= count - noises


def embed(network: SpeechWords, x_NTM: Tensor, speech: SpeechInput) -> Tensor:
    """Return features_NE of windows that are not scaled yet."""
    x_NTM = (x_NTM - torch.tensor(speech.mean)) / torch.tensor(speech.std)
    network.eval()
    with torch.inference_mode():
        return torch.cat([network.features(part) for part in x_NTM.split(_EMBED_BATCH)]).clone()


def describe_others(
    network: SpeechWords,
    groups: Sequence[tuple[Clips, int]],
    frames: int,
    speech: SpeechInput,
    augment: SpeechAugmentConfig,
    noises: Clips,
) -> dict[str, Tensor]:
    """Return the tensors beside a network: `groups` are clips of other words or speech and how many windows to see."""
    random = np.random.default_rng(0)
    parts = []
    for clips, count in groups:
        if not len(clips):
            continue
        if float(np.median(clips.count)) > frames:
            parts.append(stretches(clips, count, frames, random))
        else:
            chosen = random.integers(len(clips), size=count)
            parts.append(heard_somehow(clips, chosen, frames, augment, speech, noises, random))
    others = embed(network, torch.from_numpy(np.concatenate(parts)), speech)
    quiet = embed(network, torch.from_numpy(stretches(noises, 1000, frames, random)), speech)
    words, within = centres(others, 160)
    noise_centres, _ = centres(quiet, 32)
    return {OTHER_CENTRES: words, NOISE_CENTRES: noise_centres, SPREAD: within}


def centres(x_NE: Tensor, count: int, *, rounds: int = _ROUNDS) -> tuple[Tensor, Tensor]:
    """Return (centres_CE, deviation_E around them) by k-means (Lloyd 1982)."""
    random = torch.Generator().manual_seed(0)
    found = x_NE[torch.randperm(len(x_NE), generator=random)[:count]].clone()
    for _ in range(rounds):
        nearest = torch.cdist(x_NE, found).argmin(dim=1)
        sums = torch.zeros_like(found).index_add_(0, nearest, x_NE)
        counts = torch.bincount(nearest, minlength=len(found)).unsqueeze(1)
        found = torch.where(counts > 0, sums / counts.clamp_min(1), found)
    nearest = torch.cdist(x_NE, found).argmin(dim=1)
    return found, (x_NE - found[nearest]).square().mean(dim=0).sqrt()


def heard_somehow(
    clips: Clips,
    chosen: np.ndarray,
    frames: int,
    augment: SpeechAugmentConfig,
    speech: SpeechInput,
    noises: Clips,
    random: np.random.Generator,
) -> np.ndarray:
    """Return windows_NTM of clips at random paces, voices, places, and loudnesses, some with noise."""
    place = somewhere(clips, chosen, frames, augment, speech, random)
    quiet_N1 = random.random((len(chosen), 1)) < 0.5
    fill_NM = np.where(quiet_N1, clips.quiet[chosen], np.float32(np.log(speech.floor))).astype(np.float32)
    return louder_and_noisier(windows(clips, chosen, frames, place, fill_NM, speech), noises, augment, speech, random)


def heard_plainly(clips: Clips, frames: int, speech: SpeechInput) -> np.ndarray:
    """Return windows_NTM of clips as they are, silence around them."""
    fill_NM = np.full((len(clips), speech.num_mels), np.log(speech.floor), np.float32)
    return windows(clips, np.arange(len(clips)), frames, in_the_middle(len(clips)), fill_NM, speech)


def fit_head(
    features_NE: Tensor,
    labels_N: Tensor,
    num_words: int,
    others: Others,
    context: JobContext,
    *,
    steps: int = _STEPS,
    tell: bool = False,
) -> nn.Linear:
    """Return a last layer for words 0..num_words-1, any other word (label num_words) and no word (num_words + 1).

    The loss counts every word alike, and other words as much as all words together. With `tell` it is sent as
    `MetricBatch`es.
    """
    random = torch.Generator().manual_seed(0)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(0)
        head = nn.Linear(features_NE.shape[1], num_words + 2)
    optimizer = torch.optim.AdamW(head.parameters(), _RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    counts = torch.bincount(labels_N, minlength=num_words + 2).clamp_min(1)
    weight_N = 1 / counts[labels_N]
    curve: list[float] = []
    for step in range(steps):
        context.check()
        batch = torch.multinomial(weight_N, _OTHERS_A_STEP, replacement=True, generator=random)
        more_NE, is_noise_N = others.sample(_OTHERS_A_STEP, random)
        x = torch.cat([features_NE[batch], more_NE])
        labels = torch.cat([labels_N[batch], num_words + is_noise_N.long()])
        loss = functional.cross_entropy(head(x), labels, label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        curve.append(float(loss.detach()))
        if tell and (len(curve) == _TOLD_STEPS or step + 1 == steps):
            context.partial(_points(step + 1 - len(curve), curve))
            curve.clear()
    return head.requires_grad_(False)


def _points(first: int, losses: list[float]) -> MetricBatch:
    steps = np.arange(first, first + len(losses))
    walls = np.full(len(losses), time.time())
    return MetricBatch(columns=(MetricColumns(name="loss", steps=steps, walls=walls, values=np.array(losses)),))
