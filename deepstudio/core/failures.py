"""Turn any exception into a `Failure` that a person can read. Any thread."""

from __future__ import annotations

import errno
import traceback

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP

_OS_SENTENCES = {
    errno.ENOSPC: QT_TRANSLATE_NOOP("errors", "The disk is full: {path} could not be written."),
    errno.EACCES: QT_TRANSLATE_NOOP("errors", "There is no permission to use {path}."),
    errno.EPERM: QT_TRANSLATE_NOOP("errors", "There is no permission to use {path}."),
    errno.EROFS: QT_TRANSLATE_NOOP("errors", "{path} lies on a read-only disk."),
    errno.ENOENT: QT_TRANSLATE_NOOP("errors", "There is no file or folder {path}."),
    errno.EISDIR: QT_TRANSLATE_NOOP("errors", "{path} is a folder; a file is needed."),
}
_UNEXPECTED = QT_TRANSLATE_NOOP("errors", "Something unexpected went wrong ({kind}). The log has the details.")


def failure_from(error: BaseException) -> Failure:
    """Return the sentence, fix and details for `error`; unknown errors get a general sentence."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, DeepStudioError):
        return Failure(sentence=error.sentence, fix=error.fix, values=error.values, details=details)
    if isinstance(error, OSError) and error.errno in _OS_SENTENCES:
        path = error.filename if error.filename is not None else "?"
        return Failure(sentence=_OS_SENTENCES[error.errno], values={"path": str(path)}, details=details)
    return Failure(sentence=_UNEXPECTED, values={"kind": type(error).__name__}, details=details)
