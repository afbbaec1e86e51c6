"""Commands that measure Dateline: each prints metric, data digest, time and commit, and skips where its corpus is
absent."""
