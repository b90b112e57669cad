"""The growing columns under a curve: values, steps and walls. No Qt. One thread at a time.

Legend of shapes: N points. All arrays handed out are views of what is stored now; a later append may leave them behind.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_LEAST = 64
_GROWTH = 1.25


class GrowingArray:
    """An array that grows at its end in amortised constant time; room for one more element is always left."""

    def __init__(self, dtype: npt.DTypeLike, *, capacity: int = _LEAST) -> None:
        self._data = np.empty(max(_LEAST, capacity), dtype=dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def dtype(self) -> np.dtype:
        """Return the type of an element."""
        return self._data.dtype

    @property
    def array(self) -> np.ndarray:
        """Return the elements."""
        return self._data[: self._size]

    def padded(self, identity: float) -> np.ndarray:
        """Return the elements and one more, `identity`: lets `reduceat` end a range at the end."""
        self._data[self._size] = identity
        return self._data[: self._size + 1]

    def append(self, values: np.ndarray) -> None:
        """Append `values` (cast to the array's type)."""
        self.room(self._size + len(values))
        self._data[self._size : self._size + len(values)] = values
        self._size += len(values)

    def room(self, size: int) -> None:
        """Make room for `size` elements in all."""
        if size < len(self._data):
            return
        grown = np.empty(max(int(len(self._data) * _GROWTH), size + 1), dtype=self._data.dtype)
        grown[: self._size] = self._data[: self._size]
        self._data = grown

    def cut(self, size: int) -> None:
        """Forget all elements from `size` on."""
        self._size = min(self._size, size)

    def convert(self, dtype: npt.DTypeLike) -> None:
        """Change the type of the elements."""
        changed = np.empty(
            len(self._data), dtype
        )  # the room behind the elements holds anything, NaN that warn included
        changed[: self._size] = self._data[: self._size]
        self._data = changed


class ValueColumn:
    """Values in float32 for as long as that is exact, as losses computed in float32 are; in float64 from then on."""

    def __init__(self) -> None:
        self._values = GrowingArray(np.float32)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def array(self) -> np.ndarray:
        """Return the values, float32 or float64."""
        return self._values.array

    def append(self, values_N: np.ndarray) -> None:
        """Append float64 values; not one bit of them is lost."""
        if self._values.dtype == np.float32:
            with np.errstate(over="ignore", invalid="ignore"):
                short_N = values_N.astype(np.float32)
            same_N = short_N == values_N
            if same_N.all() or (same_N | np.isnan(values_N)).all():
                self._values.append(short_N)
                return
            self._values.convert(np.float64)
        self._values.append(values_N)

    def cut(self, size: int) -> None:
        """Forget all values from `size` on."""
        self._values.cut(size)


class StepColumn:
    """Steps in three numbers for as long as they rise (or stay) evenly, as an int64 array from then on."""

    def __init__(self) -> None:
        self._first = 0
        self._stride = 1
        self._count = 0
        self._explicit: GrowingArray | None = None
        self.sorted = True
        """Whether no step is smaller than the one before."""

    def __len__(self) -> int:
        return self._count

    @property
    def regular(self) -> bool:
        """Return whether three numbers are enough."""
        return self._explicit is None

    def append(self, steps_N: np.ndarray) -> None:
        """Append int64 steps."""
        if not len(steps_N):
            return
        if self._explicit is None and self._goes_on(steps_N):
            self._count += len(steps_N)
            return
        if self.sorted:
            back = self._count and steps_N[0] < self.at(self._count - 1)
            self.sorted = not back and not bool((steps_N[1:] < steps_N[:-1]).any())
        if self._explicit is None:
            self._explicit = GrowingArray(np.int64, capacity=2 * (self._count + len(steps_N)))
            self._explicit.append(self._even(0, self._count))
        self._explicit.append(steps_N)
        self._count += len(steps_N)

    def cut(self, size: int) -> None:
        """Forget all steps from `size` on."""
        self._count = min(self._count, size)
        if self._explicit is not None:
            self._explicit.cut(size)

    def at(self, index: int) -> int:
        """Return one step."""
        if self._explicit is not None:
            return int(self._explicit.array[index])
        return self._first + self._stride * index

    def part(self, first: int, end: int) -> np.ndarray:
        """Return the steps of the points [first, end), int64."""
        if self._explicit is not None:
            return self._explicit.array[first:end]
        return self._even(first, end)

    def take(self, indices: np.ndarray) -> np.ndarray:
        """Return the steps of some points, int64."""
        if self._explicit is not None:
            return self._explicit.array[indices]
        return self._first + self._stride * np.asarray(indices, dtype=np.int64)

    def search(self, keys: np.ndarray, *, right: bool = False) -> np.ndarray:
        """Return, for sorted steps, how many are below each of `keys` (float64), or not above it if `right`."""
        if self._explicit is not None:
            return np.searchsorted(self._explicit.array, keys, side="right" if right else "left")
        # Steps are whole numbers: comparing with the next whole number is exact where a quotient would be rounded.
        with np.errstate(invalid="ignore"):
            whole = np.floor(keys) + 1 if right else np.ceil(keys)
        low, high = self._first, self._first + self._stride * max(0, self._count - 1)
        whole_N = np.clip(whole, low - 1, high + 1).astype(np.int64)
        if self._stride == 0:
            return np.where(whole_N > self._first, self._count, 0)
        return np.clip(-((self._first - whole_N) // self._stride), 0, self._count)

    def _goes_on(self, steps_N: np.ndarray) -> bool:
        if self._count == 0:
            self._first = int(steps_N[0])
            self._stride = int(steps_N[1] - steps_N[0]) if len(steps_N) > 1 else 1
        elif self._count == 1:
            self._stride = int(steps_N[0]) - self._first
        start = self._count
        if self._stride < 0 or int(steps_N[0]) != self._first + self._stride * start:
            return False
        return len(steps_N) == 1 or bool((steps_N[1:] - steps_N[:-1] == self._stride).all())

    def _even(self, first: int, end: int) -> np.ndarray:
        return self._first + self._stride * np.arange(first, end, dtype=np.int64)


class WallColumn:
    """Walls in seconds since 1970, float64. A clock that says nothing repeats the last time."""

    def __init__(self) -> None:
        self._walls = GrowingArray(np.float64)
        self.sorted = True

    def __len__(self) -> int:
        return len(self._walls)

    def append(self, walls_N: np.ndarray) -> None:
        """Append walls."""
        if not len(walls_N):
            return
        last = float(self._walls.array[-1]) if len(self._walls) else float("nan")
        if not np.isfinite(walls_N).all():
            walls_N = _filled(walls_N, last if last == last else 0.0)
        if self.sorted:
            self.sorted = not walls_N[0] < last and not bool((walls_N[1:] < walls_N[:-1]).any())
        self._walls.append(walls_N)

    def cut(self, size: int) -> None:
        """Forget all walls from `size` on."""
        self._walls.cut(size)

    def at(self, index: int) -> float:
        """Return one wall."""
        return float(self._walls.array[index])

    def part(self, first: int, end: int) -> np.ndarray:
        """Return the walls of the points [first, end)."""
        return self._walls.array[first:end]

    def take(self, indices: np.ndarray) -> np.ndarray:
        """Return the walls of some points."""
        return self._walls.array[indices]

    def search(self, keys: np.ndarray, *, right: bool = False) -> np.ndarray:
        """Return, for sorted walls, how many are below each of `keys`, or not above it if `right`."""
        return np.searchsorted(self._walls.array, keys, side="right" if right else "left")


class Timeline:
    """Steps and walls of points. The metrics of one loop share one: their values alone are kept for each."""

    def __init__(self) -> None:
        self.steps = StepColumn()
        self.walls = WallColumn()

    def __len__(self) -> int:
        return len(self.steps)

    def take_in(self, position: int, steps_N: np.ndarray, walls_N: np.ndarray) -> bool:
        """Return whether points at `position` and after have these times; at the end they are appended."""
        end = position + len(steps_N)
        if position == len(self):
            self.steps.append(steps_N)
            self.walls.append(walls_N)
            return True
        if end > len(self):
            return False
        # Walls differ wherever steps do, nearly always: comparing bytes of those first is quickest.
        if self.walls.part(position, end).tobytes() != walls_N.tobytes():
            return False
        return bool((self.steps.part(position, end) == steps_N).all())

    def copy(self, size: int) -> Timeline:
        """Return a timeline of the first `size` points that nobody shares."""
        made = Timeline()
        made.take_in(0, self.steps.part(0, size), self.walls.part(0, size))
        return made

    def cut(self, size: int) -> None:
        """Forget all points from `size` on."""
        self.steps.cut(size)
        self.walls.cut(size)


def _filled(walls_N: np.ndarray, before: float) -> np.ndarray:
    known = np.isfinite(walls_N)
    last = np.maximum.accumulate(np.where(known, np.arange(len(walls_N)), -1))
    return np.where(last >= 0, walls_N[np.maximum(last, 0)], before)
