"""Building a network whose weights come from a file: drawing first ones would be for nothing. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from torch import Tensor
from torch.nn import init
from torch.overrides import TorchFunctionMode

_DRAWS = frozenset({init.normal_, init.uniform_, init.kaiming_uniform_, Tensor.normal_, Tensor.uniform_})


class _NoDrawing(TorchFunctionMode):
    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Iterable[type],
        arguments: tuple[Any, ...] = (),
        named: Mapping[str, Any] | None = None,
    ) -> Any:
        named = named or {}
        if function in _DRAWS:
            return arguments[0] if arguments else named["tensor"]
        return function(*arguments, **named)


def without_first_weights() -> TorchFunctionMode:
    """Return a context in which new layers keep their weights as memory gave them; fill all of them afterwards.

    On the device "meta" a normal draw goes by way of `torch._dynamo`, whose import costs more time and memory than the
    network.
    """
    return _NoDrawing()
