"""Widgets that several workspaces use. They know Qt and the messages, never the engine."""
