"""HTTP with patience: what passes by itself is waited out, within bounds. HTTP_PROXY and NO_PROXY are obeyed."""

import itertools
import json
import random
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

from trouble import Unavailable
from world import EVERY

# How long to wait follows from how often the job has to be done: a round must be over before the next one is due. Every
# three minutes this is a minute and a half for an answer, and a second before the first repetition.
TIMEOUT = EVERY / 2
FIRST_WAIT = EVERY / 180
ATTEMPTS = 5


@dataclass(frozen=True)
class Answer:
    """An answer that will not change by asking again."""

    status: int
    body: object
    is_page: bool
    """Whether it is a page for people, or the way to one, where data was asked for."""


class Passing(Exception):
    """No answer yet, or none that is the service's last word."""

    def __init__(self, message, nothing_done=False, retry_after=None):
        super().__init__(message)
        self.nothing_done, self.retry_after = nothing_done, retry_after


class AsTheyCome(HTTPErrorProcessor):
    """Refusals are answers like all others, and no redirect is followed with a token in hand."""

    def http_response(self, request, response):
        return response

    https_response = http_response


OPENER = build_opener(AsTheyCome)


def request(method, url, headers, body=None, repeatable=True):
    """Sends a request until it has an answer. `repeatable`: sending it twice does no more than sending it once."""
    for attempt in itertools.count(1):
        try:
            return exchange(method, url, headers, body)
        except Passing as trouble:
            # Only a rate limit says for sure that nothing was done.
            may_repeat = repeatable or trouble.nothing_done
            if not may_repeat or attempt == ATTEMPTS:
                raise Unavailable(f"{urlsplit(url).path} {trouble}") from trouble
            backoff = FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
            time.sleep(backoff if trouble.retry_after is None else trouble.retry_after)


def exchange(method, url, headers, body):
    data = None if body is None else body.encode()
    try:
        with OPENER.open(Request(url, data, headers, method=method), timeout=TIMEOUT) as response:
            status, told, text = response.status, response.headers, response.read().decode(errors="replace")
    except (OSError, HTTPException) as error:
        # No connection, no answer in time, or half of one.
        raise Passing(f"failed: {error}") from error
    if status == 429 or status >= 500:
        raise Passing(f"answered {status}", nothing_done=status == 429, retry_after=wait_of(told["retry-after"]))
    is_page = 300 <= status < 400 or (status < 300 and told.get_content_type() == "text/html")
    return Answer(status, text if is_page else body_of(text, status), is_page)


def body_of(text, status):
    if text == "":
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        # A refusal may come in plain words; a success may not.
        if status >= 400:
            return text
        raise Passing(f"answered {status} with what is no JSON") from error


def wait_of(retry_after):
    """The seconds that a Retry-After asks for, itself in seconds or a date; None for none."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None
