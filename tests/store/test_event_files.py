"""TensorBoard's event files, read: framing, checksums, and what PyTorch's and TensorFlow's writers put into them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import math
import struct
from pathlib import Path

import numpy as np
import pytest

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.columns import read_scalars
from deepstudio.store.tensorboard.crc32c import crc32c, crc32c_rows, masked_crc32c
from deepstudio.store.tensorboard.events import Batch, EventDecoder, Occurrence
from deepstudio.store.tensorboard.folder import find_event_folders, is_event_folder
from deepstudio.store.tensorboard.hparams import Hyperparameters
from deepstudio.store.tensorboard.reader import RunReader
from deepstudio.store.tensorboard.records import Block, RecordSplitter, frame
from deepstudio.store.tensorboard.summaries import File, Histogram, Text, Unread
from deepstudio.store.tensorboard.tensors import decode_tensor
from deepstudio.store.tensorboard.writer import EventWriter

EVENTS = Path(__file__).resolve().parents[1] / "data" / "events"


def slow_crc(data: bytes) -> int:
    register = 0xFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (0x82F63B78 if register & 1 else 0)
    return register ^ 0xFFFFFFFF


def test_crc_of_the_standard() -> None:
    """RFC 3720, B.4."""
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(b"\0" * 32) == 0x8A9136AA
    assert crc32c(b"\xff" * 32) == 0x62A8AB43
    assert crc32c(bytes(range(32))) == 0x46DD794E
    assert crc32c(b"") == 0


@pytest.mark.parametrize("length", [1, 2, 3, 63, 4095, 4096, 4097, 8192, 10_007, 70_001])
def test_crc_of_any_length(length: int) -> None:
    data = np.random.default_rng(length).integers(0, 256, length, np.uint8)
    assert crc32c(data) == slow_crc(data.tobytes())
    assert crc32c_rows(np.stack([data, data[::-1]]))[0] == crc32c(data)


def records_of(blocks: list[Block]) -> list[bytes]:
    found: list[bytes] = []
    for block in blocks:
        places = {
            int(place): group.rows[row].tobytes() for group in block.groups for row, place in enumerate(group.order)
        }
        places |= {place: bytes(record) for place, record in block.long}
        found.extend(places[place] for place in sorted(places))
    return found


RECORDS = [bytes([number]) * length for number, length in enumerate([0, 5, 5, 30, 5000, 5, 30, 1024, 70_000, 1])]
STREAM = b"".join(map(frame, RECORDS))


@pytest.mark.parametrize("piece", [1, 7, 1000, 1 << 20])
def test_records_come_whole_however_the_file_grows(piece: int) -> None:
    splitter = RecordSplitter()
    stream = STREAM if piece > 1 else b"".join(map(frame, RECORDS[:4]))
    blocks = [splitter.feed(stream[first : first + piece]) for first in range(0, len(stream), piece)]
    assert records_of(blocks) == (RECORDS if piece > 1 else RECORDS[:4])
    assert splitter.waiting == 0
    assert not any(block.damages for block in blocks)


def test_a_record_cut_short_waits_for_its_rest() -> None:
    splitter = RecordSplitter()
    cut = len(STREAM) - 9
    assert records_of([splitter.feed(STREAM[:cut])]) == RECORDS[:-1]
    assert splitter.waiting == 17 - 9
    assert records_of([splitter.feed(STREAM[cut:])]) == RECORDS[-1:]


@pytest.mark.parametrize("number", [2, 4])
def test_a_record_with_wrong_bytes_is_left_out_and_told(number: int) -> None:
    start = len(b"".join(map(frame, RECORDS[:number])))
    broken = bytearray(STREAM)
    broken[start + 12] ^= 1
    block = RecordSplitter().feed(bytes(broken))
    assert records_of([block]) == RECORDS[:number] + RECORDS[number + 1 :]
    assert [(damage.offset, damage.length) for damage in block.damages] == [(start, len(RECORDS[number]) + 16)]


@pytest.mark.parametrize("piece", [50, 1 << 20])
def test_after_a_wrong_length_the_next_record_is_found(piece: int) -> None:
    start, following = (len(b"".join(map(frame, RECORDS[:number]))) for number in (3, 4))
    broken = bytearray(STREAM)
    broken[start + 1] = 0xFF
    splitter = RecordSplitter()
    blocks = [splitter.feed(bytes(broken[first : first + piece])) for first in range(0, len(broken), piece)]
    assert records_of(blocks) == RECORDS[:3] + RECORDS[4:]
    damages = [damage for block in blocks for damage in block.damages]
    assert damages[0].offset == start
    assert damages[-1].offset + damages[-1].length == following


def test_zeros_at_the_end_may_still_become_a_record() -> None:
    splitter = RecordSplitter()
    assert not splitter.feed(frame(b"abc") + b"\0" * 100).damages
    assert splitter.waiting == 100


def test_damaged_messages_are_wire_errors() -> None:
    whole = wire.put_double(1, 2.0) + wire.put_int(2, -5) + wire.put_bytes(5, b"xyz")
    assert [(number, kind) for number, kind, _ in wire.fields(memoryview(whole))] == [(1, 1), (2, 0), (5, 2)]
    for cut in (1, 5, 12, len(whole) - 1):
        with pytest.raises(wire.WireError):
            list(wire.fields(memoryview(whole[:cut])))
    for wrong in (b"\x0b", b"\xff" * 11):
        with pytest.raises(wire.WireError):
            list(wire.fields(memoryview(wrong)))


def tensor(dtype: int, shape: tuple[int, ...], content: bytes) -> memoryview:
    sizes = b"".join(wire.put_bytes(2, wire.put_int(1, size)) for size in shape)
    return memoryview(wire.put_int(1, dtype) + wire.put_bytes(2, sizes) + content)


def test_tensors_of_all_forms() -> None:
    half = np.array([1.5, -2], "<f2")
    assert decode_tensor(tensor(19, (2,), wire.put_bytes(4, half.tobytes()))).numbers.tolist() == [1.5, -2]  # type: ignore[union-attr]
    packed = wire.put_bytes(13, b"".join(wire.varint(int(bits)) for bits in half.view("<u2")))
    assert decode_tensor(tensor(19, (2,), packed)).numbers.tolist() == [1.5, -2]  # type: ignore[union-attr]
    repeated = decode_tensor(tensor(1, (2, 3), wire.put_bytes(5, struct.pack("<ff", 1, 2)))).numbers
    assert repeated is not None and repeated.tolist() == [[1, 2, 2], [2, 2, 2]]
    negative = decode_tensor(tensor(3, (1,), wire.put_int(7, -7))).numbers
    assert negative is not None and negative.tolist() == [-7]
    complex_ = decode_tensor(tensor(8, (1,), wire.put_bytes(9, struct.pack("<ff", 1, 2)))).numbers
    assert complex_ is not None and complex_.tolist() == [1 + 2j]
    for wrong in (
        tensor(99, (), b""),
        tensor(1, (1 << 40,), b""),
        tensor(1, (-1,), b""),
        tensor(1, (1,), wire.put_bytes(5, b"abc")),
        tensor(1, (1,), wire.put_bytes(5, struct.pack("<ff", 1, 2))),
    ):
        with pytest.raises(wire.WireError):
            decode_tensor(wrong)


def read(folder: Path) -> list[Batch]:
    files = tuple(sorted(path for path in folder.iterdir() if path.is_file()))
    return [portion.batch for portion in RunReader(files).portions()]


def curves(batches: list[Batch]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for batch in batches:
        for curve in batch.curves:
            points = list(zip(curve.steps.tolist(), curve.values.tolist(), strict=True))
            found.setdefault(curve.tag, []).extend(points)
    return found


def occurrences(batches: list[Batch]) -> list[Occurrence]:
    return [occurrence for batch in batches for occurrence in batch.occurrences]


def items(batches: list[Batch], kind: type) -> dict[str, object]:
    return {
        f"{occurrence.item.tag}:{getattr(occurrence.item, 'number', 0)}": occurrence.item
        for occurrence in occurrences(batches)
        if isinstance(occurrence.item, kind)
    }


LOSS = [(step, float(np.float32(1 / (step + 1)))) for step in range(12)]


def test_what_pytorch_writes() -> None:
    batches = read(EVENTS / "torch")
    found = curves(batches)
    assert found["loss"] == [*LOSS, (8, -1.0), (9, -1.0)]
    assert [step for step, _ in found["far"]] == [10**10 + step * 300 for step in range(12)]
    assert [step for step, (_, value) in enumerate(found["far"]) if math.isnan(value)] == [5]
    assert found["precise"] == [(1, 1e-300)]
    assert found["new"] == [(1, 2.5)]
    assert [restart.step for batch in batches for restart in batch.restarts] == [8]
    histograms = items(batches, Histogram)
    weights = histograms["weights:0"]
    values = np.random.default_rng(0).normal(size=200)
    assert isinstance(weights, Histogram)
    assert (weights.edges[0], weights.edges[-1]) == (values.min(), values.max())
    assert weights.counts.sum() == 200
    expected = np.histogram(values, weights.edges)[0]
    assert np.abs(expected - weights.counts).sum() <= 2  # a value on an edge may count on either side
    constant = histograms["constant:0"]
    assert isinstance(constant, Histogram) and constant.counts.sum() == 10 and constant.edges[0] == 1
    files = items(batches, File)
    assert {name: (item.kind, item.content[:4]) for name, item in files.items() if isinstance(item, File)} == {
        "picture:0": ("image", b"\x89PNG"),
        "beep:0": ("audio", b"RIFF"),
    }
    (note,) = items(batches, Text).values()
    assert note == Text(tag="note", text="größer **3**")
    assert items(batches, Unread) == {"pr:0": Unread(tag="pr", plugin="pr_curves")}


def test_hyperparameters_of_pytorch() -> None:
    (settings, *_) = (
        found.item for found in occurrences(read(EVENTS / "torch" / "trial")) if isinstance(found.item, Hyperparameters)
    )
    assert settings.values == {"rate": 0.1, "batch": 32, "optimizer": "sgd"}


def test_what_tensorflow_writes() -> None:
    batches = read(EVENTS / "tensorflow")
    found = curves(batches)
    assert found["loss"] == LOSS
    assert len(found["accuracy"]) == 12
    kinds = {name.removeprefix("type/"): points for name, points in found.items() if name.startswith("type/")}
    assert set(kinds) == {"float16", "bfloat16", "float64", "int8", "int32", "int64", "uint8", "bool"}
    assert all(points == [(0, 0.0), (1, 1.0)] for points in kinds.values())
    weights = items(batches, Histogram)["weights:0"]
    assert isinstance(weights, Histogram)
    assert weights.counts.tolist() == np.histogram(np.random.default_rng(0).normal(size=200), weights.edges)[0].tolist()
    assert set(items(batches, File)) == {"pictures:0", "pictures:1", "beep:0"}
    texts = items(batches, Text)
    assert texts["note:0"] == Text(tag="note", text="größer **3**")
    assert texts["table:0"] == Text(tag="table", text="| a | b |\n| --- | --- |\n| c | d |")
    (settings,) = (found.item for found in occurrences(batches) if isinstance(found.item, Hyperparameters))
    assert settings.values == {"rate": 0.1, "units": 16, "optimizer": "adam"}
    assert sum(batch.bad for batch in batches) == 0


@pytest.mark.parametrize("folder", ["tensorflow1", "compressed/gzip", "compressed/zlib"])
def test_what_tensorflow_1_writes_plain_and_compressed(folder: str) -> None:
    batches = read(EVENTS / folder)
    found = curves(batches)
    assert found["loss"] == [*LOSS, (8, -1.0)]
    assert found["both"] == [(step, float(step)) for step in range(12)]
    assert [restart.step for batch in batches for restart in batch.restarts] == [8]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bz2", "xz"])
def test_files_compressed_afterwards(tmp_path: Path, pack: object) -> None:
    content = (EVENTS / "torch" / "events.out.tfevents.1").read_bytes()
    packed = pack(content)  # type: ignore[operator]
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "events.out.tfevents.1.x").write_bytes(packed)
    assert curves(read(tmp_path / "a"))["loss"] == LOSS
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "events.out.tfevents.1.x").write_bytes(packed[: len(packed) // 2])  # cut short: no error
    assert set(curves(read(tmp_path / "b"))) <= set(curves(read(EVENTS / "torch")))


def test_fast_and_slow_ways_agree() -> None:
    """The same records, at once and each alone (which the rules read)."""
    content = b"".join((EVENTS / name / "events.out.tfevents.1").read_bytes() for name in ("torch", "tensorflow"))
    at_once = curves([EventDecoder().decode(RecordSplitter().feed(content))])
    decoder, splitter = EventDecoder(), RecordSplitter()
    singly = curves(
        [decoder.decode(splitter.feed(frame(record))) for record in records_of([RecordSplitter().feed(content)])]
    )
    assert {name: repr(points) for name, points in at_once.items()} == {n: repr(points) for n, points in singly.items()}


def test_many_curves_of_tags_of_one_length() -> None:
    stream = io.BytesIO()
    writer = EventWriter(stream, wall=1.0)
    random = np.random.default_rng(0)
    expected: dict[str, list[tuple[int, float]]] = {}
    for number in range(30):
        steps = random.integers(-5, 10**6, 40)
        values = random.normal(size=40).astype(np.float32).astype(np.float64)
        writer.scalars(f"curve{number:02}", steps, np.full(40, 2.0), values)
        expected[f"curve{number:02}"] = list(zip(steps.tolist(), values.tolist(), strict=True))
    batch = EventDecoder().decode(RecordSplitter().feed(stream.getvalue()))
    assert curves([batch]) == expected


@pytest.mark.parametrize(("dtype", "number", "form"), [(1, 5, "<f"), (2, 6, "<d"), (1, 4, "<f"), (2, 4, "<d")])
def test_tensors_of_one_number_at_once(dtype: int, number: int, form: str) -> None:
    stream = b""
    for step in range(40):
        tensor_ = wire.put_int(1, dtype) + wire.put_bytes(2, b"") + wire.put_bytes(number, struct.pack(form, step / 4))
        value = wire.put_bytes(1, f"m{step % 2}") + wire.put_bytes(8, tensor_)
        event = wire.put_double(1, 1.0) + wire.put_int(2, 1000 + step) + wire.put_bytes(5, wire.put_bytes(1, value))
        stream += frame(event)
    block = RecordSplitter().feed(stream)
    found, rest = read_scalars(block.groups[0])
    assert len(rest.order) == 0
    points = {curve.tag: (curve.steps.tolist(), curve.values.tolist()) for curve in found}
    assert points == {
        f"m{place}": ([1000 + step for step in range(place, 40, 2)], [step / 4 for step in range(place, 40, 2)])
        for place in range(2)
    }


def test_damaged_events_spoil_nothing_else() -> None:
    good = wire.put_double(1, 1.0) + wire.put_int(2, 3)
    value = wire.put_bytes(1, wire.put_bytes(1, "a") + wire.put_single(2, 0.5))
    bad_value = wire.put_bytes(1, wire.put_bytes(1, "b") + wire.put_bytes(5, b"\xff"))
    stream = frame(b"\xff\xff") + frame(good + wire.put_bytes(5, bad_value + value)) + frame(good)
    batch = EventDecoder().decode(RecordSplitter().feed(stream))
    assert batch.bad == 2
    assert curves([batch]) == {"a": [(3, 0.5)]}


def test_folders_that_hold_runs(tmp_path: Path) -> None:
    for name in ("top.tfevents.1", "a/x.tfevents.2", "a/x.tfevents.1", "a/b/c/y.tfevents.1.v2", "empty/z.txt"):
        path = tmp_path / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / "logs" / "empty" / "events.out.tfevents.1.profile-empty").write_bytes(b"")
    found = find_event_folders(tmp_path / "logs")
    assert [run.name for run in found] == ["logs", "logs/a", "logs/a/b/c"]
    assert [path.name for path in found[1].files] == ["x.tfevents.1", "x.tfevents.2"]
    (single,) = find_event_folders(tmp_path / "logs" / "a" / "x.tfevents.2")
    assert [path.name for path in single.files] == ["x.tfevents.2"]
    assert is_event_folder(tmp_path) and is_event_folder(tmp_path / "logs" / "a" / "x.tfevents.2")
    assert not is_event_folder(tmp_path / "logs" / "empty")


@pytest.mark.filterwarnings("ignore")
def test_tensorboards_reader_reads_the_same() -> None:
    module = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    for name in ("torch", "tensorflow1"):
        accumulator = module.EventAccumulator(
            str(EVENTS / name), size_guidance={"scalars": 0}, purge_orphaned_data=False
        )
        accumulator.Reload()
        found = curves(read(EVENTS / name))
        assert accumulator.Tags()["scalars"]
        for tag in accumulator.Tags()["scalars"]:
            theirs = [(event.step, event.value) for event in accumulator.Scalars(tag)]
            assert repr(theirs) == repr(found[tag])


def test_masked_crc_of_a_written_header() -> None:
    header = (EVENTS / "torch" / "events.out.tfevents.1").read_bytes()[:12]
    assert struct.unpack("<I", header[8:])[0] == masked_crc32c(header[:8])


def test_whatever_is_in_a_record_nothing_breaks() -> None:
    """Records with right checksums and wrong contents: bytes changed, taken out, put in."""
    content = b"".join((EVENTS / name / "events.out.tfevents.1").read_bytes() for name in ("torch", "tensorflow"))
    records = records_of([RecordSplitter().feed(content)])
    random = np.random.default_rng(0)
    decoder, bad = EventDecoder(), 0
    for _ in range(60):
        changed = []
        for number in random.integers(0, len(records), 20):
            record = bytearray(records[number])
            for place in random.integers(0, len(record), random.integers(1, 4)).tolist():
                cut = int(random.integers(0, 3))
                record[place : place + cut] = random.integers(0, 256, random.integers(0, 4), np.uint8).tobytes()
            changed.append(bytes(record))
        bad += decoder.decode(RecordSplitter().feed(b"".join(map(frame, changed + changed[:1] * 5)))).bad
    assert bad > 100
