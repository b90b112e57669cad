"""What tasks and networks are, in words for people: marked here, translated where they are shown. No Qt."""

from __future__ import annotations

from deepstudio.core.words import QT_TRANSLATE_NOOP

TASKS = {
    "image-classification": (
        QT_TRANSLATE_NOOP("tasks", "Sort pictures into classes"),
        QT_TRANSLATE_NOOP("tasks", "Each picture gets one of your labels."),
    ),
    "image-text": (
        QT_TRANSLATE_NOOP("tasks", "Pictures and words in one space"),
        QT_TRANSLATE_NOOP("tasks", "Labels may be typed or shown by example afterwards."),
    ),
    "text-classification": (
        QT_TRANSLATE_NOOP("tasks", "Sort texts into classes"),
        QT_TRANSLATE_NOOP("tasks", "Each text gets one of your labels, such as good or bad."),
    ),
    "tagging": (
        QT_TRANSLATE_NOOP("tasks", "Mark words in texts"),
        QT_TRANSLATE_NOOP("tasks", "Each word gets a tag, such as person or place."),
    ),
    "translation": (
        QT_TRANSLATE_NOOP("tasks", "Translate"),
        QT_TRANSLATE_NOOP("tasks", "Learns from pairs of sentences."),
    ),
    "summarisation": (
        QT_TRANSLATE_NOOP("tasks", "Summarise"),
        QT_TRANSLATE_NOOP("tasks", "Learns from texts and their short forms."),
    ),
    "language-model": (
        QT_TRANSLATE_NOOP("tasks", "Write texts"),
        QT_TRANSLATE_NOOP("tasks", "Learns to go on writing in the manner of your texts."),
    ),
    "word-vectors": (
        QT_TRANSLATE_NOOP("tasks", "Map words"),
        QT_TRANSLATE_NOOP("tasks", "Each word gets a vector by the company that it keeps in your texts."),
    ),
    "speech-recognition": (
        QT_TRANSLATE_NOOP("tasks", "Write down speech"),
        QT_TRANSLATE_NOOP("tasks", "Learns from recordings and what was said in them."),
    ),
    "keyword-spotting": (
        QT_TRANSLATE_NOOP("tasks", "Recognise spoken words"),
        QT_TRANSLATE_NOOP("tasks", "Each short recording gets one of your labels."),
    ),
}
NETWORKS = {
    "speednet": (
        QT_TRANSLATE_NOOP("networks", "SpeedNet"),
        QT_TRANSLATE_NOOP(
            "networks", "Small, strong and quick, also without a graphics card: a good first choice for small pictures."
        ),
    ),
    "article-two-blocks": (
        QT_TRANSLATE_NOOP("networks", "Two blocks"),
        QT_TRANSLATE_NOOP("networks", "The classic beginner's network: two convolutions with pooling, 64 units."),
    ),
    "article-32-64-64": (
        QT_TRANSLATE_NOOP("networks", "Three convolutions 32-64-64"),
        QT_TRANSLATE_NOOP("networks", "The network of many first lessons on colour pictures."),
    ),
    "article-32-64-128": (
        QT_TRANSLATE_NOOP("networks", "Three convolutions 32-64-128"),
        QT_TRANSLATE_NOOP("networks", "Large enough to overfit: good for seeing what dropout and batch norm do."),
    ),
    "article-224": (
        QT_TRANSLATE_NOOP("networks", "Convolutions for photographs"),
        QT_TRANSLATE_NOOP("networks", "Three convolutions for pictures of 224 x 224; slow without a graphics card."),
    ),
    "text-lstm": (
        QT_TRANSLATE_NOOP("networks", "LSTM"),
        QT_TRANSLATE_NOOP("networks", "Reads word by word and remembers over long stretches; a good first choice."),
    ),
    "text-gru": (
        QT_TRANSLATE_NOOP("networks", "GRU"),
        QT_TRANSLATE_NOOP("networks", "Like the LSTM with fewer parts: a little quicker."),
    ),
    "text-simple-rnn": (
        QT_TRANSLATE_NOOP("networks", "Simple recurrent network"),
        QT_TRANSLATE_NOOP("networks", "The oldest of its kind: it forgets quickly, as lessons like to show."),
    ),
    "text-cnn": (
        QT_TRANSLATE_NOOP("networks", "Text CNN"),
        QT_TRANSLATE_NOOP("networks", "Looks for short groups of words; very quick."),
    ),
    "text-self-attention": (
        QT_TRANSLATE_NOOP("networks", "Self-attention"),
        QT_TRANSLATE_NOOP("networks", "One layer in which every word looks at every other; quick."),
    ),
    "text-transformer": (
        QT_TRANSLATE_NOOP("networks", "Transformer encoder"),
        QT_TRANSLATE_NOOP("networks", "Every word looks at every other; wants more data than the others."),
    ),
    "text-bilstm-crf": (
        QT_TRANSLATE_NOOP("networks", "BiLSTM-CRF"),
        QT_TRANSLATE_NOOP(
            "networks", "Reads words and their letters from both ends and decides on all tags of a sentence together."
        ),
    ),
    "text-seq2seq": (
        QT_TRANSLATE_NOOP("networks", "Encoder-decoder with attention"),
        QT_TRANSLATE_NOOP(
            "networks", "Reads the whole sentence, then writes word by word and looks back at what it reads."
        ),
    ),
    "text-lstm-lm": (
        QT_TRANSLATE_NOOP("networks", "LSTM language model"),
        QT_TRANSLATE_NOOP("networks", "Says at each word which one comes next: that is how it writes on."),
    ),
    "text-skip-gram": (
        QT_TRANSLATE_NOOP("networks", "Skip-gram"),
        QT_TRANSLATE_NOOP("networks", "Learns vectors of words from their neighbours; it does not write."),
    ),
    "text-article-lstm-64": (
        QT_TRANSLATE_NOOP("networks", "LSTM 64"),
        QT_TRANSLATE_NOOP("networks", "One LSTM layer of 64 units, as in many first lessons on texts."),
    ),
    "text-article-lstm-100-100": (
        QT_TRANSLATE_NOOP("networks", "LSTM 100-100"),
        QT_TRANSLATE_NOOP("networks", "Two LSTM layers, the network of a well-known lesson on reviews."),
    ),
    "text-article-lstm-128-64": (
        QT_TRANSLATE_NOOP("networks", "LSTM 128-64"),
        QT_TRANSLATE_NOOP("networks", "Two LSTM layers, the second half as wide."),
    ),
    "text-article-rnn-32": (
        QT_TRANSLATE_NOOP("networks", "Simple RNN 32"),
        QT_TRANSLATE_NOOP("networks", "One simple recurrent layer: small, and forgetful."),
    ),
    "speech-ctc": (
        QT_TRANSLATE_NOOP("networks", "Streaming recogniser"),
        QT_TRANSLATE_NOOP(
            "networks", "Hears sounds of speech while they are spoken; a language model makes words of them."
        ),
    ),
    "speech-keywords": (
        QT_TRANSLATE_NOOP("networks", "Keyword CNN"),
        QT_TRANSLATE_NOOP("networks", "Looks at about a second of sound as at a picture; small and quick."),
    ),
    "speech-words": (
        QT_TRANSLATE_NOOP("networks", "Keyword CNN, larger"),
        QT_TRANSLATE_NOOP("networks", "Like the keyword CNN with more room, for many words and voices."),
    ),
}
