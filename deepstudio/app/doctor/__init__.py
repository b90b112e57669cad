"""What `deepstudio doctor` looks at: one function a subject, each yields findings. No Qt, no torch at import."""
