"""From text to annotated spaCy documents: sentences, tags, lemmas, Universal Dependencies trees and named entities."""
