"""Takes of a word: cut out of a stream, kept in folders, deleted and brought back, recorded from a microphone."""

import threading

import numpy as np
import pytest
import soundfile

from deepstudio.audio import word_sets
from deepstudio.audio.take_cutter import CUT_OFF, TOO_LONG, TOO_LOUD, TOO_QUIET, TakeCutter
from deepstudio.core.errors import InputError
from deepstudio.core.job import SilentContext
from deepstudio.core.listen_messages import ListenControl
from deepstudio.core.take_messages import TakeHeard, TakeRequest
from deepstudio.infer.take_recorder import TakeRecorder
from tests.helpers.fake_microphone import FakeMicrophone

RATE = 16_000


def spoken(seconds: float = 0.5, loud: float = 0.2) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (loud * np.sin(2 * np.pi * 220 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 7 * time))).astype(np.float32)


def stream(*words: np.ndarray, pause: float = 0.7, room: float = 1e-4) -> np.ndarray:
    quiet = np.zeros(round(pause * RATE), np.float32)
    whole = np.concatenate([quiet, *(part for word in words for part in (word, quiet))])
    return whole + (room * np.random.default_rng(0).standard_normal(len(whole))).astype(np.float32)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("piece", [160, 1000, 100_000])
def test_each_word_said_becomes_a_take_whatever_the_pieces(piece):
    sound, cutter = stream(spoken(), spoken(0.3), spoken(0.8)), TakeCutter(RATE)
    takes = [take for first in range(0, len(sound), piece) for take in cutter.feed(sound[first : first + piece])]
    assert [take.problem for take in takes] == [None] * 3
    for take, begins, seconds in zip(takes, (0.7, 1.9, 2.9), (0.5, 0.3, 0.8), strict=True):
        assert take.start == pytest.approx(begins - 0.15, abs=0.05)
        assert len(take.samples) / RATE == pytest.approx(seconds + 0.3, abs=0.08)
    assert cutter.finish() == []


def test_a_gap_within_a_word_does_not_cut_it():
    word = np.concatenate([spoken(0.25), np.zeros(round(0.12 * RATE), np.float32), spoken(0.1)])
    assert len(TakeCutter(RATE).feed(stream(word))) == 1


@pytest.mark.parametrize(
    ("word", "problem"),
    [(spoken(0.5, 5.0).clip(-1, 1), TOO_LOUD), (spoken(2.0), TOO_LONG), (spoken(0.5, 0.008), TOO_QUIET)],
)
def test_bad_takes_say_what_is_wrong(word, problem):
    (take,) = TakeCutter(RATE).feed(stream(word))
    assert take.problem is not None and take.problem.text == problem


def test_a_word_that_the_stream_ends_in_is_cut_off():
    cutter = TakeCutter(RATE)
    cutter.feed(np.concatenate([stream(), spoken(0.3)]))
    (take,) = cutter.finish()
    assert take.problem is not None and take.problem.text == CUT_OFF


def test_clicks_and_a_steady_room_are_no_takes():
    click = np.zeros(RATE, np.float32)
    click[8000:8160] = 0.5
    room = (0.05 * np.random.default_rng(1).standard_normal(12 * RATE)).astype(np.float32)
    cutter = TakeCutter(RATE)
    assert cutter.feed(np.concatenate([stream(), click, stream()])) == []
    takes = cutter.feed(room)  # a fan is switched on: at most one long sound, then it is the room
    assert all(take.problem is not None for take in takes) and len(takes) <= 1
    assert len(cutter.feed(stream(spoken(0.5, 0.9), room=0.05))) == 1


def test_a_word_set_is_folders_of_takes(home):
    one = word_sets.create_word_set("Lights")
    one = word_sets.add_word(one, "on")
    one = word_sets.add_word(one, "off/away?")
    assert word_sets.readiness(one).text.startswith("“{name}” needs")
    for _ in range(3):
        for text in ("on", "off/away?"):
            one, take = word_sets.add_take(one, text, spoken())
    assert word_sets.readiness(one) is None and one.takes == 6
    assert word_sets.word_sets() == [one] and word_sets.open_word_set(one.folder) == one
    assert [take.path.name for take in one.words[0].takes] == ["001.flac", "002.flac", "003.flac"]
    assert soundfile.info(take.path).samplerate == RATE and take.seconds == pytest.approx(0.5)
    named, _ = word_sets.add_take(one, "on", spoken(), speaker="Ann Lee")
    assert named.words[0].takes[-1].speaker == "Ann Lee"


