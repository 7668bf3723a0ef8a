"""`relcli survey …`: what we ask, and what they answered."""

from __future__ import annotations

from relcli.cli import survey_results
from relcli.cli.tree import ASK, Tree, noun


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(survey, rich_help_panel=ASK)


survey = noun("survey", "Ask seldom, in a way that fits them, and act on what they say.")
survey_results.add_to(survey)
