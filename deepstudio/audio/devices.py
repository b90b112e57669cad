"""Which microphones there are. The sound library is imported when asked, never at start. Any thread."""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True, kw_only=True)
class Microphone:
    """An input of the sound system: its index there, its name, channels, and usual sample rate in hertz."""

    index: int
    name: str
    channels: int
    sample_rate: int
    default: bool = False


def microphones() -> tuple[Microphone, ...]:
    """Return the inputs that the sound system offers, perhaps none.

    Raises InputError, with the package to install, if the sound system cannot be used at all.
    """
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
    try:
        devices = sounddevice.query_devices()
        default = sounddevice.default.device[0]
    except sounddevice.PortAudioError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The sound system does not answer: {reason}."), reason=str(error).rstrip(".")
        ) from error
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
