"""Tasks on text: classes, tags, translation, headlines, writing on."""
