"""Tagged texts for other programs: CoNLL columns and spaCy's JSON. Any thread."""

from __future__ import annotations

import json

from deepstudio.core.text_requests import TaggedText
from deepstudio.data.text.conll import to_conll


def tagged_to_conll(text: str, tagged: TaggedText) -> str:
    """Return one word a line with its tag, an empty line after each sentence."""
    words = [text[begin:end] for begin, end in tagged.offsets.tolist()]
    bounds = tagged.sentences.tolist()
    return to_conll((words[first:last], tagged.tags[first:last]) for first, last in bounds)


def tagged_to_spacy(text: str, tagged: TaggedText) -> str:
    """Return the JSON of a spaCy `Doc`: text, ents and tokens (https://spacy.io/api/doc, section to_json)."""
    tokens = [{"id": number, "start": a, "end": b} for number, (a, b) in enumerate(tagged.offsets.tolist())]
    entities = [{"start": one.start, "end": one.end, "label": one.label} for one in tagged.entities]
    return json.dumps({"text": text, "ents": entities, "tokens": tokens}, ensure_ascii=False)
