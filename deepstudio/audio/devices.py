"""Which microphones there are. The sound library is imported when asked, never at start. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

TURN = threading.RLock()
"""Whoever opens, closes or lists sound devices holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Microphone:
    """An input of the sound system: its index there, its name, channels, and usual sample rate in hertz."""

    index: int
    name: str
    channels: int
    sample_rate: int
    default: bool = False


def sound_library() -> Any:
    """Return the module sounddevice; raises InputError, with what to install, where it or PortAudio is missing."""
    try:
        import sounddevice
    except ImportError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The Python package sounddevice is missing."),
            fix=QT_TRANSLATE_NOOP("errors", "Type: pip install sounddevice."),
        ) from error
    except OSError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The sound library PortAudio is missing."),
            fix=QT_TRANSLATE_NOOP("errors", "On Debian or Ubuntu type: sudo apt-get install -y libportaudio2."),
        ) from error
    return sounddevice


@contextmanager
def exclusive() -> Iterator[Any]:
    """Yield the sound library to one thread at a time: PortAudio is not made for several."""
    with TURN:
        yield sound_library()


def refresh_devices() -> None:
    """Look at the sound system anew: PortAudio lists its devices once, when it starts. No stream may be open."""
    with exclusive() as library:
        library._terminate()  # the library has no public name for it
        try:
            library._initialize()
        except library.PortAudioError as error:
            raise _silent(error) from error


def microphones() -> tuple[Microphone, ...]:
    """Return the inputs that the sound system offers, perhaps none.

    Raises InputError, with the package to install, if the sound system cannot be used at all.
    """
    with exclusive() as library:
        try:
            devices = library.query_devices()
            default = library.default.device[0]
        except library.PortAudioError as error:
            raise _silent(error) from error
    return tuple(
        Microphone(
            index=index,
            name=str(device["name"]),
            channels=int(device["max_input_channels"]),
            sample_rate=int(device["default_samplerate"]),
            default=index == default,
        )
        for index, device in enumerate(devices)
        if device["max_input_channels"] > 0
    )


def _silent(error: Exception) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The sound system does not answer: {reason}."), reason=str(error).rstrip(".")
    )
