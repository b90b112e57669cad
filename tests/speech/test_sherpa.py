"""A folder of sherpa-onnx as engine, with a package of that name made up here: two words a second, whatever is said."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from deepstudio.app.cli import main
from deepstudio.audio.engine_folder import look_at_engine
from deepstudio.core.errors import InputError
from deepstudio.core.speech_messages import Final, Partial
from deepstudio.infer.sherpa import open_sherpa

PACKAGE = """
import sys
from types import SimpleNamespace

TOKENS = ["▁HE", "LLO", "▁", "WORLD", "你", "好"]


class Stream:
    def __init__(self):
        self.samples, self.decoded, self.begin, self.ended = 0, 0, 0, False

    def accept_waveform(self, rate, samples):
        assert rate == 16000 and samples.ndim == 1
        self.samples += len(samples)

    def input_finished(self):
        self.ended = True


class OnlineRecognizer:
    @classmethod
    def from_transducer(cls, tokens, encoder, decoder, joiner, num_threads, enable_endpoint_detection,
                        rule1_min_trailing_silence, rule2_min_trailing_silence, rule3_min_utterance_length):
        if "broken" in encoder:
            sys.exit("encoder: no metadata")
        return cls()

    @classmethod
    def from_paraformer(cls, tokens, encoder, decoder, num_threads, enable_endpoint_detection,
                        rule1_min_trailing_silence, rule2_min_trailing_silence, rule3_min_utterance_length):
        made = cls()
        made.tokens, made.tells_times = ["he@@", "llo", "world", "你", "好", "ok"], False
        return made

    @classmethod
    def from_nemo_ctc(cls, tokens, model, num_threads, enable_endpoint_detection,
                      rule1_min_trailing_silence, rule2_min_trailing_silence, rule3_min_utterance_length):
        made = cls()
        made.pace = 0.5  # takes outputs of eighty milliseconds for forty
        assert rule2_min_trailing_silence == 0.4
        return made

    tokens, tells_times, pace = TOKENS, True, 1.0

    def create_stream(self):
        return Stream()

    def is_ready(self, stream):
        return stream.decoded + 8000 <= stream.samples

    def decode_stream(self, stream):
        stream.decoded += 8000

    def _count(self, stream):
        return (stream.decoded - stream.begin) // 8000

    def get_result_all(self, stream):
        count = self._count(stream)
        return SimpleNamespace(
            tokens=self.tokens[:count],
            timestamps=[0.5 * self.pace * place for place in range(count)] if self.tells_times else [],
            ys_probs=[-0.1] * count if self.tells_times else [],
            start_time=stream.begin / 16000, text="",
        )

    def is_endpoint(self, stream):
        return self._count(stream) == 6

    def reset(self, stream):
        stream.begin = stream.decoded
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the made-up package where this process and those it starts find it."""
    (tmp_path / "site" / "sherpa_onnx").mkdir(parents=True)
    (tmp_path / "site" / "sherpa_onnx" / "__init__.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    root = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'site'}:{root}")
    monkeypatch.delitem(sys.modules, "sherpa_onnx", raising=False)


def model(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"x" * len(name))
    return folder


TRANSDUCER = ("tokens.txt", "encoder-epoch-99.onnx", "encoder-epoch-99.int8.onnx", "decoder.onnx", "joiner.onnx")


def test_the_kind_of_a_folder_follows_from_its_files(tmp_path):
    found = look_at_engine(model(tmp_path / "a", *TRANSDUCER))
    assert found.kind == "transducer" and found.name == "a"
    assert found.files["encoder"].name == "encoder-epoch-99.onnx"  # the smallest of several
    assert look_at_engine(model(tmp_path / "b", "tokens.txt", "encoder.onnx", "decoder.onnx")).kind == "paraformer"
    assert look_at_engine(model(tmp_path / "c", "tokens.txt", "model.onnx")).kind == "zipformer2_ctc"
    assert look_at_engine(model(tmp_path / "x-nemo-y", "tokens.txt", "model.onnx")).kind == "nemo_ctc"


def test_what_a_folder_lacks_is_said(tmp_path):
    with pytest.raises(InputError, match="There is no folder"):
        look_at_engine(tmp_path / "none")
    with pytest.raises(InputError, match=r"tokens\.txt is missing"):
        look_at_engine(model(tmp_path / "a", "encoder.onnx"))
    with pytest.raises(InputError, match=r"joiner\.onnx is missing|decoder\.onnx is missing"):
        look_at_engine(model(tmp_path / "b", "tokens.txt", "encoder.onnx"))
    with pytest.raises(InputError, match=r"encoder\.onnx is missing"):
        look_at_engine(model(tmp_path / "c", "tokens.txt"))


def test_without_the_package_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("deepstudio.infer.sherpa.engine_available", lambda: False)
    with pytest.raises(InputError, match="package sherpa-onnx is missing") as caught:
        open_sherpa(model(tmp_path / "a", *TRANSDUCER))
    assert "deepstudio[sherpa]" in str(caught.value.fix)


def test_a_model_that_ends_the_process_is_said_plainly(tmp_path, package):
    folder = model(tmp_path / "broken", *TRANSDUCER)
    with pytest.raises(InputError, match=r"sherpa-onnx cannot open the model in .*: encoder: no metadata"):
        open_sherpa(folder)


def test_words_come_with_times_and_segments_end(tmp_path, package):
    recognizer = open_sherpa(model(tmp_path / "a", *TRANSDUCER))
    events = []
    for _ in range(80):
        events += recognizer.feed(np.zeros(800, np.float32))
    partials = [event.text for event in events if isinstance(event, Partial)]
    assert partials[:3] == ["HE", "HELLO", "HELLO WORLD"]
    finals = [event for event in events if isinstance(event, Final)]
    assert [final.text for final in finals] == ["HELLO WORLD 你 好"]
    assert [(word.start, word.end) for word in finals[0].words[:2]] == [(0.0, 0.58), (1.5, 1.58)]
    assert all(word.confidence == pytest.approx(np.exp(-0.1)) for word in finals[0].words)
    assert recognizer.position == recognizer.processed == 4.0 and recognizer.speaking
    last = recognizer.finish()
    assert [event.text for event in last] == ["HELLO"] and last[0].segment == 1 and last[0].start >= 3.0
    recognizer.reset()
    assert recognizer.position == 0 and recognizer.finish()[0].segment == 0


def test_a_model_that_tells_no_times_gives_words_when_they_come(tmp_path, package):
    recognizer = open_sherpa(model(tmp_path / "a", "tokens.txt", "encoder.onnx", "decoder.onnx"))
    events = [event for _ in range(60) for event in recognizer.feed(np.zeros(800, np.float32))]
    (final,) = [event for event in events if isinstance(event, Final)]
    assert final.text == "hello world 你 好 ok"
    said = [word.start for word in final.words]
    assert said == sorted(said)
    assert said[0] == pytest.approx(0.5, abs=0.06)
    assert said[1] == pytest.approx(1.5, abs=0.06)  # the third token is known half a second after the second
    assert all(word.confidence == 1.0 for word in final.words)


def test_times_of_nemo_are_stretched_to_its_outputs(tmp_path, package):
    folder = model(tmp_path / "nemo", "tokens.txt", "model.onnx")
    (folder / "model.onnx").write_bytes(
        b"network" * 20_000 + b"r\x17\n\x12subsampling_factor\x12\x018r\x05\n\x01a\x12\x00"
    )
    assert look_at_engine(folder).stretch == 2.0
    recognizer = open_sherpa(folder)
    events = [event for _ in range(60) for event in recognizer.feed(np.zeros(800, np.float32))]
    (final,) = [event for event in events if isinstance(event, Final)]
    assert [word.start for word in final.words] == [0.0, 1.5, 2.0, 2.5]
    (folder / "model.onnx").write_bytes(b"nothing said")
    assert look_at_engine(folder).stretch == 1.0


def test_transcribe_takes_the_folder(tmp_path, package, capsys):
    soundfile.write(tmp_path / "talk.wav", np.zeros(32_000, np.float32), 16_000)
    folder = model(tmp_path / "a", *TRANSDUCER)
    assert main(["transcribe", str(tmp_path / "talk.wav"), "--engine", str(folder), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["type"] == "summary" and lines[-1]["model"] == "a"
    assert lines[-1]["text"] == "HELLO WORLD 你"
