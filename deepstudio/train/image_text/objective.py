"""Pictures and phrases drawn towards one another. In the lane.

The loss is that of J. Yang et al. 2022, "Unified contrastive learning in image-text-label space" (arXiv:2204.03610):
every picture against the phrase of each class, and every phrase against all pictures, where all pictures of its class
are right. Each step says each class in other words.

Shapes: B pictures, K classes that are learnt from, P phrases, T words, E word vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.data.augment import augment
from deepstudio.models.image_text import ImageText, phrase_vectors
from deepstudio.train.batches import DeviceSet, Normalizer, generator, to_device
from deepstudio.train.image_text.material import ImageTextMaterial, name_of, phrases_of
from deepstudio.train.image_text.recipe import ImageTextRecipe
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.precision import arithmetic

_EVALUATED_AT_ONCE = 500


class PairBatch(NamedTuple):
    """x_BCHW with classes_B (int64 into the classes that are learnt from), and a phrase of each class."""

    x: Tensor
    classes: Tensor
    words: Tensor
    mask: Tensor


class ImageTextObjective(Objective):
    """Batches over all sets together; the score is zero-shot accuracy by names, the mean over sets."""

    def __init__(
        self,
        network: ImageText,
        recipe: ImageTextRecipe,
        material: ImageTextMaterial,
        *,
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        self._dtype = dtype
        self.normalize = Normalizer(recipe.preprocessing, device)
        images, classes, flips = [], [], []
        self._phrases: list[list[int]] = []
        sentences: list[str] = []
        self._validation: list[DeviceSet] = []
        for found in material.sets:
            first = len(self._phrases)
            place = {label: first + number for number, label in enumerate(found.seen)}
            for label in found.seen:
                said = phrases_of(found.config, found.config.labels[label])
                self._phrases.append(list(range(len(sentences), len(sentences) + len(said))))
                sentences += said
            part = to_device(found.train, device)
            images.append(part.images)
            classes.append(torch.tensor([place[int(label)] for label in found.train.labels], device=device))
            flips.append(torch.full((len(part),), found.config.flip, dtype=torch.bool, device=device))
            self._validation.append(to_device(found.validation, device))
        self._images = torch.cat(images).contiguous(memory_format=torch.channels_last)
        self._classes = torch.cat(classes)
        self._flips = torch.cat(flips)
        self._words, self._mask = phrase_vectors(network, material.table, sentences)
        self._batch_size = min(recipe.training.batch_size, len(self._classes))

    @property
    def steps_per_epoch(self) -> int:
        """Return the whole batches in all sets together."""
        return len(self._classes) // self._batch_size

    def batches(self, epoch: int, start: int) -> Iterator[PairBatch]:
        """Yield the batches of an epoch from its step `start` on."""
        order = torch.randperm(len(self._classes), generator=generator(self._recipe.seed, 1, epoch)).to(self._device)
        for step in range(start, self.steps_per_epoch):
            chosen = order[step * self._batch_size : (step + 1) * self._batch_size]
            number = epoch * self.steps_per_epoch + step
            random = generator(self._recipe.seed, 2, number, self._device)
            mirrored = (torch.rand(len(chosen), generator=random, device=self._device) < 0.5) & self._flips[chosen]
            x = self.normalize(self._images[chosen].contiguous(memory_format=torch.channels_last))
            x = torch.where(mirrored.view(-1, 1, 1, 1), x.flip(-1), x)
            x = augment(x, self._recipe.augment, random, mirrored_B=mirrored)
            words, mask = self._say(generator(self._recipe.seed, 3, number))
            yield PairBatch(x, self._classes[chosen], words, mask)

    def _say(self, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return words_KTE and mask_KT: a phrase of each class, its word vectors moved a little."""
        draws = torch.rand(len(self._phrases), generator=random).tolist()
        picked = [said[int(draw * len(said))] for said, draw in zip(self._phrases, draws, strict=True)]
        index = torch.tensor(picked, device=self._device)
        words, mask = self._words[index], self._mask[index]
        noise = torch.randn(words.shape, generator=random).to(self._device) / words.shape[-1] ** 0.5
        return words + self._recipe.words.noise * noise * mask[..., None], mask

    def loss(self, batch: PairBatch) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the mean of both directions."""
        network = self._network
        scale = network.log_scale.float().clamp(max=4.6).exp()
        z_BD, t_KD = network.image(batch.x), network.text(batch.words, batch.mask)
        with torch.autocast(z_BD.device.type, enabled=False):  # eight bits are too few for cosines
            similar_BK = scale * z_BD @ t_KD.T
        to_text = F.cross_entropy(similar_BK, batch.classes, label_smoothing=self._recipe.label_smoothing)
        right_BK = F.one_hot(batch.classes, similar_BK.shape[1]).to(similar_BK.dtype)
        there_K = right_BK.sum(dim=0)
        log_share_BK = F.log_softmax(similar_BK, dim=0)
        of_class_K = -(right_BK * log_share_BK).sum(dim=0) / there_K.clamp(min=1) - there_K.clamp(min=1).log()
        to_image = (of_class_K * (there_K > 0)).sum() / (there_K > 0).sum()
        return (to_text + to_image) / 2, {"text_loss": to_text.detach(), "image_loss": to_image.detach()}

    def num_examples(self, batch: PairBatch) -> int:
        """Return the pictures in a batch."""
        return len(batch.classes)

    def part(self, batch: PairBatch, rank: int, world: int) -> PairBatch:
        """Return the share of process `rank`: its pictures, all phrases."""
        first, last = len(batch.x) * rank // world, len(batch.x) * (rank + 1) // world
        return batch._replace(x=batch.x[first:last], classes=batch.classes[first:last])

    def validate(self, network: nn.Module) -> Validation:
        """Return zero-shot accuracy on each set's validation split, every class called by its name."""
        assert isinstance(network, ImageText)
        metrics: dict[str, float] = {}
        losses = []
        for found, data in zip(self._material.sets, self._validation, strict=True):
            names = [name_of(found.config, found.config.labels[label]) for label in found.seen]
            t_KD = network.text(*phrase_vectors(network, self._material.table, names))
            z_ND = embed(network, data, self.normalize, self._dtype)
            place = {label: number for number, label in enumerate(found.seen)}
            labels = torch.tensor([place[int(label)] for label in data.labels], device=z_ND.device)
            similar = network.log_scale.exp() * z_ND @ t_KD.T
            metrics[f"validation/{found.config.name}"] = float((similar.argmax(dim=1) == labels).float().mean())
            losses.append(float(F.cross_entropy(similar, labels)))
        score = sum(metrics.values()) / len(metrics)
        metrics |= {"validation_accuracy": score, "validation_loss": sum(losses) / len(losses)}
        return Validation(score=score, metrics=metrics)


@torch.no_grad()
def embed(network: ImageText, data: DeviceSet, normalize: Normalizer, dtype: torch.dtype = torch.float32) -> Tensor:
    """Return z_ND of every picture; the network must be in eval mode."""
    found = []
    for images in data.images.split(_EVALUATED_AT_ONCE):
        x = normalize(images)
        with arithmetic(dtype, x.device):
            found.append(network.image(x))
    return torch.cat(found)
