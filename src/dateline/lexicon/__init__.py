"""Data about language and the world, and the code that reads and checks it."""
