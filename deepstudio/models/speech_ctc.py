"""A streaming speech network: strided convolutions, then convolutions with a short look-ahead and LSTM layers, for CTC.

Legend: B batch, T frames of 10 ms, U outputs (T / 4), M mel bands, D width, K symbols with the blank at index 0.
Every layer carries what it needs from block to block, so a recording fed in blocks gives what the whole gives.
After: connectionist temporal classification (Graves et al. 2006); convolutional LSTM networks as in Deep Speech 2
(Amodei et al. 2016, row convolution for the look-ahead); residual layers with normalised input (Ba et al. 2016).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.config import option
from deepstudio.models.eight_bit_product import Product, product
from deepstudio.models.registry import register_network

State = list[Tensor]

_FEW_OUTPUTS = 8
"""Up to so many outputs at once layers multiply on their own: oneDNN packs an LSTM anew at every call (3 ms)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCtcConfig:
    """Size of the network."""

    num_mels: int = option(80, "Mel bands of the input.", low=8, high=256)
    front_channels: int = option(
        16, "Channels of the first convolution; the second has twice as many.", low=1, high=256
    )
    width: int = option(384, "Width of the layers.", low=8, high=4096)
    layers: str = option("cclcl", "Layers in order: c is a convolution over time, l an LSTM.")
    kernel: int = option(5, "Outputs that a convolution sees.", low=1, high=31)
    lookahead: int = option(1, "Of these, how many lie in the future.", low=0, high=15)
    dropout: float = option(0.1, "Share of values dropped after each layer while training.", low=0.0, high=0.9)
    num_letters: int = option(0, "Symbols of the second head, blank included; 0 leaves it out.", low=0, high=10_000)


