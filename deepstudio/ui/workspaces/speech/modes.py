"""What the Speech workspace can do with a microphone. No widgets."""

from __future__ import annotations

TRANSCRIBE, COMMANDS, DIGITS, WORDS = "transcribe", "commands", "digits", "words"
"""Write down what is said; hear single words; write down digits; teach words of one's own."""
MODES = (TRANSCRIBE, COMMANDS, DIGITS, WORDS)
HEARD = (TRANSCRIBE, DIGITS, COMMANDS)
"""Modes that make recordings; a recording made in one may be heard again in another."""
