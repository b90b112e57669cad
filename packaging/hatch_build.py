"""Build hook: puts resources/, with its translations compiled, into the wheel as deepstudio/resources.

An editable installation reads resources/ where it lies, so nothing is done for it.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesHook(BuildHookInterface):
    """Runs before a wheel is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the translations and name resources/ as part of a standard wheel."""
        if version != "standard":
            return
        root = Path(self.root)
        texts = root / "resources" / "i18n"
        _translations(root).build(texts, texts)
        build_data["force_include"][str(root / "resources")] = "deepstudio/resources"


def _translations(root: Path) -> ModuleType:
    """Load packaging/translations.py by its path: the name `packaging` belongs to a library."""
    spec = importlib.util.spec_from_file_location("deepstudio_translations", root / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
