"""The true package sherpa-onnx with transducers and CTC models made here: they hear whether a tone is low or high.

Both packages are optional, and these tests are left out where one is missing: pip install sherpa-onnx onnx.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deepstudio.core.errors import InputError
from deepstudio.core.speech_messages import Final
from deepstudio.infer.sherpa import open_sherpa

onnx = pytest.importorskip("onnx")
pytest.importorskip("sherpa_onnx")

RATE = 16_000
LOUD = 4.0
"""Above minus this a band counts as loud (natural logarithm of the package's mel energies)."""
BANDS = {"low": {"from": 2, "to": 28}, "high": {"from": 45, "to": 75}}
AT = (0.5, 1.2, 3.2)
"""Seconds at which `tones` begin: low, high, and after a long pause low again."""


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is opened in a process of its own first: that has to find the program, too."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]), prepend=":")


def tones() -> np.ndarray:
    sound = 1e-4 * np.random.default_rng(0).standard_normal(round(4.2 * RATE))
    time = np.arange(round(0.4 * RATE)) / RATE
    for at, hertz in zip(AT, (400, 3000, 400), strict=True):
        sound[round(at * RATE) :][: len(time)] += 0.3 * np.sin(2 * np.pi * hertz * time)
    return sound.astype(np.float32)


def constants(**arrays: Any) -> list[Any]:
    return [onnx.numpy_helper.from_array(np.asarray(array), name) for name, array in arrays.items()]


def value(name: str, *shape: int | str, kind: str = "FLOAT") -> Any:
    return onnx.helper.make_tensor_value_info(name, getattr(onnx.TensorProto, kind), shape)


def write(path: Path, nodes: list[Any], inputs: list[Any], outputs: list[Any], arrays: list[Any], **notes: Any) -> None:
    graph = onnx.helper.make_graph(nodes, path.stem, inputs, outputs, arrays)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.helper.set_model_props(model, {key: str(note) for key, note in notes.items()})
    onnx.checker.check_model(model)
    onnx.save(model, path)


def loudness(frames: str, every: int, silence_last: bool) -> tuple[list[Any], list[Any]]:
    """Return nodes that make `heard`, shape (1, outputs, 3), of every so many frames, and their constants."""
    node = onnx.helper.make_node
    nodes = [node("Slice", [frames, "from", "to", "time", "every"], ["picked"])]
    for name in BANDS:
        nodes.append(node("Slice", ["picked", f"{name}_from", f"{name}_to", "bands"], [f"{name}_bands"]))
        nodes.append(node("ReduceMax", [f"{name}_bands"], [name], axes=[2], keepdims=1))
    nodes.append(node("Mul", ["low", "nothing"], ["silence"]))
    order = ["low", "high", "silence"] if silence_last else ["silence", "low", "high"]
    nodes += [node("Concat", order, ["loud"], axis=2), node("Add", ["loud", "bias"], ["heard"])]
    bias = [LOUD, LOUD, 0.0] if silence_last else [0.0, LOUD, LOUD]
    edges = {f"{name}_{end}": np.array([at]) for name, ends in BANDS.items() for end, at in ends.items()}
    picked = {"from": [every // 2], "to": [10**6], "time": [1], "every": [every], "bands": [2]}
    arrays = constants(
        **{name: np.array(at) for name, at in picked.items()},
        **edges,
        nothing=np.float32(0),
        bias=np.array(bias, np.float32),
    )
    return nodes, arrays


def transducer(folder: Path) -> Path:
    """An LSTM transducer whose joiner never says the same token twice in a row."""
    folder.mkdir()
    node = onnx.helper.make_node
    nodes, arrays = loudness("x", every=4, silence_last=False)
    nodes += [node("Identity", [a], [b]) for a, b in (("heard", "encoder_out"), ("h", "next_h"), ("c", "next_c"))]
    write(
        folder / "encoder.onnx",
        nodes,
        [value("x", "N", "T", 80), value("h", 1, "N", 3), value("c", 1, "N", 2)],
        [value("encoder_out", "N", "U", 3), value("next_h", 1, "N", 3), value("next_c", 1, "N", 2)],
        arrays,
        model_type="lstm",
        num_encoder_layers=1,
        T=16,
        decode_chunk_len=16,
        rnn_hidden_size=2,
        d_model=3,
    )
    write(
        folder / "decoder.onnx",
        [
            node("Slice", ["y", "last", "end", "time"], ["token"]),
            node("Gather", ["again", "token"], ["found"], axis=0),
            node("Squeeze", ["found", "time"], ["decoder_out"]),
        ],
        [value("y", "N", 2, kind="INT64")],
        [value("decoder_out", "N", 3)],
        constants(
            last=np.array([-1]),
            end=np.array([10**6]),
            time=np.array([1]),
            again=np.diag([0, -60, -60]).astype(np.float32),
        ),
        vocab_size=3,
        context_size=2,
    )
    write(
        folder / "joiner.onnx",
        [node("Add", ["encoder_out", "decoder_out"], ["logit"])],
        [value("encoder_out", "N", 3), value("decoder_out", "N", 3)],
        [value("logit", "N", 3)],
        [],
        joiner_dim=3,
    )
    (folder / "tokens.txt").write_text("<blk> 0\n▁LOW 1\n▁HIGH 2\n", encoding="utf-8")
    return folder


def nemo(folder: Path) -> Path:
    """A CTC model in NeMo's form, an output for every eight frames."""
    folder.mkdir()
    node = onnx.helper.make_node
    channel, time = (1, 2, 3), (1, 3, 2)
    nodes, arrays = loudness("x", every=8, silence_last=True)
    states = ("cache_last_channel", "cache_last_time", "cache_last_channel_len")
    write(
        folder / "model.onnx",
        [
            node("Transpose", ["audio_signal"], ["x"], perm=[0, 2, 1]),
            *nodes,
            node("LogSoftmax", ["heard"], ["logprobs"], axis=2),
            node("Identity", ["length"], ["encoded_lengths"]),
            *(node("Identity", [state], [f"{state}_next"]) for state in states),
        ],
        [
            value("audio_signal", "N", 80, "T"),
            value("length", "N", kind="INT64"),
            value(states[0], "N", *channel),
            value(states[1], "N", *time),
            value(states[2], "N", kind="INT64"),
        ],
        [
            value("logprobs", "N", "U", 3),
            value("encoded_lengths", "N", kind="INT64"),
            value(f"{states[0]}_next", "N", *channel),
            value(f"{states[1]}_next", "N", *time),
            value(f"{states[2]}_next", "N", kind="INT64"),
        ],
        arrays,
        window_size=32,
        chunk_shift=32,
        subsampling_factor=8,
        vocab_size=2,
        **{f"{states[0]}_dim{place}": size for place, size in enumerate(channel, 1)},
        **{f"{states[1]}_dim{place}": size for place, size in enumerate(time, 1)},
    )
    (folder / "tokens.txt").write_text("▁LOW 0\n▁HIGH 1\n<blk> 2\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("make", [transducer, nemo])
def test_words_have_their_times_and_a_pause_ends_a_segment(tmp_path: Path, make: Any) -> None:
    recognizer = open_sherpa(make(tmp_path / f"{make.__name__}-tones"))
    sound = tones()
    events = [event for at in range(0, len(sound), 1600) for event in recognizer.feed(sound[at : at + 1600])]
    events += recognizer.finish()
    finals = [event for event in events if isinstance(event, Final)]
    assert [final.text for final in finals] == ["LOW HIGH", "LOW"]
    words = [word for final in finals for word in final.words]
    assert [word.start for word in words] == pytest.approx(AT, abs=0.1)


def test_a_file_that_is_no_model_is_said_plainly(tmp_path: Path) -> None:
    folder = transducer(tmp_path / "broken")
    (folder / "encoder.onnx").write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"sherpa-onnx cannot open the model in .*broken: .*Protobuf"):
        open_sherpa(folder)
