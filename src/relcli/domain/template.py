"""A template: a message with places for facts, and the purpose for which it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from relcli.domain.interaction import Purpose


@dataclass(frozen=True, slots=True)
class Template:
    """One template as its file has it; `channel` is empty where the contact's own wish decides.

    `file` names it in errors, with the lines on which the subject stands and the body begins. `own` ones are the user's.
    """

    name: str
    purpose: Purpose
    subject: str
    body: str
    channel: str = ""
    own: bool = False
    file: str = ""
    subject_line: int = 1
    body_line: int = 1
