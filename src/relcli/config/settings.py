"""The shape of the settings file. Kept apart from the paths, so that asking where things are loads no Pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from relcli.mailboxes import mailbox

Weight = Annotated[float, Field(ge=0, le=1000)]
OneLine = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$", max_length=200)]
Email = Annotated[str, Field(max_length=500), AfterValidator(lambda text: mailbox(text).email)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Me(_Group):
    """Who writes: the name under a message, and the addresses of one's own, the one to write from first."""

    name: OneLine = ""
    addresses: tuple[Email, ...] = ()


class Dates(_Group):
    """How dates in words are read."""

    order: Literal["DMY", "MDY", "YMD"] | None = None
    languages: tuple[str, ...] = ("en",)


class Phone(_Group):
    """How telephone numbers without a country are read."""

    region: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None


class Complaint(_Group):
    """How long we give ourselves to put right what somebody complained of."""

    days: Annotated[int, Field(ge=0, le=3650)] = 7


class Survey(_Group):
    """How long people are left in peace between two surveys, where they did not say themselves."""

    every: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}[dwmy]$")] = "180d"


class Journal(_Group):
    """How long the book can redo what was undone; then the journal lets go of what stood in it."""

    keep: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}[dwmy]$")] = "90d"


class Weights(_Group):
    """What each component counts in health (docs/explanation/metric.md)."""

    rhythm: Weight = 25
    terms: Weight = 20
    reciprocity: Weight = 15
    promises: Weight = 15
    voice: Weight = 15
    loyalty: Weight = 10


class Health(_Group):
    """Settings of the metric."""

    weights: Weights = Weights()
    replies_logged: Literal["auto", "yes", "no"] = "auto"


class Agenda(_Group):
    """What each reason weighs on the agenda (docs/explanation/agenda.md)."""

    owed: Weight = 12
    complaint: Weight = 1
    unhappy: Weight = 11
    unanswered: Weight = 10
    due_today: Weight = 9
    due_soon: Weight = 6
    at_risk: Weight = 7
    plan: Weight = 5
    reminder: Weight = 5
    cadence: Weight = 4
    cooling: Weight = 4
    referral: Weight = 4
    birthday: Weight = 3
    survey: Weight = 2


class OwnChannel(_Group):
    """A channel of the user's own: what it is like decides who began where nobody says it."""

    like: Literal[
        "email", "phone", "meeting", "visit", "video", "letter", "sms", "chat", "social", "web", "shop", "event", "other"
    ] = "other"  # those of domain.interaction, which settings may not import; a test compares them


class Settings(_Group):
    """Everything a user may set; all of it optional. `channels` is a list of names, or a table that says what they are like."""

    me: Me = Me()
    channels: dict[OneLine, OwnChannel] = {}  # Pydantic copies it
    dates: Dates = Dates()
    phone: Phone = Phone()
    complaint: Complaint = Complaint()
    survey: Survey = Survey()
    journal: Journal = Journal()
    health: Health = Health()
    agenda: Agenda = Agenda()

    @field_validator("channels", mode="before")
    @classmethod
    def _by_name(cls, said: Any) -> Any:  # what a file says is checked after this
        """Every channel under its name as it is typed; an entry of a list is like none of the usual ones."""
        if isinstance(said, list | tuple) and all(isinstance(name, str) for name in said):
            said = {name: {} for name in said}
        return {" ".join(name.split()).lower(): how for name, how in said.items()} if isinstance(said, dict) else said

    def like(self, channel: str) -> str:
        """The usual channel that this one is like: itself, unless it is one of the user's own."""
        own = self.channels.get(channel)
        return channel if own is None else own.like


def explained(error: ValueError) -> str:
    """A validation error in one line: the key as it stands in the file, and what is wrong with it."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"there is no setting {key}"
    said = first["msg"].removeprefix("Value error, ")
    return f"{key}: {said[0].lower()}{said[1:]}"
