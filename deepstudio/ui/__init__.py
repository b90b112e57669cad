"""Everything that draws. Never imports torch, never computes, never waits."""
