"""From a result to the streams: choose the format, render, write once."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relcli.cli.options import Options
from relcli.cli.output import at_terminal, say, to_file, to_stdout, width_of
from relcli.errors import CannotCreate, Denied, OutputFailed
from relcli.text import safe

if TYPE_CHECKING:
    from relcli.actions.books import BookMade
    from relcli.domain.batch import Batch
    from relcli.render.page import Page
    from relcli.render.rows import Rows

ROW_FORMATS = ("text", "json", "jsonl", "csv", "tsv", "ids")
PAGE_FORMATS = (*ROW_FORMATS, "md", "html")
RECORD_FORMATS = ("text", "json", "csv", "ids")


def show(
    options: Options,
    *,
    page: Callable[[], Page],
    rows: Callable[[], Rows] | None = None,
    document: Callable[[], Mapping[str, Any]] | None = None,
    noun: str = "rows",
    offered: Iterable[str] | None = None,
    empty: str | None = None,
    default: str = "text",
    title: str = "relcli",
) -> None:
    """Write a result to stdout or --output in the format chosen; only that format is computed.

    `title` is that of an html document. Where there are no rows, `empty` says so: talk, on stderr, and not when quiet.
    """
    formats = tuple(offered or (ROW_FORMATS if rows else ("text", "json")))
    chosen = options.chosen(formats, default)
    if empty and chosen == "text" and rows is not None and not rows().cells:
        if not options.quiet:
            say([empty])
        return
    put(
        options,
        rendered(options, chosen, page=page, rows=rows, document=document, noun=noun, title=title),
        laid_out=chosen == "text",
    )


def rendered(
    options: Options,
    chosen: str,
    *,
    page: Callable[[], Page],
    rows: Callable[[], Rows] | None = None,
    document: Callable[[], Mapping[str, Any]] | None = None,
    noun: str = "rows",
    title: str = "relcli",
) -> str:
    """The result in one format, as text."""
    if chosen == "json" and (document or rows):
        from relcli.render.json import rows_to_json, to_json

        return to_json(document()) if document else rows_to_json(noun, rows()) if rows else ""
    if chosen in ("csv", "tsv", "ids", "jsonl") and rows:
        return rows_as(options, rows(), chosen)
    if chosen == "md":
        from relcli.render.markdown import to_markdown

        return to_markdown(page())
    if chosen == "html":
        from relcli.render.html import to_html

        return to_html(page(), title=title)
    return page_as_text(options, page())


def rows_as(options: Options, rows: Rows, chosen: str) -> str:
    """Rows in one of the row formats; in csv and tsv what a spreadsheet would run is guarded, unless --raw."""
    from relcli.render.csv import to_csv, to_ids, to_tsv
    from relcli.render.json import rows_to_jsonl

    if chosen in ("csv", "tsv") and not options.raw:
        from relcli.render.exports import guarded_rows

        rows = guarded_rows(rows)
    return {"csv": to_csv, "tsv": to_tsv, "ids": to_ids, "jsonl": rows_to_jsonl}[chosen](rows)


def page_as_text(options: Options, page: Page) -> str:
    """Rich on a terminal, plain aligned text elsewhere."""
    if not _is_terminal(options):
        if options.color == "always":
            from relcli.render.text import to_text

            return to_text(page, width=width_of(sys.stdout), color=True)
        from relcli.render.plain import to_plain

        return to_plain(page)
    from relcli.render.text import to_text

    return to_text(page, width=width_of(sys.stdout), color=_color(options))


def page_as_talk(page: Page) -> list[str]:
    """The lines of a page that is said and is no data: laid out for stderr, and never coloured, for talk is made safe."""
    if sys.stderr is not None and at_terminal(sys.stderr):
        from relcli.render.text import to_text

        return to_text(page, width=width_of(sys.stderr), color=False).splitlines()
    from relcli.render.plain import to_plain

    return to_plain(page).splitlines()


def put(options: Options, text: str, *, laid_out: bool = False) -> None:
    """Data to --output or stdout; on a terminal what could steer it is made visible, unless the text is `laid_out` for one."""
    if options.output in (None, "-"):
        to_stdout(safe(text, lines=True) if _is_terminal(options) and not laid_out else text)
    else:
        to_file(text, str(options.output))


def done(
    options: Options,
    message: str,
    batch: Batch | None,
    *,
    rows: Callable[[], Rows],
    noun: str,
    made: BookMade | None = None,
    next_step: str = "",
    more: Sequence[str] = (),
    document: Callable[[], Mapping[str, Any]] | None = None,
) -> None:
    """A write's answer: one line on stderr with the batch; the record on stdout only when a format asks for it.

    `next_step` is a line more, where what was written leaves something to be done; `more` are lines of talk after it.
    `document` is said in JSON in place of the rows, where there is more to say than them.
    """
    chosen = options.chosen(RECORD_FORMATS)
    lines = begun(made)
    if options.dry_run:
        lines.append(f"would have {message} (dry run: nothing was written)")
    else:
        lines.append(f"{message} (batch {batch.number})" if batch else f"{message}: nothing had to be changed")
    if next_step and not options.dry_run:
        lines.append(next_step)
    if not options.quiet:
        say([*lines, *more])
    with standing(None if options.dry_run or batch is None else batch.number):
        if chosen == "json":
            from relcli.render.json import rows_to_json, to_json

            put(options, to_json(document()) if document else rows_to_json(noun, rows()))
        elif chosen != "text":
            put(options, rows_as(options, rows(), chosen))


@contextlib.contextmanager
def standing(batch: int | None) -> Iterator[None]:
    """Around the answer of a write: where it cannot be given, the error says what became of the act (None: nothing was written)."""
    try:
        yield
    except (CannotCreate, Denied, OutputFailed) as error:
        hint = "nothing was written to the book" if batch is None else f"but it is done: the book has it as batch {batch}"
        raise type(error)(error.message, hint) from None


def begun(made: BookMade | None) -> list[str]:
    """What to say of a book that the command made by the way; nothing where it made none."""
    if made is None:
        return []
    from relcli.render.books import begun as words

    return words(made)


def _is_terminal(options: Options) -> bool:
    return options.output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()


def _color(options: Options) -> bool:
    if options.color != "auto":
        return options.color == "always"
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
