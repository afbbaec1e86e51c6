"""A reading script in R beside an exported file: base R with the type of every column, so that `042` stays `042`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.export.columns import CellType, Column
from dateline.version import __version__

_CLASSES: Final[dict[CellType, str]] = {
    "text": "character",
    # Whole numbers may be longer than R's 32 bits; as numeric they are exact up to 2^53.
    "integer": "numeric",
    "real": "numeric",
    "day": "Date",
}


@dataclass(frozen=True, slots=True)
class Delimited:
    """How a text file is cut: its delimiter, whether fields may be quoted, its header, what stands for absent."""

    delimiter: str
    quoted: bool = True
    header: bool = True
    absent: str = ""


def r_script(file: str, columns: Sequence[Column], form: Delimited | None, layout: str) -> str:
    """The script that reads `file` (in the working directory) as a data frame.

    Args:
        form: None for Parquet, which carries its own types.
    """
    lines = [f"# Reads {file} (layout {layout}, Dateline {__version__}) into the data frame `dateline`."]
    if form is None:
        lines += ["# install.packages('arrow') where it is missing.", f"dateline <- arrow::read_parquet({_text(file)})"]
        return "\n".join((*lines, ""))
    lines.append("columns <- c(")
    lines += [f"  {_name(column.name)} = {_text(_CLASSES[column.type])}," for column in columns]
    lines[-1] = lines[-1].removesuffix(",")
    lines += [
        ")",
        "dateline <- read.table(",
        f"  {_text(file)}, header = {'TRUE' if form.header else 'FALSE'}, sep = {_text(form.delimiter)},",
        f"  quote = {_text(chr(34) if form.quoted else '')}, comment.char = '', na.strings = {_text(form.absent)},",
        "  col.names = names(columns), colClasses = unname(columns), check.names = FALSE,",
        "  fill = TRUE, encoding = 'UTF-8', fileEncoding = 'UTF-8'",
        ")",
    ]
    return "\n".join((*lines, ""))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\t", "\\t").replace("\n", "\\n")
    return f"'{escaped}'"


def _name(name: str) -> str:
    return "`" + name.replace("`", "") + "`"
