"""Beam search over a `Translator`. Shapes: B sources, W beam width, S source tokens, V vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.text_input import BEGIN, END, PAD, UNKNOWN
from deepstudio.models.text_repeats import FREE, Repeats
from deepstudio.models.text_translators import Translator

_LENGTH_PENALTY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A text that the network wrote: tokens (without ends), attention [tokens, source], log-probability by token."""

    tokens: list[int]
    attention: np.ndarray
    score: float


@torch.inference_mode()
def beam_search(
    network: Translator,
    tokens_BS: Tensor,
    lengths_B: Tensor,
    *,
    width: int,
    longest: int,
    check: Callable[[], None] = lambda: None,
    forbid_unknown: bool = True,
    repeats: Repeats = FREE,
) -> list[list[Hypothesis]]:
    """Return for each source up to `width` hypotheses, the likeliest by token first.

    A beam ends when `width` hypotheses have: their scores are divided by length (Wu et al. 2016, equation 14, alpha 1),
    so that long ones stand a chance. `check` is called once a token. `repeats` says what none may say twice.
    """
    size_B, device = len(tokens_BS), tokens_BS.device
    rows_N = torch.arange(size_B, device=device).repeat_interleave(width)
    source = network.encode(tokens_BS, lengths_B).repeated(rows_N)
    state = network.begin(source)
    # At first all hypotheses of a source are the same: only one of them counts.
    scores_BW = torch.full((size_B, width), float("-inf"), device=device)
    scores_BW[:, 0] = 0.0
    written_NT = torch.full((size_B * width, 1), BEGIN, device=device)
    seen_NTS = torch.zeros(size_B * width, 0, tokens_BS.shape[1], device=device)
    done: list[list[Hypothesis]] = [[] for _ in range(size_B)]
    for step in range(longest):
        check()
        features, weights_N1S, chance, state = network.decode(source, state, written_NT[:, -1:])
        log_p_NV = network.log_probabilities(features, weights_N1S, chance, source.tokens)[:, 0]
        log_p_NV[:, [PAD, BEGIN]] = float("-inf")
        if forbid_unknown:
            log_p_NV[:, UNKNOWN] = float("-inf")
        repeats.forbid(log_p_NV, written_NT[:, 1:])
        size_V = log_p_NV.shape[1]
        total_BWV = scores_BW[..., None] + log_p_NV.view(size_B, width, size_V)
        best_BC, place_BC = total_BWV.view(size_B, -1).topk(2 * width, dim=1)
        chosen, kept_tokens, scores_BW = _advance(
            best_BC, place_BC, size_V, width, step, done, written_NT, seen_NTS, weights_N1S
        )
        state = state.repeated(chosen)
        written_NT = torch.cat([written_NT[chosen], kept_tokens[:, None]], dim=1)
        seen_NTS = torch.cat([seen_NTS[chosen], weights_N1S[chosen]], dim=1)
        if all(len(found) >= width for found in done):
            break
    _take_unfinished(done, scores_BW, written_NT, seen_NTS, width)
    return [sorted(found, key=lambda one: -one.score)[:width] for found in done]


def _advance(
    best_BC: Tensor,
    place_BC: Tensor,
    size_V: int,
    width: int,
    step: int,
    done: list[list[Hypothesis]],
    written_NT: Tensor,
    seen_NTS: Tensor,
    weights_N1S: Tensor,
) -> tuple[Tensor, Tensor, Tensor]:
    """Put away the candidates that end; return row, token and score of those that go on, `width` a source."""
    is_end_BC = place_BC % size_V == END
    # Only an end among the best `width` counts as one: a worse end would stop the search too early.
    ending_BC = is_end_BC.clone()
    ending_BC[:, width:] = False
    rank_BC = torch.arange(best_BC.shape[1], device=best_BC.device) + is_end_BC * (10 * best_BC.shape[1])
    first_BW = rank_BC.argsort(dim=1)[:, :width]
    for batch, column in ending_BC.nonzero().tolist():
        value = float(best_BC[batch, column])
        if value == float("-inf") or len(done[batch]) >= width:
            continue
        row = batch * width + int(place_BC[batch, column]) // size_V
        attention = torch.cat([seen_NTS[row], weights_N1S[row]])[:-1].float().cpu().numpy()
        done[batch].append(
            Hypothesis(
                tokens=written_NT[row, 1:].tolist(), attention=attention, score=value / (step + 1) ** _LENGTH_PENALTY
            )
        )
    place_BW = place_BC.gather(1, first_BW)
    offset_B1 = torch.arange(len(best_BC), device=best_BC.device)[:, None] * width
    rows_N = (place_BW // size_V + offset_B1).flatten()
    return rows_N, (place_BW % size_V).flatten(), best_BC.gather(1, first_BW)


def _take_unfinished(
    done: list[list[Hypothesis]], scores_BW: Tensor, written_NT: Tensor, seen_NTS: Tensor, width: int
) -> None:
    """Give sources that found no end their best unfinished hypothesis."""
    for batch, found in enumerate(done):
        if not found:
            row = batch * width + int(scores_BW[batch].argmax())
            tokens = written_NT[row, 1:].tolist()
            score = float(scores_BW[batch].max()) / max(len(tokens), 1)
            found.append(Hypothesis(tokens=tokens, attention=seen_NTS[row].float().cpu().numpy(), score=score))
