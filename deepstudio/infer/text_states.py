"""Into a recurrent layer while it reads: its gates and its memory after each token. In the predict lane.

Shapes: T tokens, I inputs, H units.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import END
from deepstudio.core.text_requests import RecurrentStates, ShowStates
from deepstudio.core.torch_threads import one_thread
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.batches import padded
from deepstudio.data.text.tagger_inputs import TagInputs
from deepstudio.data.text.words import split_words
from deepstudio.infer.text_models import TextModel, TextModels, frozen, require_text, take_tokens
from deepstudio.models.hooks import catch_input
from deepstudio.models.text_language import WeightDropLstm
from deepstudio.models.text_layers import RecurrentLayer

_MOST_TOKENS = 400


class StateViewer:
    """Answers `ShowStates`."""

    def __init__(self, models: TextModels) -> None:
        self._models = models

    @one_thread()
    def states(self, request: ShowStates, context: JobContext) -> RecurrentStates:
        """Return what a layer held. Raises InputError for a network without recurrent layers."""
        require_text(request.text)
        model = self._models.get(request.model, context)
        began = time.perf_counter()
        layers = recurrent_layers(model.loaded.network)
        if not layers:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "The network of {model} has no recurrent layers."), model=request.model
            )
        layer = layers[min(request.layer, len(layers) - 1)]
        inner = layer.lstm if isinstance(layer, WeightDropLstm) else layer.ahead
        backward = request.backward and isinstance(layer, RecurrentLayer) and layer.back is not None
        if backward and isinstance(layer, RecurrentLayer) and layer.back is not None:
            inner = layer.back
        offsets, x_TI = _read(model, request.text, inner)
        context.check()
        values = recurrent_values(inner, x_TI)
        if backward:
            values = {name: array[::-1] for name, array in values.items()}
        return RecurrentStates(
            model=model.name,
            cell=inner.mode.lower().removesuffix("_tanh"),
            offsets=frozen(offsets),
            values={name: frozen(array) for name, array in values.items()},
            layers=len(layers),
            backward_there=any(isinstance(one, RecurrentLayer) and one.back is not None for one in layers),
            milliseconds=1e3 * (time.perf_counter() - began),
        )


def recurrent_layers(network: nn.Module) -> list[RecurrentLayer | WeightDropLstm]:
    """Return the recurrent layers of a network, in order."""
    return [module for module in network.modules() if isinstance(module, (RecurrentLayer, WeightDropLstm))]


@torch.inference_mode()
def recurrent_values(layer: nn.RNNBase, x_TI: Tensor) -> dict[str, np.ndarray]:
    """Return gates and states after each step, float32 [T, H] by name; the same numbers that `layer` computes."""
    weight_ih, weight_hh, bias_ih, bias_hh = (tensor.float() for tensor in layer.all_weights[0])
    from_input_TG = x_TI.float() @ weight_ih.T + bias_ih
    hidden_H = from_input_TG.new_zeros(layer.hidden_size)
    cell_H = hidden_H
    rows: dict[str, list[Tensor]] = {}
    for from_input_G in from_input_TG:
        from_hidden_G = weight_hh @ hidden_H + bias_hh
        if isinstance(layer, nn.LSTM):
            i_H, f_H, g_H, o_H = (from_input_G + from_hidden_G).chunk(4)
            step = {"input": i_H.sigmoid(), "forget": f_H.sigmoid(), "candidate": g_H.tanh(), "output": o_H.sigmoid()}
            cell_H = step["forget"] * cell_H + step["input"] * step["candidate"]
            hidden_H = step["output"] * cell_H.tanh()
            step |= {"cell": cell_H, "hidden": hidden_H}
        elif isinstance(layer, nn.GRU):
            (r_H, z_H, n_H), (hr_H, hz_H, hn_H) = from_input_G.chunk(3), from_hidden_G.chunk(3)
            step = {"reset": (r_H + hr_H).sigmoid(), "update": (z_H + hz_H).sigmoid()}
            step["candidate"] = (n_H + step["reset"] * hn_H).tanh()
            hidden_H = (1 - step["update"]) * step["candidate"] + step["update"] * hidden_H
            step["hidden"] = hidden_H
        else:
            hidden_H = (from_input_G + from_hidden_G).tanh()
            step = {"hidden": hidden_H}
        for name, value in step.items():
            rows.setdefault(name, []).append(value)
    return {name: torch.stack(steps).cpu().numpy() for name, steps in rows.items()}


def _read(model: TextModel, text: str, layer: nn.RNNBase) -> tuple[np.ndarray, Tensor]:
    """Return the offsets of the tokens and the inputs x_TI that `layer` gets while the network reads the text."""
    card, network, device = model.loaded.card, model.loaded.network, model.loaded.device
    with torch.inference_mode(), catch_input(layer) as caught:
        if card.task == "tagging":
            spans = split_words(text)[:_MOST_TOKENS]
            inputs = TagInputs([[text[begin:end] for begin, end in spans]], model.tokenizer, model.config, device)
            network(*inputs.batch([0]))
            offsets = np.array(spans, np.int32).reshape(-1, 2)
        else:
            tokens = take_tokens(model, text)
            ids, offsets = tokens.ids[:_MOST_TOKENS], tokens.offsets[:_MOST_TOKENS]
            if card.task in ("translation", "summarisation"):
                tokens_1T, lengths_1 = padded([np.append(ids, END)])
                network.encode(tokens_1T.to(device), lengths_1.to(device))  # type: ignore[operator]
                offsets = np.concatenate([offsets, [[len(text), len(text)]]]).astype(np.int32)
            elif card.task == "language-model":
                network(padded([ids])[0].to(device))
            else:
                tokens_1T, lengths_1 = padded([ids])
                network(tokens_1T.to(device), lengths_1.to(device))
        x_1TI = caught.take()
    return offsets, x_1TI[0]
