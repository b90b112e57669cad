"""The job between microphone, disk, screen and recogniser."""

from __future__ import annotations

import json
import threading
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from deepstudio.audio import recordings as store
from deepstudio.audio.picture import SoundPicture
from deepstudio.audio.recorder import Sound
from deepstudio.core.errors import InputError, JobCancelled, StorageError
from deepstudio.core.job import SilentContext
from deepstudio.core.listen_messages import (
    HeardSound,
    ListenControl,
    ListenRequest,
    ListenResult,
    ListenTrouble,
    Loudness,
    MicrophoneOpen,
    RecordingBegun,
)
from deepstudio.core.speech_messages import Final, Partial, SpeechEvent, Word
from deepstudio.infer.listen import Listener
from deepstudio.infer.live_recording import LiveRecording
from tests.helpers.fake_microphone import FakeMicrophone


class CountingRecognizer:
    """Says a word for each second of sound, and one more for the tail. `gate` holds it up."""

    def __init__(self) -> None:
        self.processed = 0.0
        self.speaking = True
        self.compute_seconds = 0.25
        self.pieces: list[np.ndarray] = []
        self.gate = threading.Event()
        self.gate.set()

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        assert self.gate.wait(20)
        before, self.processed = self.processed, self.processed + len(samples) / 16_000
        self.pieces.append(samples)
        return [self._final(second) for second in range(int(before), int(self.processed))]

    def finish(self) -> list[SpeechEvent]:
        self.pieces.append(np.zeros(0, np.float32))
        return [self._final(int(self.processed))]

    def _final(self, second: int) -> SpeechEvent:
        word = Word(text=f"word{second}", start=float(second), end=second + 0.9, confidence=0.8)
        return Final(segment=second, text=word.text, start=word.start, end=word.end, words=(word,))


class Watched(SilentContext):
    """Keeps partial results, and lets a test wait for one of a kind."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []
        self._news = threading.Condition()

    def partial(self, value: object) -> None:
        with self._news:
            self.found.append(value)
            self._news.notify_all()

    def wait_for(self, kind: type, *, count: int = 1) -> Any:
        with self._news:
            assert self._news.wait_for(lambda: len(self.of(kind)) >= count, 20), f"no {kind.__name__}"
            return self.of(kind)[count - 1]

    def wait_until_heard(self, seconds: float) -> None:
        with self._news:
            assert self._news.wait_for(lambda: any(each.seconds >= seconds for each in self.of(HeardSound)), 20)

    def of(self, kind: type) -> list[Any]:
        return [value for value in self.found if isinstance(value, kind)]


class Listening:
    """The job in a thread, as in the audio lane."""

    def __init__(self, microphone: FakeMicrophone, recognizer: CountingRecognizer | None) -> None:
        self.control, self.context = ListenControl(), Watched()
        self.result: ListenResult | None = None
        self.error: BaseException | None = None
        listener = Listener(lambda request: recognizer, microphone.open)
        self._thread = threading.Thread(target=self._run, args=(listener,))
        self._thread.start()
        self.context.wait_for(MicrophoneOpen)

    def _run(self, listener: Listener) -> None:
        try:
            self.result = listener.listen(ListenRequest(control=self.control), self.context)
        except Exception as error:
            self.error = error

    def end(self) -> ListenResult:
        self._thread.join(20)
        assert self.error is None and self.result is not None
        return self.result

    def failed(self) -> BaseException:
        self._thread.join(20)
        assert self.error is not None
        return self.error


def ramp(frames: int, start: int = 0) -> np.ndarray:
    return (np.arange(start, start + frames, dtype=np.float32)[:, None] % 30_000) / 32767


def test_all_that_was_said_is_recorded_and_understood() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Listening(microphone, recognizer)
    microphone.say(ramp(1_600))
    assert job.context.wait_for(Loudness).peak > 0
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(40_000, start=1_600))
    job.control.stop()
    result = job.end()
    assert result.folder is not None and result.lost == 0
    sound, _ = soundfile.read(result.folder / "recording.flac", dtype="int16")
    assert np.array_equal(sound, np.arange(41_600) % 30_000)
    assert sum(map(len, recognizer.pieces)) == 41_600
    assert result.texts == ("word0", "word1", "word2")  # the tail too
    transcript = json.loads((result.folder / "transcript.json").read_text())
    assert [segment["text"] for segment in transcript["segments"]] == ["word0", "word1", "word2"]
    shown = job.context.of(HeardSound)
    assert sum(len(message.envelope) for message in shown) == 260
    assert shown[-1].backlog == 0.0
    assert result.real_time_factor == pytest.approx(0.25 / 2.6)


def test_a_recogniser_that_stands_still_costs_nothing() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Listening(microphone, recognizer)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    recognizer.gate.clear()
    microphone.say(ramp(160_000))
    job.control.stop()
    recognizer.gate.set()
    result = job.end()
    assert result.seconds == pytest.approx(10.0)
    assert sum(map(len, recognizer.pieces)) == 160_000
    assert len(recognizer.pieces) < 900  # it came as 1,000 blocks: who lags takes bigger pieces


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set as soon as the folder of a recording is there."""
    there = threading.Event()

    def begin(**about: Any) -> store.Recording:
        recording = store.begin_recording(**about)
        there.set()
        return recording

    monkeypatch.setattr("deepstudio.infer.listen.begin_recording", begin)
    return there


