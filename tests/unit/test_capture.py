"""How a microphone is opened, with a sound library made up here in place of PortAudio's."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from deepstudio.audio import devices
from deepstudio.audio.capture import Opening, open_microphone
from deepstudio.core.errors import InputError


class PortAudioError(Exception):
    pass


class Library:
    """One input device; `accepts` says which (hertz, channels) it takes."""

    PortAudioError = PortAudioError

    def __init__(
        self, *, rate: float = 48_000.0, channels: int = 1, accepts: Callable[[int, int], bool] = lambda rate, n: True
    ) -> None:
        self.devices = [{"name": "Desk", "max_input_channels": channels, "default_samplerate": rate}]
        self.default = SimpleNamespace(device=(0, 0))
        self.accepts = accepts
        self.opened: list[dict[str, Any]] = []
        self.denied = ""

    def query_devices(self) -> list[dict[str, Any]]:
        return self.devices

    def check_input_settings(self, device: int, *, channels: int, dtype: str, samplerate: int) -> None:
        if not self.accepts(samplerate, channels):
            raise PortAudioError("Invalid sample rate")

    def InputStream(self, **options: Any) -> Any:  # noqa: N802 - the library's name
        if self.denied:
            raise PortAudioError(self.denied)
        self.opened.append(options)
        return SimpleNamespace(start=lambda: None, close=lambda: None, time=0.0)


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[[Library], Library]:
    def put(library: Library) -> Library:
        monkeypatch.setattr(devices, "sound_library", lambda: library)
        return library

    return put


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("channels", [1, 2, 4, 8])
def test_a_device_is_opened_as_it_wants_to_be(plug, rate, channels):
    library = plug(Library(rate=rate, channels=channels, accepts=lambda hertz, n: (hertz, n) == (rate, channels)))
    capture, microphone = open_microphone()
    assert capture.opening == Opening(device=0, sample_rate=rate, channels=channels)
    assert microphone.name == "Desk"
    assert library.opened[0]["samplerate"] == rate and library.opened[0]["dtype"] == "float32"


def test_more_than_eight_channels_are_not_asked_for(plug):
    plug(Library(channels=64, accepts=lambda hertz, n: n == 8))
    assert open_microphone()[0].opening.channels == 8


def test_another_rate_is_tried_where_the_usual_one_is_refused(plug):
    plug(Library(rate=44_100, accepts=lambda hertz, n: hertz == 16_000))
    assert open_microphone()[0].opening.sample_rate == 16_000


def test_after_a_gap_it_is_opened_as_before_or_not_at_all(plug):
    plug(Library(accepts=lambda hertz, n: hertz == 48_000))
    with pytest.raises(InputError, match="cannot be opened"):
        open_microphone(like=Opening(device=0, sample_rate=44_100, channels=1))


def test_a_device_that_takes_nothing_is_said_with_its_reason(plug):
    plug(Library(accepts=lambda hertz, n: False))
    with pytest.raises(InputError, match="'Desk' cannot be opened: Invalid sample rate"):
        open_microphone()


def test_denied_access_says_where_to_look(plug):
    plug(Library()).denied = "Device unavailable"
    with pytest.raises(InputError, match="cannot be opened: Device unavailable") as caught:
        open_microphone()
    assert "privacy settings" in str(caught.value.fix)


def test_no_microphone_and_one_that_left_are_said_apart(plug):
    library = plug(Library())
    with pytest.raises(InputError, match="'Headset' is not there"):
        open_microphone("Headset")
    library.devices = [{"name": "Speakers", "max_input_channels": 0, "default_samplerate": 48_000.0}]
    with pytest.raises(InputError, match="There is no microphone"):
        open_microphone()


def test_a_silent_sound_system_is_said_plainly(plug, monkeypatch):
    library = plug(Library())

    def fail() -> None:
        raise PortAudioError("Internal error.")

    monkeypatch.setattr(library, "query_devices", fail)
    with pytest.raises(InputError, match="sound system does not answer: Internal error"):
        open_microphone()


@pytest.mark.parametrize(
    ("error", "sentence", "fix"),
    [
        (ImportError("no module"), "package sounddevice is missing", "pip install sounddevice"),
        (OSError("no library"), "PortAudio is missing", "libportaudio2"),
    ],
)
def test_what_is_missing_is_named_with_what_to_type(monkeypatch, error, sentence, fix):
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name == "sounddevice":
            raise error
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=sentence) as caught:
        devices.sound_library()
    assert fix in str(caught.value.fix)
