"""Log the training of any program into DeepStudio's store: no Qt, no torch.

    import deepstudio.monitor as monitor

    with monitor.run("mnist", config={"rate": 0.1}) as run:
        for step in range(1000):
            run.log({"loss": loss}, step=step)

The window shows the run while it is written. Logging never waits for the disk and never raises.
"""

from deepstudio.monitor.session import Run, run

__all__ = ["Run", "run"]
