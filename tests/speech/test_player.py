"""Blocks on their way to the sound card: all are heard once, in order, however the callback asks for them."""

import threading

import numpy as np
import pytest
import soundfile

from deepstudio.app.cli import main
from deepstudio.audio.player import _Piece
from deepstudio.core.job import SilentContext
from deepstudio.ui.workspaces.speech.playback import PlaySection, play_section


class ToldPlayer:
    """Keeps what it is to play."""

    def play_blocks(self, blocks, sample_rate, channels):
        self.sound, self.rate = np.concatenate(list(blocks)), sample_rate
        assert self.sound.shape[1] == channels


def numbered(count, size=5):
    return [np.full((size, 2), number, np.float32) for number in range(1, count + 1)]


def test_all_blocks_are_heard_once_while_others_are_still_read():
    piece = _Piece(2)
    thread = threading.Thread(target=piece.fill, args=(iter(numbered(20)),))
    thread.start()
    heard = []
    out = np.empty((7, 2), np.float32)
    while not piece.give(out):
        heard.append(out.copy())
    thread.join(10)
    sound = np.concatenate([*heard, out])
    assert sound[sound[:, 0] > 0].tolist() == np.concatenate(numbered(20)).tolist()
    assert piece.position == 100


def test_only_a_few_blocks_are_read_ahead_and_none_after_leaving():
    asked = []
    enough = threading.Event()

    def blocks():
        for block in numbered(1000):
            asked.append(block)
            if len(asked) == 5:  # four wait, the fifth has no room
                enough.set()
            yield block

    piece = _Piece(2)
    thread = threading.Thread(target=piece.fill, args=(blocks(),))
    thread.start()
    assert enough.wait(10)
    piece.leave()
    thread.join(10)
    assert not thread.is_alive() and len(asked) == 5


@pytest.mark.parametrize(("rate", "channels", "played"), [(16_000, 1, 1), (44_100, 2, 2), (192_000, 8, 1)])
def test_a_section_is_read_from_any_file(tmp_path, rate, channels, played):
    time = np.arange(3 * rate) / rate
    soundfile.write(tmp_path / "tone.wav", np.repeat(0.1 * time[:, None], channels, 1), rate)
    player = ToldPlayer()
    play_section(PlaySection(player=player, path=tmp_path / "tone.wav", start=1.0, end=1.5), SilentContext())
    assert player.sound.shape[1] == played and player.rate == min(rate, 48_000)
    assert len(player.sound) / player.rate == pytest.approx(0.5 + 0.05 + 0.08, abs=1e-3)
    assert player.sound[player.rate // 4, 0] == pytest.approx(0.1 * (1.0 - 0.05 + 0.25), abs=2e-3)
    play_section(PlaySection(player=player, path=tmp_path / "tone.wav", start=2.0), SilentContext())
    assert len(player.sound) / player.rate == pytest.approx(1.05, abs=1e-3)


def test_files_of_one_name_are_written_beside_each_other(tmp_path, capsys):
    for name in ("talk.wav", "talk.flac", "other.wav"):
        soundfile.write(tmp_path / name, np.zeros(8000, np.float32), 16_000)
    (tmp_path / "more").mkdir()
    soundfile.write(tmp_path / "more" / "talk.wav", np.zeros(8000, np.float32), 16_000)
    names = ("talk.wav", "talk.flac", "other.wav", "more/talk.wav")
    files = [str(tmp_path / name) for name in names]
    assert main(["transcribe", *files, "--model", "commands", "--format", "srt", "--out", str(tmp_path / "out")]) == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["other.srt", "talk.flac.srt", "talk.wav-2.srt", "talk.wav.srt"]
    assert [line.rsplit("/")[-1] for line in capsys.readouterr().out.splitlines()] == [
        "talk.wav.srt",
        "talk.flac.srt",
        "other.srt",
        "talk.wav-2.srt",
    ]


def test_subtitles_of_a_file_fed_live_are_printed_whole(tmp_path, capsys):
    soundfile.write(tmp_path / "talk.wav", np.zeros(1600, np.float32), 16_000)
    assert main(["transcribe", str(tmp_path / "talk.wav"), "--model", "commands", "--live", "--format", "vtt"]) == 0
    assert capsys.readouterr().out == "WEBVTT\n"
