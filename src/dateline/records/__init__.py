"""The nouns of Dateline: frozen records that every other floor speaks in, without behaviour beyond checks."""
