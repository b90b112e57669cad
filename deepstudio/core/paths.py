"""Where things lie: what ships with the program and what belongs to the user. Any thread.

`DEEPSTUDIO_HOME` moves every folder of the user to one place (a USB stick, a test's temporary folder).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

_NAME = "deepstudio"


@cache
def resources_dir() -> Path:
    """Return the folder of icons, recipes, samples and shipped models (checkout, else inside the package)."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "resources"
    return checkout if (package.parent / "pyproject.toml").is_file() and checkout.is_dir() else package / "resources"


def _home(kind: str, otherwise: str) -> Path:
    home = os.environ.get("DEEPSTUDIO_HOME")
    return Path(home) / kind if home else Path(otherwise)


def config_dir() -> Path:
    """Return the folder of settings, window layout and recent files (not created here)."""
    return _home("config", platformdirs.user_config_dir(_NAME, appauthor=False))


def data_dir() -> Path:
    """Return the folder of the user's models, runs and recordings (not created here)."""
    return _home("data", platformdirs.user_data_dir(_NAME, appauthor=False))


def cache_dir() -> Path:
    """Return the folder of things that can be made again (not created here)."""
    return _home("cache", platformdirs.user_cache_dir(_NAME, appauthor=False))


def log_dir() -> Path:
    """Return the folder of log files (not created here)."""
    return _home("log", platformdirs.user_log_dir(_NAME, appauthor=False))


def user_models_dir() -> Path:
    """Return the folder that holds the models which the user installed or trained."""
    return data_dir() / "models"


def shipped_models_dir() -> Path:
    """Return the folder of the trained models that come with the program."""
    return resources_dir() / "models"


def recipes_dir() -> Path:
    """Return the folder of the shipped training recipes."""
    return resources_dir() / "recipes"
