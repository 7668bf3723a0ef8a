"""A file opened for import: read, and put under our column names, before the book is asked for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from relcli.exchange.columns import Table, input_columns, matched
from relcli.exchange.csv import read_sheet
from relcli.exchange.files import file_name, read_bytes
from relcli.exchange.mapping import Mapping, read_mapping


class ImportFile(BaseModel):
    """Which file, of which noun, and how it is to be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    noun: str
    source: str
    map: str | None = None
    encoding: str | None = None


def read_table(request: ImportFile) -> Table:
    """The rows of the file. Raises InputMissing, Denied, InputRefused, Misused, and BadConfiguration for the map."""
    mapping = Mapping() if request.map is None else read_mapping(request.map, request.noun, input_columns(request.noun))
    data = read_bytes(request.source)
    sheet = read_sheet(data, file_name(request.source), encoding=request.encoding)
    return matched(sheet, request.noun, mapping)