class Loading(Listening):
    """Opens the recogniser, or raises `error`, once `loaded` is set."""

    def __init__(
        self, microphone: FakeMicrophone, recognizer: CountingRecognizer, error: Exception | None = None
    ) -> None:
        self.loaded = threading.Event()
        self.threads: list[int] = []
        self._microphone, self._recognizer, self._error = microphone, recognizer, error
        super().__init__(microphone, recognizer)

    def _run(self, listener: Listener) -> None:
        super()._run(Listener(self._open, self._microphone.open))

    def _open(self, request: ListenRequest) -> CountingRecognizer:
        self.threads = [threading.get_ident()]
        assert self.loaded.wait(20)
        if self._error is not None:
            raise self._error
        return self._recognizer


def test_what_is_said_while_the_model_loads_is_kept(begun: threading.Event) -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Loading(microphone, recognizer)
    microphone.say(ramp(8_000))
    job.control.record()
    microphone.say(ramp(64_000, start=8_000))  # four seconds: more than the moment before the button
    assert begun.wait(20)  # on disk from the press of the button on: a crash would lose nothing
    job.loaded.set()
    job.context.wait_for(RecordingBegun)
    job.control.stop()
    assert job.end().seconds >= 4.0
    assert sum(map(len, recognizer.pieces)) >= 64_000


def test_level_wave_and_time_are_live_while_the_model_loads() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Loading(microphone, recognizer)
    microphone.say(ramp(1_600))
    assert job.context.wait_for(Loudness).peak > 0
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(64_000, start=1_600))
    job.context.wait_until_heard(4.1)
    shown = job.context.of(HeardSound)
    assert sum(len(message.envelope) for message in shown) == 410 and max(message.rms for message in shown) > 0
    assert shown[-1].backlog == pytest.approx(4.1) and recognizer.pieces == []
    job.loaded.set()
    job.control.stop()
    assert job.end().texts == ("word0", "word1", "word2", "word3", "word4")
    assert sum(len(message.envelope) for message in job.context.of(HeardSound)) == 410  # nothing is drawn twice
    assert job.context.of(HeardSound)[-1].backlog == 0.0


def test_what_was_said_meanwhile_is_heard_in_order_and_before_what_follows() -> None:
    microphone, recognizer = FakeMicrophone(), ThreadRecognizer()
    job = Loading(microphone, recognizer)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    for second in range(5):
        microphone.say(ramp(16_000, start=16_000 * second))
        job.context.wait_until_heard(second + 1.0)
    job.loaded.set()
    microphone.say(ramp(16_000, start=80_000))
    job.control.stop()
    result = job.end()
    with soundfile.SoundFile(result.folder / "recording.flac") as file:  # type: ignore[operator]
        recorded = file.read(dtype="float32")
    assert np.allclose(np.concatenate(recognizer.pieces), recorded, atol=1e-4) and len(recorded) == 96_000
    assert len(recognizer.pieces) < 100  # it came as 600 blocks
    events = [event.segment for message in job.context.of(HeardSound) for event in message.events]
    assert events == [0, 1, 2, 3, 4, 5, 6]
    assert recognizer.threads == set(job.threads)  # fed where it was opened: torch's threads are settled there


