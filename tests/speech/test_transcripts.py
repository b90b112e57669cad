"""Files in and out: sound of any kind, and the forms of a transcript."""

import json

import numpy as np
import pytest
import soundfile

from deepstudio.audio.sound_files import SoundReader, read_sound
from deepstudio.audio.transcripts import Segment, Transcript, as_json, as_srt, as_text, as_webvtt
from deepstudio.core.errors import InputError
from deepstudio.core.speech_messages import Final, Partial, Revised, Word


def words(text: str, start: float = 1.0, each: float = 0.4) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start=round(start + i * each, 3), end=round(start + (i + 0.9) * each, 3), confidence=0.9)
        for i, word in enumerate(text.split())
    )


def segment(text: str, start: float = 1.0) -> Segment:
    spoken = words(text, start)
    return Segment(start=spoken[0].start, end=spoken[-1].end, text=text, words=spoken)


def test_a_revised_segment_takes_the_place_of_the_first_reading():
    transcript = Transcript()
    first, again = words("hello word"), words("hello world")
    transcript.add(Partial(segment=0, text="hello", start=1.0, end=1.4, words=first[:1]))
    transcript.add(Final(segment=0, text="hello word", start=1.0, end=1.8, words=first))
    transcript.add(Final(segment=1, text="yes", start=3.0, end=3.4, words=words("yes", 3.0)))
    transcript.add(Revised(segment=0, text="hello world", start=1.0, end=1.8, words=again, before="hello word"))
    assert as_text(transcript.segments) == "hello world\nyes\n"


def test_srt_has_numbers_times_and_short_cues():
    long = " ".join(f"word{number}" for number in range(40))
    made = as_srt([segment("one two"), segment(long, 3661.5)])
    blocks = made.strip().split("\n\n")
    assert blocks[0] == "1\n00:00:01,000 --> 00:00:02,000\none two"
    assert blocks[1].startswith("2\n01:01:01,500 --> ")
    assert [block.split("\n")[0] for block in blocks] == [str(number + 1) for number in range(len(blocks))]
    for block in blocks:
        lines = block.split("\n")[2:]
        assert len(lines) <= 2 and sum(map(len, lines)) <= 80
    assert " ".join(" ".join(block.split("\n")[2:]) for block in blocks[1:]) == long


def test_webvtt_times_words_and_escapes():
    made = as_webvtt([segment("a <b> & c")])
    assert made.startswith("WEBVTT\n\n00:00:01.000 --> ")
    assert "a <00:00:01.400>&lt;b&gt; <00:00:01.800>&amp; <00:00:02.200>c" in made


def test_subtitles_stay_long_enough_to_be_read_and_never_overlap():
    brief, soon = segment("yes"), segment("no", 1.6)
    typed = Word(text="typed", start=2.0, end=2.0, confidence=1.0)
    without_time = Segment(start=2.0, end=2.0, text=" ".join(["typed"] * 40), words=(typed,) * 40)
    cues = [block.split("\n")[1] for block in as_srt([brief, soon, without_time]).strip().split("\n\n")]
    assert cues[0] == "00:00:01,000 --> 00:00:01,600"
    assert cues[1] == "00:00:01,600 --> 00:00:02,000"
    times = [moment for cue in cues for moment in cue.split(" --> ")]
    assert times == sorted(times)
    assert all(len(set(cue.split(" --> "))) == 2 for cue in cues)


