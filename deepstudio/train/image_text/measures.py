"""What two towers can do with words and pictures that they have not learnt from. In the lane.

Shapes: N pictures, K classes, D shared space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from deepstudio.data.image_sets import ImageSet
from deepstudio.models.card import Measured
from deepstudio.models.image_text import ImageText, Similarity, phrase_vectors
from deepstudio.models.image_text_words import WordTable
from deepstudio.train.batches import Normalizer, generator, to_device
from deepstudio.train.evaluation import fit_temperature, measure
from deepstudio.train.image_text.material import NamedSet, name_of, unseen_phrases_of
from deepstudio.train.image_text.objective import embed

_WAYS = 5
_QUERIES = 5
_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Pictures in the shared space, z_ND with labels_N into the classes of their set."""

    z: Tensor
    labels: Tensor


def embedded(network: ImageText, image_set: ImageSet, normalize: Normalizer, device: torch.device) -> Embedded:
    """Return the pictures of a set in the shared space."""
    data = to_device(image_set, device)
    return Embedded(z=embed(network, data, normalize), labels=data.labels)


def text_of(network: ImageText, table: WordTable, phrases: Sequence[Sequence[str]]) -> Tensor:
    """Return t_KD: for each class the mean direction of its phrases."""
    rows = []
    for said in phrases:
        t_PD = network.text(*phrase_vectors(network, table, list(said)))
        rows.append(torch.nn.functional.normalize(t_PD.mean(dim=0), dim=0))
    return torch.stack(rows)


def names_of(found: NamedSet) -> list[list[str]]:
    """Return each class's name, alone in a list."""
    return [[name_of(found.config, label)] for label in found.config.labels]


def fit_similarity(network: ImageText, table: WordTable, found: Sequence[tuple[NamedSet, Embedded]]) -> Similarity:
    """Return how cosines become logits, from validation pictures: means of right and wrong pairs, and a scale.

    The scale is that of lists of a few labels, as people type them: the likeliest over the sets, each picture's class
    among others of all sets.
    """
    t_KD, z_ND, labels_N = _together(network, table, found)
    words = _means(z_ND @ t_KD.T, labels_N)
    there = [k for k in range(len(t_KD)) if (labels_N == k).any()]
    random = generator(0, 31, 0)
    # One picture a class stands for it, as one that a person drops.
    shots = torch.stack([_pick(torch.nonzero(labels_N == k).flatten(), 1, random)[0] for k in there])
    place = torch.full((len(t_KD),), -1, device=labels_N.device)
    place[torch.tensor(there, device=labels_N.device)] = torch.arange(len(there), device=labels_N.device)
    others = torch.ones(len(z_ND), dtype=torch.bool, device=z_ND.device)
    others[shots] = False
    pictures = _means(z_ND[others] @ z_ND[shots].T, place[labels_N[others]])
    unit = Similarity(words=words, pictures=pictures, scale=1.0)
    weight, bias = unit.head(t_KD, torch.zeros(len(t_KD), dtype=torch.bool, device=t_KD.device))
    logits, targets = _listed(z_ND @ weight.T + bias, labels_N)
    return Similarity(words=words, pictures=pictures, scale=1 / fit_temperature(logits.cpu(), targets.cpu()))


def fit_rejection(
    network: ImageText,
    table: WordTable,
    found: Sequence[tuple[NamedSet, Embedded]],
    similarity: Similarity,
    share: float,
) -> tuple[float, float]:
    """Return threshold and slope of "none of these" over minus the highest logit.

    Right lists hold the picture's class, wrong ones do not; `share` of the right ones may be refused.
    """
    t_KD, z_ND, labels_N = _together(network, table, found)
    weight, bias = similarity.head(t_KD, torch.zeros(len(t_KD), dtype=torch.bool, device=t_KD.device))
    logits_NK = z_ND @ weight.T + bias
    known = -_listed(logits_NK, labels_N)[0].amax(dim=1)
    strange = -_listed(logits_NK, labels_N)[0][:, 1:].amax(dim=1)
    threshold = float(torch.quantile(known[:100_000], 1 - share))
    slopes = torch.logspace(-1.5, 1.5, 121, dtype=torch.float64, device=known.device)
    right = torch.nn.functional.logsigmoid(-slopes[:, None] * (known.double() - threshold)).mean(dim=1)
    left = torch.nn.functional.logsigmoid(slopes[:, None] * (strange.double() - threshold)).mean(dim=1)
    return threshold, float(slopes[(right + left).argmax()])