class FrontEnd(nn.Module):
    """Two convolutions of stride 2 over time and frequency: four frames become one output, without look-ahead."""

    def __init__(self, config: SpeechCtcConfig) -> None:
        super().__init__()
        channels = config.front_channels
        self.first = nn.Conv2d(1, channels, 3, stride=2, padding=(0, 1))
        self.second = nn.Conv2d(channels, 2 * channels, 3, stride=2, padding=(0, 1))
        bands = -(-config.num_mels // 4)
        self.project = nn.Linear(2 * channels * bands, config.width)

    def initial_state(self, batch: int, config: SpeechCtcConfig) -> State:
        """Return one frame of zeros before each convolution."""
        weight = self.first.weight
        return [
            weight.new_zeros(batch, 1, 1, config.num_mels),
            weight.new_zeros(batch, config.front_channels, 1, -(-config.num_mels // 2)),
        ]

    def forward(self, x_BTM: Tensor, state: State) -> tuple[Tensor, State]:
        """Return (x_BUD, state); T is a multiple of 4."""
        x = torch.cat([state[0].to(x_BTM.dtype), x_BTM.unsqueeze(1)], 2)
        y = functional.silu(self.first(x.contiguous(memory_format=torch.channels_last)))
        y = torch.cat([state[1].to(y.dtype), y], 2)
        z = functional.silu(self.second(y.contiguous(memory_format=torch.channels_last)))
        flat = z.permute(0, 2, 3, 1).flatten(2)
        return self.project(flat), [x[:, :, -1:], y[:, :, -1:]]


class StreamLayer(nn.Module, ABC):
    """A layer over time that carries a state of `num_states` tensors from block to block."""

    num_states = 2

    @abstractmethod
    def initial_state(self, batch: int) -> State:
        """Return the state before the first block."""

    @abstractmethod
    def forward(self, x_BUD: Tensor, state: State, last: bool) -> tuple[Tensor, State]:
        """Return (outputs, state)."""

    @abstractmethod
    def freeze(self) -> None:
        """Make products for a stream from the weights as they are; they may not change afterwards."""


class ConvLayer(StreamLayer):
    """x + silu(conv(norm(x))) over time; the output comes `lookahead` steps late in a stream."""

    def __init__(self, config: SpeechCtcConfig) -> None:
        super().__init__()
        self.lookahead = config.lookahead
        self.past = config.kernel - 1 - config.lookahead
        self.norm = nn.LayerNorm(config.width)
        self.conv = nn.Conv1d(config.width, config.width, config.kernel)
        self.drop = nn.Dropout(config.dropout)
        self._product: Product | None = None

    def freeze(self) -> None:
        """Make the product of a few outputs."""
        self._product = product(self.conv.weight.flatten(1), self.conv.bias)

    def initial_state(self, batch: int) -> State:
        """Return the normalised past as zeros, and the empty queue of inputs that still wait for their future."""
        width = self.conv.in_channels
        weight = self.conv.weight
        return [weight.new_zeros(batch, self.past, width), weight.new_zeros(batch, 0, width)]

    def forward(self, x_BUD: Tensor, state: State, last: bool) -> tuple[Tensor, State]:
        """Return (outputs, state); with `last` the future beyond the end is silence."""
        normed = self.norm(x_BUD)
        window = torch.cat([state[0].to(normed.dtype), normed], 1)
        waiting = torch.cat([state[1].to(x_BUD.dtype), x_BUD], 1)
        kept = window[:, max(0, window.shape[1] - self.past - self.lookahead) :]
        if last:
            window = functional.pad(window, (0, 0, 0, self.lookahead))
        ready = window.shape[1] - self.past - self.lookahead
        if ready <= 0:
            return x_BUD[:, :0], [window, waiting]
        if self._product is not None and ready <= _FEW_OUTPUTS:
            seen_BUDK = window.unfold(1, self.past + 1 + self.lookahead, 1)
            y = functional.silu(self._product(seen_BUDK.flatten(2)))
        else:
            y = functional.silu(self.conv(window.transpose(1, 2))).transpose(1, 2)
        return waiting[:, :ready] + self.drop(y), [kept, waiting[:, ready:]]


class LstmLayer(StreamLayer):
    """x + lstm(norm(x)), forward in time only."""

    def __init__(self, config: SpeechCtcConfig) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(config.width)
        self.lstm = nn.LSTM(config.width, config.width, batch_first=True)
        self.drop = nn.Dropout(config.dropout)
        with torch.no_grad():  # remember at first (Jozefowicz et al. 2015)
            self.lstm.get_parameter("bias_ih_l0")[config.width : 2 * config.width].fill_(1.0)
        self._products: tuple[Product, Product] | None = None

    def freeze(self) -> None:
        """Make the products of one step."""
        weights = [self.lstm.get_parameter(f"{name}_l0") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        self._products = product(weights[0], weights[2]), product(weights[1], weights[3])

    def initial_state(self, batch: int) -> State:
        """Return output and cell as zeros."""
        zeros = self.norm.weight.new_zeros(1, batch, self.lstm.hidden_size)
        return [zeros, zeros.clone()]

    def forward(self, x_BUD: Tensor, state: State, last: bool) -> tuple[Tensor, State]:
        """Return (outputs, state)."""
        if not x_BUD.shape[1]:
            return x_BUD, state
        if self._products is not None and x_BUD.shape[1] <= _FEW_OUTPUTS:
            y, (hidden, cell) = self._step_by_step(self.norm(x_BUD), state, *self._products)
        else:
            y, (hidden, cell) = self.lstm(self.norm(x_BUD), (state[0], state[1]))
        return x_BUD + self.drop(y), [hidden, cell]

    def _step_by_step(
        self, x_BUD: Tensor, state: State, from_input: Product, from_hidden: Product
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Return what the layer returns, without the library's rearranging of all weights at every call."""
        hidden_BD, cell_BD = state[0][0].to(x_BUD.dtype), state[1][0].to(x_BUD.dtype)
        outputs: list[Tensor] = []
        for x_BG in from_input(x_BUD).unbind(1):
            gates_BG = x_BG + from_hidden(hidden_BD)
            enter, keep, new, give = gates_BG.chunk(4, dim=1)  # in the order of torch.nn.LSTM
            cell_BD = keep.sigmoid() * cell_BD + enter.sigmoid() * new.tanh()
            hidden_BD = give.sigmoid() * cell_BD.tanh()
            outputs.append(hidden_BD)
        return torch.stack(outputs, 1), (hidden_BD.unsqueeze(0), cell_BD.unsqueeze(0))


class SpeechCtc(nn.Module):
    """The network: logits of the symbols, and of letters where the configuration asks for a second head."""

    def __init__(self, config: SpeechCtcConfig, num_symbols: int) -> None:
        super().__init__()
        kinds: dict[str, type[ConvLayer | LstmLayer]] = {"c": ConvLayer, "l": LstmLayer}
        unknown = set(config.layers) - kinds.keys()
        if unknown or not config.layers:
            raise ValueError(f"layers are 'c' and 'l', not {config.layers!r}")
        if config.lookahead >= config.kernel:
            raise ValueError("a convolution cannot look further ahead than its kernel is wide")
        self.config = config
        self.front = FrontEnd(config)
        self.layers = nn.ModuleList([kinds[kind](config) for kind in config.layers])
        self.norm = nn.LayerNorm(config.width)
        self.symbols = nn.Linear(config.width, num_symbols)
        self.letters = nn.Linear(config.width, config.num_letters) if config.num_letters else None

    def _stream_layers(self) -> list[StreamLayer]:
        return [layer for layer in self.layers if isinstance(layer, StreamLayer)]

    @property
    def output_layers(self) -> tuple[str, ...]:
        """The layers that write outputs (for optimisers that treat them apart)."""
        return ("symbols",) if self.letters is None else ("symbols", "letters")

    @property
    def lookahead(self) -> int:
        """Outputs that the newest one waits for."""
        return self.config.lookahead * self.config.layers.count("c")

    def initial_state(self, batch: int = 1) -> State:
        """Return the state before the first block."""
        state = self.front.initial_state(batch, self.config)
        for layer in self._stream_layers():
            state += layer.initial_state(batch)
        return state

    def freeze(self) -> SpeechCtc:
        """Return the network ready to hear streams fast; its weights may not change afterwards."""
        for layer in self._stream_layers():
            layer.freeze()
        return self

    def encode(self, x_BTM: Tensor, state: State, *, last: bool) -> tuple[Tensor, State]:
        """Return (features_BUD, state) of a block; T is a multiple of 4, and may be 0 to let go of what waits."""
        x, after = (
            self.front(x_BTM, state[:2])
            if x_BTM.shape[1]
            else (x_BTM.new_zeros(len(x_BTM), 0, self.config.width), state[:2])
        )
        position = 2
        for layer in self._stream_layers():
            x, own = layer(x, state[position : position + layer.num_states], last)
            after = after + own
            position += layer.num_states
        return self.norm(x), after

    def forward(self, x_BTM: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return (logits_BUK, letter logits or None) of whole recordings."""
        x, _ = self.encode(x_BTM, self.initial_state(x_BTM.shape[0]), last=True)
        return self.symbols(x), self.letters(x) if self.letters is not None else None

    def forward_stream(
        self, x_BTM: Tensor, state: State, *, last: bool = False
    ) -> tuple[tuple[Tensor, Tensor | None], State]:
        """Return the logits that this block completes, and the state for the next; `last` lets go of what waits."""
        x, state = self.encode(x_BTM, state, last=last)
        return (self.symbols(x), self.letters(x) if self.letters is not None else None), state


class CtcStream:
    """A network hearing one stream: keeps the state, takes and gives numpy (`audio.recognizer.OutputStream`).

    Its weights may not change any more.
    """

    def __init__(self, network: SpeechCtc) -> None:
        self._network = network.freeze()
        self.reset()

    def reset(self) -> None:
        """Begin a new stream."""
        self._state = self._network.initial_state()
        self.letters_UL: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        """Log probabilities of letters of the last outputs, where the network spells."""

    def feed(self, frames_TM: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        """Return log probabilities, shape (outputs, symbols), that these frames complete; `last` ends the stream."""
        device = self._network.symbols.weight.device
        x_BTM = torch.from_numpy(frames_TM).unsqueeze(0).to(device)
        with torch.inference_mode():
            (logits_BUK, letters_BUL), self._state = self._network.forward_stream(x_BTM, self._state, last=last)
            if letters_BUL is not None:
                self.letters_UL = letters_BUL[0].float().log_softmax(dim=-1).cpu().numpy()
            logs_UK: NDArray[np.float32] = logits_BUK[0].float().log_softmax(dim=-1).cpu().numpy()
        return logs_UK


@register_network(
    "speech-ctc",
    title="Streaming convolutions and LSTM layers for CTC",
    source="Graves et al. 2006; Amodei et al. 2016",
    config_class=SpeechCtcConfig,
    input="sound",
)
def build_speech_ctc(config: SpeechCtcConfig, num_classes: int) -> nn.Module:
    """Return the network; `num_classes` symbols, the blank included."""
    return SpeechCtc(config, num_classes)
