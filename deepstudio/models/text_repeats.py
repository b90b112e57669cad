"""What a written text may not say twice. Shapes: N hypotheses, T tokens so far, V vocabulary. Any thread."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Lengths in tokens from which repetitions are refused; 0 refuses none.

    With `anywhere` n, no n tokens in a row occur twice in a text. With `at_once` n, no n or more tokens in a row follow
    themselves: a network that has lost its thread says "of the end of the end of the end".
    """

    anywhere: int = 0
    at_once: int = 0

    def forbid(self, log_p_NV: Tensor, written_NT: Tensor) -> None:
        """Set the log-probabilities of tokens that would repeat to minus infinity, in place."""
        if not (self.anywhere or self.at_once):
            return
        for row, tokens in enumerate(written_NT.tolist()):
            refused = self.refused(tokens)
            if refused:
                log_p_NV[row, sorted(refused)] = float("-inf")

    def refused(self, tokens: list[int]) -> set[int]:
        """Return the tokens that may not come after `tokens`."""
        length, size = len(tokens), self.anywhere
        found: set[int] = set()
        if size and length >= size:
            end = tokens[length - size + 1 :]
            places = range(length - size + 1)
            found |= {tokens[first + size - 1] for first in places if tokens[first : first + size - 1] == end}
        if self.at_once:
            for size in range(self.at_once, (length + 1) // 2 + 1):
                if tokens[length - size + 1 :] == tokens[length - 2 * size + 1 : length - size]:
                    found.add(tokens[length - size])
        return found


FREE = Repeats()
REPEATS = {"translation": Repeats(anywhere=4, at_once=2), "summarisation": Repeats(anywhere=3)}
"""What each task refuses. Of 29,000 captions by people five say two tokens twice at once ("Hand in Hand in") and fifty
say four tokens twice anywhere; of a network's translations of texts unlike those it learned from, a third did."""
