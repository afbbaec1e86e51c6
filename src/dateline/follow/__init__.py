"""Following feeds: polite fetching, what has been seen, and new articles into a record."""
