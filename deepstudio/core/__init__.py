"""Words shared by every layer: messages, requests, jobs, settings, errors, paths. No Qt, no torch.nn."""
