"""Where the ticks of an axis are and what they say. No widgets; any thread."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 5.0, 10.0)
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Ticks:
    """Positions and words of the ticks, and positions of the lines without words between them."""

    places: tuple[float, ...]
    words: tuple[str, ...]
    minor: tuple[float, ...] = ()


def number(value: float) -> str:
    """Return a value as a person writes it, to four significant digits: 0.3125, 1.2e-05, 12,345."""
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e7 or size < 1e-4:
        text = _short_exponent(f"{value:.3e}")
    elif size >= 1000:
        text = f"{value:,.0f}" if size >= 10000 or value == int(value) else f"{value:,.1f}"
    else:
        text = f"{value:.4g}"
    return text.replace("-", "−") if value < 0 and "e" not in text else text


def linear_ticks(low: float, high: float, most: int) -> Ticks:
    """Return at most about `most` ticks at round numbers."""
    step = nice_step(high - low, most)
    if not step > 0 or not math.isfinite(step):
        return Ticks((), ())
    places = _multiples(low, high, step)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return Ticks(places, tuple(_plain(place, step, decimals) for place in places))


def log_ticks(low: float, high: float, most: int) -> Ticks:
    """Return ticks for a logarithmic axis between positive numbers."""
    first, last = math.log10(low), math.log10(high)
    if last - first < 1:
        return linear_ticks(low, high, most)
    every = max(1, math.ceil((last - first) / max(1, most)))
    exponents = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
    places = [10.0**exponent for exponent in exponents if exponent % every == 0]
    minor = [
        factor * 10.0**exponent
        for exponent in range(math.floor(first), math.ceil(last))
        for factor in range(2, 10)
        if every == 1 and low <= factor * 10.0**exponent <= high
    ]
    if len(places) < 3:
        extra = [place for place in minor if f"{place:e}"[0] in "25"]
        places = sorted({*places, *extra})
    return Ticks(tuple(places), tuple(_power(place) for place in places), tuple(minor))


def duration_ticks(low: float, high: float, most: int) -> Ticks:
    """Return ticks for seconds since a start, in minutes and hours."""
    if high - low < 5:
        return linear_ticks(low, high, most)
    step = _time_step(high - low, most)
    places = _multiples(low, high, step)
    return Ticks(places, tuple(duration(place) for place in places))


def clock_ticks(low: float, high: float, most: int) -> Ticks:
    """Return ticks for times of day (seconds since 1970), local; the first tick of a day says the date."""
    step = max(1.0, _time_step(high - low, most))
    offset = time.localtime(low).tm_gmtoff
    places = tuple(place - offset for place in _multiples(low + offset, high + offset, step))
    words, before = [], ""
    for place in places:
        at = time.localtime(place)
        day = time.strftime("%d %b", at)
        clock = time.strftime("%H:%M:%S" if step < _MINUTE else "%H:%M", at)
        words.append(day if step >= _DAY or (day != before and before) else clock)
        before = day
    return Ticks(places, tuple(words))


def duration(seconds: float) -> str:
    """Return a length of time: 45 s, 2:30 min, 1:05 h, 2 d 3 h."""
    sign = "−" if seconds < 0 else ""
    whole = round(abs(seconds))
    if whole < _MINUTE:
        return f"{sign}{whole} s"
    if whole < _HOUR:
        minutes, rest = divmod(whole, _MINUTE)
        return f"{sign}{minutes}:{rest:02} min" if rest else f"{sign}{minutes} min"
    if whole < _DAY:
        return f"{sign}{whole // _HOUR}:{whole % _HOUR // _MINUTE:02} h"
    days, rest = divmod(whole, _DAY)
    return f"{sign}{days} d {rest // _HOUR} h" if rest >= _HOUR else f"{sign}{days} d"


def nice_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that cuts `span` into at most `most` parts."""
    rough = span / max(1, most)
    if not rough > 0 or not math.isfinite(rough):
        return 0.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _multiples(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(number * step for number in range(first, min(last, first + 200) + 1))


def _time_step(span: float, most: int) -> float:
    rough = span / max(1, most)
    if rough > _SECONDS[-1]:
        return nice_step(span / _DAY, most) * _DAY
    return float(next(step for step in _SECONDS if step >= rough))


def _plain(place: float, step: float, decimals: int) -> str:
    size = abs(place)
    if size < step / 2:
        return "0"
    if size >= 1e6 or step < 1e-5:
        return _suffixed(place) if size >= 1e6 and step >= 1 else _short_exponent(f"{place:.{_digits(place, step)}e}")
    text = f"{place:,.{decimals}f}"
    return text.replace("-", "−")


def _suffixed(place: float) -> str:
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if abs(place) >= size:
            return f"{place / size:.6g} {letter}".replace("-", "−")
    return f"{place:g}"


def _digits(place: float, step: float) -> int:
    return max(0, min(9, math.floor(math.log10(abs(place)) + 1e-9) - math.floor(math.log10(step) + 1e-9)))


def _power(place: float) -> str:
    if 1e-3 <= place < 1e5:
        return f"{place:,.6g}" if place < 1000 else f"{place:,.0f}"
    return _short_exponent(f"{place:.0e}")


def _short_exponent(text: str) -> str:
    mantissa, exponent = text.split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
