"""Makes the event files here: `python make.py torch` or `python make.py tensorflow`. See README.md."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
STEPS = 12


def make_torch() -> None:
    """PyTorch's SummaryWriter: curves, histogram, picture, sound, text, hyperparameters, and a restart at step 8."""
    import torch
    from torch.utils.tensorboard import SummaryWriter

    folder = HERE / "torch"
    shutil.rmtree(folder, ignore_errors=True)
    random = np.random.default_rng(0)
    writer = SummaryWriter(str(folder))
    for step in range(STEPS):
        writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_scalar("accuracy/train", step / STEPS, step)
        writer.add_scalar("far", float("nan") if step == 5 else step, 10**10 + step * 300)
    writer.add_scalar("new", 2.5, 1, new_style=True)
    writer.add_scalar("precise", 1e-300, 1, new_style=True, double_precision=True)
    writer.add_histogram("weights", random.normal(size=200), 3)
    writer.add_histogram("constant", np.ones(10), 3, bins=4)
    writer.add_image("picture", torch.zeros(3, 4, 6), 3)
    writer.add_audio("beep", torch.zeros(1, 16), 3, sample_rate=8000)
    writer.add_text("note", "größer **3**", 3)
    writer.add_pr_curve("pr", np.array([0, 1, 1]), np.array([0.1, 0.7, 0.4]), 3)
    writer.add_hparams({"rate": 0.1, "batch": 32, "optimizer": "sgd"}, {"score": 0.9}, run_name="trial")
    writer.close()
    writer = SummaryWriter(str(folder), purge_step=8, filename_suffix=".later")
    for step in range(8, 10):
        writer.add_scalar("loss", -1.0, step)
    writer.close()


def make_tensorflow() -> None:
    """TensorFlow's writers of today and of version 1, plain and compressed."""
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    import tensorflow as tf
    from tensorboard.plugins.hparams import api

    for name in ("tensorflow", "tensorflow1", "compressed"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    random = np.random.default_rng(0)
    writer = tf.summary.create_file_writer(str(HERE / "tensorflow"))
    with writer.as_default():
        for step in range(STEPS):
            tf.summary.scalar("loss", 1 / (step + 1), step=step)
            tf.summary.scalar("accuracy", step / STEPS, step=step, description="share of right answers")
        tf.summary.histogram("weights", random.normal(size=200), step=3)
        tf.summary.image("pictures", np.zeros((2, 4, 6, 3)), step=3)
        tf.summary.audio("beep", np.zeros((1, 16, 1), np.float32), 8000, step=3)
        tf.summary.text("note", "größer **3**", step=3)
        tf.summary.text("table", [["a", "b"], ["c", "d"]], step=3)
        api.hparams({"rate": 0.1, "units": 16, "optimizer": "adam"})
        about = tf.compat.v1.SummaryMetadata()
        about.plugin_data.plugin_name = "scalars"
        for kind in (tf.float16, tf.bfloat16, tf.float64, tf.int8, tf.int32, tf.int64, tf.uint8, tf.bool):
            for step in range(2):
                tf.summary.write(f"type/{kind.name}", tf.cast(step, kind), step=step, metadata=about)
    writer.close()
    with tf.Graph().as_default():
        old = tf.compat.v1.summary.FileWriter(str(HERE / "tensorflow1"))
        for step in range(STEPS):
            summary = tf.compat.v1.Summary()
            summary.value.add(tag="loss", simple_value=1 / (step + 1))
            summary.value.add(tag="both", simple_value=step)
            old.add_summary(summary, step)
        old.add_session_log(tf.compat.v1.SessionLog(status=tf.compat.v1.SessionLog.START), 8)
        summary = tf.compat.v1.Summary()
        summary.value.add(tag="loss", simple_value=-1)
        old.add_summary(summary, 8)
        old.close()
    (plain,) = (HERE / "tensorflow1").iterdir()
    for kind in ("GZIP", "ZLIB"):
        folder = HERE / "compressed" / kind.lower()
        folder.mkdir(parents=True)
        with tf.io.TFRecordWriter(str(folder / "events.out.tfevents.1"), options=kind) as records:
            for record in tf.data.TFRecordDataset(str(plain)):
                records.write(record.numpy())


if __name__ == "__main__":
    {"torch": make_torch, "tensorflow": make_tensorflow}[sys.argv[1]]()
    for path in HERE.rglob("*tfevents*"):  # the name holds time, machine and process
        kept = ".later" if path.name.endswith(".later") else ""
        if path.parent.parent.name != "compressed":
            path.rename(path.with_name(f"events.out.tfevents.{'2' if kept else '1'}{kept}"))
