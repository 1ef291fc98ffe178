"""Instants as RFC 3339 text and as seconds since the epoch."""

from datetime import datetime, timezone


def epoch(text):
    """The seconds since the epoch of an RFC 3339 instant; None for none."""
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def instant(seconds):
    """The RFC 3339 instant of so many seconds since the epoch, in UTC with milliseconds."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