def test_json_is_complete():
    made = json.loads(as_json([segment("one two")], file="x.wav"))
    assert made["file"] == "x.wav"
    assert made["segments"][0]["words"][1] == {
        "text": "two",
        "start": 1.4,
        "end": 1.76,
        "confidence": 0.9,
        "known": True,
    }


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000, 192_000])
@pytest.mark.parametrize("channels", [1, 2, 8])
def test_any_rate_and_channels_become_mono_at_16_khz(tmp_path, rate, channels):
    seconds = 1.7
    tone = 0.4 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)
    soundfile.write(tmp_path / "tone.wav", np.repeat(tone[:, None], channels, 1), rate)
    with SoundReader(tmp_path / "tone.wav") as reader:
        assert (reader.rate, reader.channels) == (rate, channels)
        assert reader.duration == pytest.approx(seconds, abs=1e-3)
        heard = np.concatenate(list(reader.blocks(0.1)))
    assert len(heard) == pytest.approx(16_000 * seconds, abs=2)
    assert heard.dtype == np.float32
    expected = 0.4 * np.sin(2 * np.pi * 440 * np.arange(len(heard)) / 16_000)
    assert np.abs(heard - expected)[800:-800].max() < 0.01


@pytest.mark.parametrize("kind", ["flac", "ogg", "aiff", "mp3", "w64"])
def test_many_formats_are_read(tmp_path, kind):
    tone = (0.3 * np.sin(np.arange(32_000) / 20)).astype(np.float32)
    soundfile.write(tmp_path / f"tone.{kind}", tone, 16_000)
    assert len(read_sound(tmp_path / f"tone.{kind}")) == pytest.approx(32_000, abs=3000)


def test_what_is_no_sound_is_said_plainly(tmp_path):
    (tmp_path / "no.wav").write_bytes(b"RIFF no sound at all")
    with pytest.raises(InputError, match=r"no\.wav cannot be read as sound"):
        read_sound(tmp_path / "no.wav")
    with pytest.raises(InputError, match="There is no file"):
        read_sound(tmp_path / "missing.wav")


def test_an_empty_file_is_silence(tmp_path):
    soundfile.write(tmp_path / "empty.wav", np.zeros(0, np.float32), 44_100)
    assert len(read_sound(tmp_path / "empty.wav")) == 0


def test_of_a_file_that_was_cut_short_all_that_is_there_is_read(tmp_path):
    soundfile.write(tmp_path / "whole.flac", np.random.default_rng(0).uniform(-0.5, 0.5, 64_000), 16_000)
    there = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(there[: len(there) // 2])
    with SoundReader(tmp_path / "cut.flac") as reader:
        heard = np.concatenate(list(reader.blocks(0.1)))
        assert 1.5 < len(heard) / 16_000 <= 2.0
        assert reader.duration == pytest.approx(len(heard) / 16_000)
        assert "cut.flac breaks off after" in str(reader.trouble)
    with SoundReader(tmp_path / "whole.flac") as reader:
        assert sum(map(len, reader.blocks())) == 64_000
        assert reader.trouble is None


def test_a_file_that_ends_sooner_than_it_says_is_told_to_be_cut(tmp_path):
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, 160_000)
    soundfile.write(tmp_path / "whole.mp3", sound, 16_000)
    there = (tmp_path / "whole.mp3").read_bytes()
    (tmp_path / "cut.mp3").write_bytes(there[: len(there) // 2])
    with SoundReader(tmp_path / "cut.mp3") as reader:
        heard = sum(map(len, reader.blocks()))
        assert reader.duration == pytest.approx(heard / 16_000, abs=0.01)
        assert "cut.mp3 breaks off after" in str(reader.trouble)
    with SoundReader(tmp_path / "whole.mp3") as reader:
        assert sum(map(len, reader.blocks())) == pytest.approx(160_000, abs=3000)
        assert reader.trouble is None
        assert len(list(reader.all_channels(1.0, start=5.0)))
        assert reader.trouble is None


def test_what_is_no_number_or_beyond_all_sound_is_kept_out(tmp_path):
    sound = np.full(1600, 0.1, np.float32)
    sound[:4] = np.nan, np.inf, -np.inf, 1e38
    soundfile.write(tmp_path / "odd.wav", sound, 16_000, subtype="FLOAT")
    heard = read_sound(tmp_path / "odd.wav")
    assert heard[:3].tolist() == [0, 0, 0]
    assert np.isfinite(np.float32(heard[3]) ** 2 * 1600)
    assert heard[4] == np.float32(0.1)