class ThreadRecognizer(CountingRecognizer):
    """Remembers who fed it."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        self.threads.add(threading.get_ident())
        return super().feed(samples)


def test_level_stays_live_while_the_recogniser_catches_up() -> None:
    recorder: Any = SimpleNamespace(seconds=10.0, lost=0, clock=11.0)
    recording = store.begin_recording(microphone="Fake", sample_rate=16_000, channels=1)
    recognizer, context = CountingRecognizer(), Watched()
    live = LiveRecording(recorder, recording, context)
    live.take(Sound(samples=np.full(160_000, 0.1, np.float32), captured_at=10.0))
    live.understand_with(recognizer)
    live.catch_up()
    recorder.seconds = 11.0
    live.take(Sound(samples=np.full(16_000, 0.2, np.float32), captured_at=11.0))
    newest = context.of(HeardSound)[-1]
    assert newest.rms == pytest.approx(0.2) and len(newest.envelope) == 100  # shown before what waits is understood
    assert newest.backlog == pytest.approx(9.0) and newest.events == ()
    live.finish()
    assert [len(piece) for piece in recognizer.pieces] == [32_000] * 5 + [16_000, 0]
    latencies = [message.latency for message in context.of(HeardSound) if message.latency is not None]
    assert latencies[0] == pytest.approx(11.0 - 1.9)  # the truth: what was said meanwhile came late


def test_stop_while_the_model_loads_still_understands_everything() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Loading(microphone, recognizer)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(40_000))
    job.control.stop()
    job.context.wait_until_heard(2.5)
    job.loaded.set()
    assert job.end().texts == ("word0", "word1", "word2")


def test_cancelled_while_the_model_loads_keeps_the_sound() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Loading(microphone, recognizer)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(40_000))
    job.context.wait_until_heard(2.5)
    job.context.cancelled = True
    job.loaded.set()
    assert isinstance(job.failed(), JobCancelled)
    (kept,) = store.recordings()
    assert kept.about.complete and kept.seconds == pytest.approx(2.5)
    assert not kept.transcript.exists() and recognizer.pieces == []


@pytest.mark.parametrize("shown", [True, False])
def test_what_was_said_is_kept_where_the_model_cannot_be_opened(shown: bool, begun: threading.Event) -> None:
    microphone = FakeMicrophone()
    job = Loading(microphone, CountingRecognizer(), InputError("The model is damaged."))
    job.control.record()
    microphone.say(ramp(16_000))
    assert begun.wait(20)
    if shown:
        job.context.wait_until_heard(1.0)
    job.loaded.set()
    assert "damaged" in str(job.failed())
    (kept,) = store.recordings()
    assert kept.about.complete and kept.seconds == pytest.approx(1.0)
    assert not kept.transcript.exists()  # still to be understood


def test_latency_counts_from_the_end_of_the_word() -> None:
    microphone, recognizer = FakeMicrophone(), CountingRecognizer()
    job = Listening(microphone, recognizer)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(16_000))
    job.control.stop()
    job.end()
    latencies = [message.latency for message in job.context.of(HeardSound) if message.latency is not None]
    # The fake card's clock stands at the end of the sound (1.0 s); word0 ended at 0.9 s, the tail's word1 at 1.9 s.
    assert latencies[0] == pytest.approx(0.1, abs=0.02)


def test_stop_without_recording_leaves_nothing() -> None:
    microphone = FakeMicrophone()
    job = Listening(microphone, CountingRecognizer())
    microphone.say(ramp(3_200))
    job.control.stop()
    assert job.end().folder is None
    assert store.recordings() == []
    assert microphone.streams[-1].closed


def test_cancelled_job_keeps_the_recording() -> None:
    microphone = FakeMicrophone()
    job = Listening(microphone, CountingRecognizer())
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(8_000))
    job.context.wait_for(HeardSound)
    job.context.cancelled = True
    assert isinstance(job.failed(), JobCancelled)
    (kept,) = store.recordings()
    assert kept.about.complete and kept.seconds == pytest.approx(0.5)


class PhraseRecognizer(CountingRecognizer):
    """Closes the first second as a segment, and shows more and more of the next one."""

    def feed(self, samples: np.ndarray) -> list[SpeechEvent]:
        events = super().feed(samples)
        if self.processed < 1.1:
            return events
        texts = ("half", "a") if self.processed < 1.5 else ("half", "a", "phrase")
        words = tuple(
            Word(text=text, start=1.0 + 0.2 * place, end=1.2 + 0.2 * place, confidence=0.5)
            for place, text in enumerate(texts)
        )
        return [*events, Partial(segment=1, text=" ".join(texts), start=1.0, end=words[-1].end, words=words)]


def test_cancelled_job_keeps_the_text_that_was_on_screen() -> None:
    microphone = FakeMicrophone()
    job = Listening(microphone, PhraseRecognizer())
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(25_600))
    job.context.wait_until_heard(1.6)
    job.context.cancelled = True
    assert isinstance(job.failed(), JobCancelled)
    (kept,) = store.recordings()
    segments = json.loads(kept.transcript.read_text())["segments"]
    assert [segment["text"] for segment in segments] == ["word0", "half a phrase"]
    assert [word["text"] for word in segments[1]["words"]] == ["half", "a", "phrase"]


def test_full_disk_at_the_end_leaves_the_text_and_what_was_captured() -> None:
    resource = pytest.importorskip("resource")
    microphone = FakeMicrophone()
    job = Listening(microphone, CountingRecognizer())
    job.control.record()
    folder = job.context.wait_for(RecordingBegun).folder
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (32_000, 1)).astype(np.float32)
    microphone.say(noise)
    job.context.wait_until_heard(2.0)
    assert (folder / "tail-0000.pcm").stat().st_size == 2 * len(noise)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        job.control.stop()
        error = job.failed()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, StorageError) and "put together" in str(error)
    assert "word0" in (folder / "transcript.json").read_text()
    kept = store.complete_recording(store.open_recording(folder))  # what the next start does
    assert kept.seconds == pytest.approx(2.0)


def test_unplugging_is_told_and_survived() -> None:
    microphone = FakeMicrophone()
    job = Listening(microphone, CountingRecognizer())
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(1_600))
    microphone.unplug()
    assert job.context.wait_for(ListenTrouble).failure is not None
    microphone.refusing = False
    assert job.context.wait_for(ListenTrouble, count=2).gap > 0
    microphone.say(ramp(1_600))
    job.control.stop()
    assert job.end().seconds > 0.2


def test_without_a_microphone_the_job_fails_in_plain_words() -> None:
    microphone = FakeMicrophone()
    microphone.refusing = True
    listener = Listener(lambda request: None, microphone.open)
    with pytest.raises(InputError, match="no microphone"):
        listener.listen(ListenRequest(control=ListenControl()), SilentContext())


def test_recording_without_understanding() -> None:
    microphone = FakeMicrophone()
    job = Listening(microphone, None)
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(1_600))
    job.control.stop()
    result = job.end()
    assert result.texts == () and result.seconds == pytest.approx(0.1)


def test_picture_has_a_column_each_hundredth_however_sound_comes() -> None:
    random = np.random.default_rng(0)
    sound = (0.1 * random.standard_normal(16_000)).astype(np.float32)
    whole = SoundPicture().feed(sound)
    picture = SoundPicture()
    parts = [picture.feed(sound[start : start + 333]) for start in range(0, len(sound), 333)]
    for index in (0, 1):
        assert np.array_equal(np.concatenate([part[index] for part in parts]), whole[index])
    assert len(whole[0]) == 100 and abs(len(whole[1]) - 100) <= 2
    assert whole[1].max() > 0 and not whole[1].flags.writeable


def test_partial_words_are_shown_but_not_kept() -> None:
    class Guessing(CountingRecognizer):
        def finish(self) -> list[SpeechEvent]:
            return [Partial(segment=99, text="perhaps", start=0.0, end=1.0, words=())]

    microphone = FakeMicrophone()
    job = Listening(microphone, Guessing())
    job.control.record()
    job.context.wait_for(RecordingBegun)
    microphone.say(ramp(1_600))
    job.control.stop()
    assert job.end().texts == ()
    assert any(event.text == "perhaps" for message in job.context.of(HeardSound) for event in message.events)
