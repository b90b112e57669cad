"""Errors that a user can cause: one clear sentence, and a way out where there is one.

Every error carries its English template and the values in it apart, so that the window can show it in the user's
language while the command line prints it as it is. Any thread.
"""

from __future__ import annotations


class DeepStudioError(Exception):
    """An error to be shown to a person.

    `sentence` and `fix` are templates (`str.format` with `values`), written whole, with their final full stop.
    `str(error)` is the English text of both.
    """

    def __init__(self, sentence: str, *, fix: str = "", **values: object) -> None:
        self.sentence = sentence
        self.fix = fix
        self.values = values
        text = sentence.format(**values)
        if fix:
            text += " " + fix.format(**values)
        super().__init__(text)


class InputError(DeepStudioError):
    """Something given to the program cannot be read or makes no sense (file, folder, text, sound)."""


class UsageError(DeepStudioError):
    """Options of the command line that make no sense, or not together: the command exits with 2."""


class ModelFileError(DeepStudioError):
    """A model file is missing, damaged, or its card contradicts its weights."""


class RecipeError(DeepStudioError):
    """A recipe or an option has an unknown key or a value out of bounds."""


class UnknownNameError(DeepStudioError):
    """A model, network, recipe or setting of that name does not exist."""


class StorageError(DeepStudioError):
    """A file or folder cannot be written: full disk, no permission, gone."""


class DownloadError(DeepStudioError):
    """A download that the user asked for failed, or what arrived is not what was promised."""


class OutOfMemoryError(DeepStudioError):
    """The device has too little memory for what was asked, even with the smallest batch."""


class JobCancelled(Exception):  # noqa: N818 - an outcome, not an error
    """Raised inside a job by `JobContext.check()` once somebody cancelled it."""
