"""A linear-chain conditional random field (Lafferty et al. 2001; over a network: Lample et al. 2016, arXiv:1603.01360).

Shapes: B batch, T tokens, K tags. All in float32: sums of exponentials over a long sentence need it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from deepstudio.models.text_layers import last_of, mask_of


class ConditionalRandomField(nn.Module):
    """Scores a whole sequence of tags: emissions of the network plus what follows what."""

    def __init__(self, num_tags: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(num_tags, num_tags))
        self.first = nn.Parameter(torch.zeros(num_tags))
        self.last = nn.Parameter(torch.zeros(num_tags))

    def log_likelihood(self, emissions_BTK: Tensor, tags_BT: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the log-probability of each sequence of tags, log_p_B."""
        return self.score(emissions_BTK, tags_BT, lengths_B) - self.log_partition(emissions_BTK, lengths_B)

    def score(self, emissions_BTK: Tensor, tags_BT: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the score of each sequence of tags, not normalised."""
        mask_BT = mask_of(lengths_B, tags_BT.shape[1])
        emitted_BT = emissions_BTK.gather(2, tags_BT[..., None])[..., 0]
        moved_BT = self.transitions[tags_BT[:, :-1], tags_BT[:, 1:]]
        total_B = (emitted_BT * mask_BT).sum(dim=1) + (moved_BT * mask_BT[:, 1:]).sum(dim=1)
        return total_B + self.first[tags_BT[:, 0]] + self.last[last_of(tags_BT, lengths_B)]

    def log_partition(self, emissions_BTK: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the log of the sum over all sequences of tags (forward algorithm), log_z_B."""
        return _log_partition(emissions_BTK, lengths_B, self.transitions, self.first, self.last)

    def marginals(self, emissions_BTK: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the probability of each tag at each token given the whole sentence: p_BTK, zero at padding.

        Forward and backward over the sentence, at once: a third of the time of the partition function's gradient.
        """
        moves, steps = self.transitions, emissions_BTK.shape[1]
        ahead, back = [self.first + emissions_BTK[:, 0]], [self.last.expand(len(emissions_BTK), -1)]
        for step in range(1, steps):
            ahead.append(torch.logsumexp(ahead[-1][:, :, None] + moves, dim=1) + emissions_BTK[:, step])
        for step in range(steps - 2, -1, -1):
            after_BK = torch.logsumexp((emissions_BTK[:, step + 1] + back[-1])[:, None] + moves, dim=2)
            # The last tag of a sentence, and what is past it, has nothing after it.
            back.append(torch.where((lengths_B > step + 1)[:, None], after_BK, self.last))
        p_BTK = (torch.stack(ahead, dim=1) + torch.stack(back[::-1], dim=1)).softmax(dim=2)
        return p_BTK * mask_of(lengths_B, steps)[..., None]

    def decode(self, emissions_BTK: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the likeliest sequence of tags of each sentence (Viterbi), tags_BT, 0 at padding."""
        best_BK = self.first + emissions_BTK[:, 0]
        back: list[Tensor] = []
        for step in range(1, emissions_BTK.shape[1]):
            moved_BK, came_from_BK = (best_BK[:, :, None] + self.transitions).max(dim=1)
            going_B1 = (lengths_B > step)[:, None]
            best_BK = torch.where(going_B1, moved_BK + emissions_BTK[:, step], best_BK)
            # Past the end, each tag came from itself: the walk back waits there.
            stay_BK = torch.arange(emissions_BTK.shape[2], device=emissions_BTK.device).expand_as(came_from_BK)
            back.append(torch.where(going_B1, came_from_BK, stay_BK))
        tag_B = (best_BK + self.last).argmax(dim=1)
        path = [tag_B]
        for came_from_BK in reversed(back):
            tag_B = came_from_BK.gather(1, tag_B[:, None])[:, 0]
            path.append(tag_B)
        tags_BT = torch.stack(path[::-1], dim=1)
        return tags_BT * mask_of(lengths_B, tags_BT.shape[1])


def _log_partition(emissions_BTK: Tensor, lengths_B: Tensor, moves: Tensor, first: Tensor, last: Tensor) -> Tensor:
    alpha_BK = first + emissions_BTK[:, 0]
    for step in range(1, emissions_BTK.shape[1]):
        moved_BK = torch.logsumexp(alpha_BK[:, :, None] + moves, dim=1) + emissions_BTK[:, step]
        alpha_BK = torch.where((lengths_B > step)[:, None], moved_BK, alpha_BK)
    return torch.logsumexp(alpha_BK + last, dim=1)