def zero_shot(
    network: ImageText, table: WordTable, found: NamedSet, pictures: Embedded, similarity: Similarity, split: str
) -> list[Measured]:
    """Return accuracies of one set: by names and by phrases never learnt from, for seen and for held-out classes."""
    name = found.config.name
    by_name = text_of(network, table, names_of(found))
    unseen = text_of(network, table, [unseen_phrases_of(found.config, label) for label in found.config.labels])
    seen, held = list(found.seen), list(found.held_out)
    figures = []

    def add(what: str, t_KD: Tensor, asked: list[int], offered: list[int]) -> None:
        chosen = torch.isin(pictures.labels, torch.tensor(asked, device=pictures.labels.device))
        if not bool(chosen.any()) or len(offered) < 2:
            return
        none = torch.zeros(len(offered), dtype=torch.bool, device=t_KD.device)
        weight, bias = similarity.head(t_KD[offered], none)
        place = {label: number for number, label in enumerate(offered)}
        targets = torch.tensor([place[int(label)] for label in pictures.labels[chosen]])
        report = measure((pictures.z[chosen] @ weight.T + bias).cpu(), targets)
        figures.append(Measured(name=what, value=report.accuracy, data=name, split=split, examples=report.examples))
        if what == "accuracy":
            figures.append(Measured(name="ece", value=report.ece, data=name, split=split, examples=report.examples))

    add("accuracy", by_name, seen, seen)
    add("accuracy_unseen_phrases", unseen, seen, seen)
    add("accuracy_held_out_among_all", by_name, held, seen + held)
    add("accuracy_held_out_alone", by_name, held, held)
    return figures


def few_shot(pools: Sequence[Tensor], *, shots: int, episodes: int, seed: int) -> float:
    """Return the mean accuracy of telling five classes apart by `shots` pictures of each, over `episodes`.

    `pools` holds z_ND of each class; every episode draws its classes and pictures anew (O. Vinyals et al. 2016).
    """
    random = generator(seed, 33, shots)
    right = total = 0
    for _ in range(episodes):
        classes = torch.randperm(len(pools), generator=random)[:_WAYS]
        prototypes, queries = [], []
        for number in classes.tolist():
            drawn = pools[number][torch.randperm(len(pools[number]), generator=random)[: shots + _QUERIES]]
            prototypes.append(drawn[:shots].mean(dim=0))
            queries.append(drawn[shots:])
        centres = torch.nn.functional.normalize(torch.stack(prototypes), dim=1)
        for number, drawn in enumerate(queries):
            right += int(((drawn @ centres.T).argmax(dim=1) == number).sum())
            total += len(drawn)
    return right / max(total, 1)


def held_out_pools(found: Sequence[tuple[NamedSet, Embedded]], shots: int) -> list[Tensor]:
    """Return the pictures of each held-out class that has enough of them."""
    pools = []
    for named, pictures in found:
        for label in named.held_out:
            pool = pictures.z[pictures.labels == label].cpu()
            if len(pool) > shots:
                pools.append(pool)
    return pools


def few_shot_figures(
    found: Sequence[tuple[NamedSet, Embedded]], *, episodes: int, seed: int, split: str
) -> list[Measured]:
    """Return one-shot and five-shot accuracy among five classes that were never learnt from."""
    names = ", ".join(named.config.name for named, _ in found if named.held_out)
    figures = []
    for shots, what in ((1, "one_shot_5_way"), (5, "five_shot_5_way")):
        pools = held_out_pools(found, shots)
        if len(pools) >= _WAYS:
            value = few_shot(pools, shots=shots, episodes=episodes, seed=seed)
            examples = sum(len(pool) for pool in pools)
            figures.append(Measured(name=what, value=value, data=names, split=split, examples=examples))
    return figures


def _together(
    network: ImageText, table: WordTable, found: Sequence[tuple[NamedSet, Embedded]]
) -> tuple[Tensor, Tensor, Tensor]:
    """Return t_KD of all seen classes of all sets, z_ND of all pictures, and labels_N into those classes."""
    texts, pictures, labels = [], [], []
    first = 0
    for named, part in found:
        t_KD = text_of(network, table, names_of(named))[list(named.seen)]
        place = {label: first + number for number, label in enumerate(named.seen)}
        texts.append(t_KD)
        pictures.append(part.z)
        labels.append(torch.tensor([place[int(label)] for label in part.labels], device=part.z.device))
        first += len(t_KD)
    return torch.cat(texts), torch.cat(pictures), torch.cat(labels)


def _listed(logits_NK: Tensor, labels_N: Tensor) -> tuple[Tensor, Tensor]:
    """Return logits of lists of five labels, the right one first, the others drawn, and the targets (all 0)."""
    count, classes = logits_NK.shape
    random = generator(0, 32, 0)
    ways = min(_LISTED, classes) - 1
    shift = torch.stack([torch.randperm(classes - 1, generator=random)[:ways] + 1 for _ in range(count)])
    others = (labels_N[:, None] + shift.to(labels_N.device)) % classes
    columns = torch.cat([labels_N[:, None], others], dim=1)
    return logits_NK.gather(1, columns), torch.zeros(count, dtype=torch.int64, device=labels_N.device)


def _means(cosines_NK: Tensor, labels_N: Tensor) -> tuple[float, float]:
    """Return the mean cosine of wrong and of right pairs."""
    right = torch.nn.functional.one_hot(labels_N, cosines_NK.shape[1]).bool()
    return float(cosines_NK[~right].mean()), float(cosines_NK[right].mean())


def _pick(members: Tensor, count: int, random: torch.Generator) -> Tensor:
    return members[torch.randperm(len(members), generator=random)[:count].to(members.device)]
