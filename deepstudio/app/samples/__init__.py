"""The sample pictures, rendered by this code alone. `python -m deepstudio.app.samples` draws them again."""