def test_names_that_are_empty_or_taken_are_refused(home):
    one = word_sets.add_word(word_sets.create_word_set("Lights"), "on")
    for act in (
        lambda: word_sets.create_word_set("lights "),
        lambda: word_sets.create_word_set("  "),
        lambda: word_sets.add_word(one, "ON"),
        lambda: word_sets.add_word(one, "x" * 61),
        lambda: word_sets.add_take(one, "never", spoken()),
        lambda: word_sets.open_word_set(home),
    ):
        with pytest.raises(InputError):
            act()


def test_what_is_deleted_can_be_brought_back(home):
    one = word_sets.add_word(word_sets.add_word(word_sets.create_word_set("Lights"), "on"), "off")
    one, take = word_sets.add_take(one, "on", spoken())
    without, aside = word_sets.delete_take(one, take)
    assert without.takes == 0
    word_sets.restore(aside)
    assert word_sets.open_word_set(one.folder) == one
    without, aside = word_sets.delete_word(one, "on")
    assert [word.text for word in without.words] == ["off"]
    word_sets.restore(aside)
    assert {word.text: len(word.takes) for word in word_sets.open_word_set(one.folder).words} == {"off": 0, "on": 1}
    aside = word_sets.delete_word_set(one)
    assert word_sets.word_sets() == []
    assert word_sets.restore(aside) == one.folder and len(word_sets.word_sets()) == 1
    aside = word_sets.delete_word_set(one)
    word_sets.purge(aside)
    assert not aside.lies.exists()


def test_a_renamed_word_keeps_its_takes(home):
    one = word_sets.add_word(word_sets.create_word_set("Lights"), "on")
    one, _ = word_sets.add_take(one, "on", spoken())
    renamed = word_sets.rename_word(one, "on", "On")
    assert [(word.text, len(word.takes)) for word in renamed.words] == [("On", 1)]
    renamed = word_sets.rename_word(renamed, "On", "bright")
    assert [(word.text, len(word.takes)) for word in renamed.words] == [("bright", 1)]


def test_takes_come_from_files_too_and_long_ones_are_cut(home, tmp_path):
    soundfile.write(tmp_path / "one.wav", np.stack([spoken(), spoken()], 1), 44_100)
    soundfile.write(tmp_path / "many.wav", stream(spoken(), spoken(), spoken()), RATE)
    soundfile.write(tmp_path / "none.wav", stream(pause=3.0), RATE)
    one = word_sets.add_word(word_sets.create_word_set("Lights"), "on")
    one, takes = word_sets.import_takes(one, "on", [tmp_path / "one.wav", tmp_path / "many.wav"])
    assert len(takes) == one.takes == 4
    with pytest.raises(InputError, match="No single word"):
        word_sets.import_takes(one, "on", [tmp_path / "none.wav"])


class _Listening(SilentContext):
    def __init__(self, enough: int) -> None:
        super().__init__()
        self.takes: list[TakeHeard] = []
        self.opened = threading.Event()
        self.enough = threading.Event()
        self._enough = enough

    def partial(self, value: object) -> None:
        self.opened.set()
        if isinstance(value, TakeHeard):
            self.takes.append(value)
            if len(self.takes) == self._enough:
                self.enough.set()


def test_takes_are_recorded_until_there_are_enough():
    microphone, context = FakeMicrophone(), _Listening(4)
    request = TakeRequest(control=ListenControl(), wanted=3)
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(TakeRecorder(microphone.open).record(request, context)))
    thread.start()
    assert context.opened.wait(10)
    microphone.say(stream(spoken(), spoken(0.5, 5.0).clip(-1, 1), spoken(), spoken(), spoken())[:, None])
    thread.join(20)
    assert not thread.is_alive()
    assert [take.good for take in context.takes] == [1, 1, 2, 3]
    assert len(results[0].takes) == 3


def test_stop_ends_the_recording_of_takes():
    microphone, context = FakeMicrophone(), _Listening(1)
    control = ListenControl()
    results: list[object] = []
    thread = threading.Thread(
        target=lambda: results.append(
            TakeRecorder(microphone.open).record(TakeRequest(control=control, wanted=9), context)
        )
    )
    thread.start()
    assert context.opened.wait(10)
    microphone.say(stream(spoken())[:, None])
    assert context.enough.wait(10)
    control.stop()
    thread.join(20)
    assert not thread.is_alive() and len(results[0].takes) == 1
