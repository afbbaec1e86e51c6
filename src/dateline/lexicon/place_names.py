"""How place names are compared: the key under which the gazetteer files a name."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "ae"}
)
_DROP = re.compile(r"[.'’‘`ʻʼ\"“”]")
_GAP = re.compile(r"[\s\-–—/,]+")
# Marks of transliteration that no newspaper prints: macron, line and dot below, half rings; "ş" and "ç" stay.
_TRANSLITERATION = {"\u0304", "\u0331", "\u0323", "\u0324", "\u032e"}
_WITH_CEDILLA = frozenset("HhDdTtZzSs")
_CEDILLA_ALPHABETS = frozenset({"TR", "AZ", "RO", "MD", "TM", "CY", "AL", "XK"})
_HEADS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def place_key(name: str) -> str:
    """The key of a place name: no case, accents, full stops or apostrophes; hyphens as blanks; St, Mt, Ft written out.

    >>> place_key("St. Paul"), place_key("Aix-en-Provence"), place_key("São Tomé"), place_key("W.Va.")
    ('saint paul', 'aix en provence', 'sao tome', 'wva')
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
        name = "".join(letter for letter in name if not unicodedata.combining(letter))
    words = _GAP.sub(" ", _DROP.sub("", name).replace("&", " and ")).lower().split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        if words[0] in _HEADS and len(words) > 1:
            words[0] = _HEADS[words[0]]
    return " ".join(words)


def shown_name(name: str, country: str) -> str:
    """The name as an international paper prints it: "Herāt" as Herat; Vietnamese and European letters stay.

    >>> shown_name("Al Ḩudaydah", "YE"), shown_name("Medellín", "CO"), shown_name("Cần Thơ", "VN")
    ('Al Hudaydah', 'Medellín', 'Cần Thơ')
    """
    if name.isascii() or country == "VN":
        return name
    kept: list[str] = []
    for mark in unicodedata.normalize("NFD", name):
        cedilla = mark == "\u0327" and bool(kept) and kept[-1] in _WITH_CEDILLA and country not in _CEDILLA_ALPHABETS
        if mark not in _TRANSLITERATION and not cedilla:
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept))
