"""Which reports tell of the same event, which articles are one story, which texts are copies: pure functions."""
