"""What the Speech workspace can do with a microphone. No widgets."""

from __future__ import annotations

TRANSCRIBE, COMMANDS, DIGITS, WORDS = "transcribe", "commands", "digits", "words"
"""Write down what is said; hear single words; write down digits; teach words of one's own."""
MODES = (TRANSCRIBE, COMMANDS, DIGITS, WORDS)
RECORDED = (TRANSCRIBE, DIGITS)
"""Modes whose sound is kept."""
