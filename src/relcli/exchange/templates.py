"""Template files: a small header between two lines of dashes, and the body.

    ---
    purpose: thanks
    subject: Thank you, {{ first_name }}
    channel: email
    ---
    Dear {{ first_name }}, …

`purpose` and `subject` must be there, `channel` may; anything else in the header is refused, naming file and line.
"""

from __future__ import annotations

from relcli.domain.interaction import Purpose
from relcli.domain.template import Template
from relcli.errors import InputRefused
from relcli.text import many_lines, one_line, storable

SUFFIX = ".txt"
MOST = 20_000  # characters of a template: a message, not a book
_FENCE = "---"
_KEYS = ("purpose", "subject", "channel")


class TemplateRefused(InputRefused):
    """A template that cannot be read, or asks for what no template may."""


def parsed(text: str, *, name: str, file: str, own: bool) -> Template:
    """The template in a file's text; `file` names it in errors. Raises TemplateRefused with file and line."""
    if len(text) > MOST:
        raise TemplateRefused(f"{file} has {len(text)} characters", f"a template has {MOST} at most")
    if not storable(text):
        raise TemplateRefused(f"{file} holds a NUL or half a character", "remove it")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise refused(file, 1, f"a template begins with a line {_FENCE}", f"then purpose: and subject:, then {_FENCE} again")
    end = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() == _FENCE), None)
    if end is None:
        raise refused(file, len(lines), "the header does not end", f"close it with a line {_FENCE}")
    said = _header(file, lines[1 : end - 1])
    for key in ("purpose", "subject"):
        if key not in said:
            raise refused(file, end, f"the header has no {key}", f"write: {key}: …")
    body = "\n".join(lines[end:])
    if not body.strip():
        raise refused(file, end, "there is no message below the header", "write it there")
    return Template(
        name=name, purpose=_purpose(file, *said["purpose"]), subject=said["subject"][1], body=many_lines(body),
        channel=said.get("channel", (0, ""))[1].lower(), own=own, file=file, subject_line=said["subject"][0],
        body_line=end + 1 + _blank(lines[end:]),
    )  # fmt: skip


def refused(file: str, line: int, what: str, hint: str) -> TemplateRefused:
    """The error of one line of a template."""
    return TemplateRefused(f"{file}, line {line}: {what}", hint)


def _header(file: str, lines: list[str]) -> dict[str, tuple[int, str]]:
    """Key → line number and value."""
    said: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines, 2):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _KEYS:
            raise refused(file, number, f'"{line.strip()}" says nothing a header can say', f"write one of: {_keys()}")
        if key in said:
            raise refused(file, number, f"{key} is said a second time", "say it once")
        if not value:
            raise refused(file, number, f"{key} says nothing", "write it behind the colon, or leave the line out")
        said[key] = number, one_line(value)
    return said


def _purpose(file: str, line: int, text: str) -> Purpose:
    try:
        return Purpose(text.lower())
    except ValueError:
        raise refused(file, line, f'purpose "{text}" is not known', f"choose one of: {', '.join(Purpose)}") from None


def _blank(lines: list[str]) -> int:
    """How many empty lines a body begins with; they are not part of the message."""
    return next((count for count, line in enumerate(lines) if line.strip()), 0)


def _keys() -> str:
    return ", ".join(f"{key}:" for key in _KEYS)
