"""Building blocks of text networks. Shapes: B batch, T tokens, E embedding, H units, D features."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from deepstudio.models.text_elman import ElmanRnn

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"rnn": ElmanRnn, "lstm": nn.LSTM, "gru": nn.GRU}


def mask_of(lengths_B: Tensor, size: int) -> Tensor:
    """Return mask_BT, True where a token is, False where padding is."""
    return torch.arange(size, device=lengths_B.device) < lengths_B[:, None]


def reverse_within(x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
    """Return each sequence read backwards, its padding still at the end."""
    places_T = torch.arange(x_BTE.shape[1], device=x_BTE.device)
    mirrored_BT = lengths_B[:, None] - 1 - places_T
    index_BT = torch.where(mirrored_BT >= 0, mirrored_BT, places_T)
    return x_BTE[torch.arange(len(x_BTE), device=x_BTE.device)[:, None], index_BT]


def last_of(x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
    """Return the vector_BE at the last token of each sequence."""
    return x_BTE[torch.arange(len(x_BTE), device=x_BTE.device), lengths_B - 1]


def recur(lstm: nn.LSTM, x_BTE: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Return the outputs_BTH of a layer of LSTM and its state (1, B, H) after them.

    A single step without gradients goes by torch's cell: on a CPU oneDNN's layer sorts its weights anew at each call,
    which takes three times as long as the step.
    """
    if x_BTE.shape[1] > 1 or torch.is_grad_enabled():
        y_BTH, after = lstm(x_BTE, state)
        return y_BTH, after
    hidden, cell = state
    hidden_BH, cell_BH = torch.lstm_cell(x_BTE[:, 0], (hidden[0], cell[0]), *lstm.all_weights[0])
    return hidden_BH[:, None], (hidden_BH[None], cell_BH[None])


class RecurrentLayer(nn.Module):
    """One SimpleRNN, LSTM or GRU over padded sequences, in one direction or both.

    Gives what packed sequences give (tested), without packing: the backward half reads each sequence mirrored within
    its length. On a CPU that is 5 to 30 times faster: oneDNN's fused layers, bf16 among them, take no packed input.
    """

    def __init__(self, inputs: int, units: int, *, cell: str = "lstm", bidirectional: bool = False) -> None:
        super().__init__()
        self.ahead = CELLS[cell](inputs, units, batch_first=True)
        self.back = CELLS[cell](inputs, units, batch_first=True) if bidirectional else None
        self.units = units
        self.size = units * (2 if bidirectional else 1)
        self._forget_open()

    def forward(self, x_BTE: Tensor, lengths_B: Tensor) -> tuple[Tensor, Tensor]:
        """Return the outputs_BTD, zero at padding, and the last output of each direction, last_BD."""
        ahead_BTH = self.ahead(x_BTE)[0]
        last_BD = last_of(ahead_BTH, lengths_B)
        y_BTD = ahead_BTH
        if self.back is not None:
            back_BTH = self.back(reverse_within(x_BTE, lengths_B))[0]
            last_BD = torch.cat([last_BD, last_of(back_BTH, lengths_B)], dim=1)
            y_BTD = torch.cat([ahead_BTH, reverse_within(back_BTH, lengths_B)], dim=2)
        return y_BTD * mask_of(lengths_B, y_BTD.shape[1])[..., None], last_BD

    def _forget_open(self) -> None:
        """Begin as Keras: orthogonal recurrent weights, forget gates of LSTMs open (Jozefowicz et al. 2015)."""
        for layer in filter(None, (self.ahead, self.back)):
            for name, parameter in layer.named_parameters():
                if parameter.is_meta:
                    continue
                if "weight_hh" in name:
                    for gate in parameter.data.chunk(len(parameter) // self.units):
                        nn.init.orthogonal_(gate)
                elif "weight_ih" in name:
                    nn.init.xavier_uniform_(parameter)
                else:
                    nn.init.zeros_(parameter)
                    if isinstance(layer, nn.LSTM) and "bias_ih" in name:
                        parameter.data[self.units : 2 * self.units] = 1.0


class WordDropout(nn.Module):
    """Whole rows of the embedding set to zero in training: every place of a word alike (Gal and Ghahramani 2016)."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, tokens_BT: Tensor, x_BTE: Tensor, vocabulary: int) -> Tensor:
        """Return the embedded tokens with the rows dropped, the rest scaled up."""
        if not self.training or self.share == 0.0:
            return x_BTE
        kept_V = torch.rand(vocabulary, device=x_BTE.device) >= self.share
        return x_BTE * (kept_V[tokens_BT].to(x_BTE.dtype) / (1 - self.share))[..., None]


class LockedDropout(nn.Module):
    """Dropout with one mask for all time steps (Gal and Ghahramani 2016)."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x_BTE: Tensor) -> Tensor:
        """Return x with whole features dropped."""
        if not self.training or self.share == 0.0:
            return x_BTE
        shape = (x_BTE.shape[0], 1, x_BTE.shape[2])
        mask = torch.rand(shape, device=x_BTE.device, dtype=torch.float32) >= self.share
        return x_BTE * mask.to(x_BTE.dtype) / (1 - self.share)


def max_pool(x_BTD: Tensor, lengths_B: Tensor) -> Tensor:
    """Return the largest value of each feature over the tokens, max_BD."""
    return x_BTD.masked_fill(~mask_of(lengths_B, x_BTD.shape[1])[..., None], float("-inf")).amax(dim=1)


def mean_pool(x_BTD: Tensor, lengths_B: Tensor) -> Tensor:
    """Return the mean over the tokens, mean_BD."""
    mask_BT1 = mask_of(lengths_B, x_BTD.shape[1])[..., None]
    return (x_BTD * mask_BT1).sum(dim=1) / lengths_B[:, None].to(x_BTD.dtype)


def strongest(filters: Iterable[nn.Module], x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
    """Return the largest answer of every filter of every width over the text, at least 0; of [B, widths * filters].

    Filters reach over the text's ends by their width - 1, and never lie on padding alone, where their bias would speak.
    """
    x_BET = (x_BTE * mask_of(lengths_B, x_BTE.shape[1])[..., None]).transpose(1, 2)
    found = []
    for layer in filters:
        assert isinstance(layer, nn.Conv1d)
        answers_BFT = torch.relu(layer(x_BET))
        there_BT = mask_of(lengths_B + layer.kernel_size[0] - 1, answers_BFT.shape[2])
        found.append((answers_BFT * there_BT[:, None]).amax(dim=2))
    return torch.cat(found, dim=1)


class AttentionPool(nn.Module):
    """A weighted mean of the tokens; the weights come from a learned query (Yang et al. 2016)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.key = nn.Linear(size, size)
        self.query = nn.Linear(size, 1, bias=False)

    def weights(self, x_BTD: Tensor, lengths_B: Tensor) -> Tensor:
        """Return weights_BT that sum to 1 over the tokens."""
        score_BT = self.query(torch.tanh(self.key(x_BTD)))[..., 0].float()
        return score_BT.masked_fill(~mask_of(lengths_B, x_BTD.shape[1]), float("-inf")).softmax(dim=1)

    def forward(self, x_BTD: Tensor, lengths_B: Tensor) -> Tensor:
        """Return pooled_BD."""
        return torch.einsum("bt,btd->bd", self.weights(x_BTD, lengths_B).to(x_BTD.dtype), x_BTD)
