"""What the author of a lexicon asks: is my folder sound, what would it change, where is the lexicon silent."""
