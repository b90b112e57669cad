"""Single modules of Captum without the rest of it.

Importing `captum` or `captum.attr` imports everything that they offer, the drawing by matplotlib included: 291 modules,
0.7 s and 33 MB for the one class that is used here. So empty packages stand in while the module wanted is imported, and
are taken away again: an `import captum` elsewhere gets the real ones.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

_PACKAGES = ("captum", "captum.attr")
_lock = threading.Lock()


def captum_module(name: str) -> ModuleType:
    """Return the module `name` of Captum, such as "captum.attr._core.integrated_gradients"; any thread."""
    with _lock:
        if name in sys.modules or _PACKAGES[0] in sys.modules:
            return importlib.import_module(name)
        with _empty_packages():
            return importlib.import_module(name)


@contextmanager
def _empty_packages() -> Iterator[None]:
    spec = importlib.util.find_spec(_PACKAGES[0])
    assert spec is not None and spec.submodule_search_locations, "Captum is installed with DeepStudio"
    place = Path(spec.submodule_search_locations[0]).parent
    for name in _PACKAGES:
        empty = ModuleType(name)
        empty.__path__ = [str(place.joinpath(*name.split(".")))]
        sys.modules[name] = empty
    try:
        yield
    finally:
        for name in _PACKAGES:
            del sys.modules[name]
