"""The workspaces, one package each; see `deepstudio.ui.workspace` for how they are found."""
