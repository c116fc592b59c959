"""What the service writes to its log: one JSON object per line, which no text from outside can break or forge."""

import json
import logging
import traceback
from datetime import UTC, datetime

from flask import g, has_request_context


class Line(logging.Formatter):
    """One event per line, with the number of the request.

    Of a failure it tells the kind and the places in the code, not its text: the text may hold what people wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; line breaks, escape signs and letters outside ASCII are written as \\uXXXX."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "text": record.getMessage(),
        }
        if has_request_context() and "request_id" in g:
            told["request"] = g.request_id
        if record.exc_info and (error := record.exc_info[1]):
            told["failure"] = type(error).__name__
            told["trace"] = " < ".join(
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in reversed(traceback.extract_tb(error.__traceback__))
            )
        return json.dumps(told)


def write_lines() -> None:
    """Write warnings and failures of the service and its server as lines to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
