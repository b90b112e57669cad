"""What the tour speaks with: a simulated microphone in real time, and sounds that the program makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from deepstudio.app.tour.simulated_microphone import RATE, SimulatedMicrophone
from deepstudio.app.tour.voices import Voices, joined, made_word, read
from deepstudio.audio.take_cutter import TakeCutter


def test_simulated_microphone_gives_what_is_played_and_then_silence() -> None:
    microphone = SimulatedMicrophone()
    first, second = np.full(500, 0.5, np.float32), np.full(300, -0.25, np.float32)
    microphone.play(first)
    microphone.play(second)
    heard = np.concatenate([microphone.take(320) for _ in range(3)])
    assert np.array_equal(heard[:800], np.concatenate([first, second]))
    assert not heard[800:].any()
    assert microphone.silent


def test_open_simulated_microphone_is_heard_by_the_capture() -> None:
    microphone = SimulatedMicrophone()
    microphone.play(np.full(RATE // 10, 0.5, np.float32))
    capture, about = microphone.open()
    try:
        found: list[np.ndarray] = []
        while sum(len(part) for part in found) < RATE // 10:
            assert capture.arrived.wait(20)
            capture.arrived.clear()
            found.append(capture.ring.take())
    finally:
        capture.close()
    assert about.name == microphone.name
    heard = np.concatenate(found)[: RATE // 10, 0]
    assert np.abs(heard - 0.5).max() < 0.01


def test_made_words_are_each_one_take_and_the_same_every_time() -> None:
    words = [made_word("aoa", seed=seed) for seed in range(3)]
    assert np.array_equal(words[0].samples, made_word("aoa", seed=0).samples)
    assert all(word.made and 0.1 < np.abs(word.samples).max() < 0.6 for word in words)
    hiss = 0.0004 * np.random.default_rng(0).standard_normal(20 * RATE).astype(np.float32)
    sound = np.concatenate([np.zeros(RATE, np.float32), joined(words, pause=0.9), np.zeros(RATE, np.float32)])
    cutter = TakeCutter(RATE)
    takes = [*cutter.feed(sound + hiss[: len(sound)]), *cutter.finish()]
    assert [take.problem for take in takes] == [None] * 3


def test_voices_come_from_the_tables_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    sentence = "the harbour was built when the first ships came"
    rows = [("a.wav", "left"), ("b.wav", sentence), ("c.wav", "a b c d e f g h")]
    for name, _ in rows:
        soundfile.write(folder / name, np.full(800, 0.1), 8_000)
    lines = ["path\ttext\tseconds", *(f"{name}\t{text}\t0.1" for name, text in rows)]
    (folder / "test.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    voices = Voices(tmp_path)
    assert [saying.text for saying in voices.words(("right", "left"))] == ["left"]
    assert [saying.text for saying in voices.sentences(2)] == [sentence]
    assert len(read(folder / "a.wav")) == 1600
    assert all(saying.made for saying in Voices(None).sentences(2))
    assert Voices(None).words(("left",)) == []
