"""One call on behalf of an account: a refused token is replaced once, every other refusal is passed on as what it is."""

import json

from request import request
from trouble import Refused, Unavailable


def call(grant, method, path, body=None, repeatable=True):
    """The JSON object that answers; `repeatable` says whether sending it twice does no harm."""

    def send(token):
        headers = {"Authorization": grant.account["authorization"].replace("{token}", token)}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body)
        return request(method, grant.api_url + path, headers, data, repeatable)

    token = grant.access_token()
    answer = send(token)
    # Some services show a sign-in page instead of a 401. So does a network that wants a sign-in of its own: a token that
    # has seen nothing else is not to blame.
    if answer.status == 401 or (answer.is_page and grant.proven):
        successor = grant.successor_of(token)
        grant.proven = not answer.is_page
        # A 401 says that nothing was done, a page says nothing at all.
        if repeatable or not answer.is_page:
            answer = send(successor)
    route = path.split("?")[0]
    if answer.is_page:
        raise Unavailable(f"{route} answered {answer.status} with a page for people")
    grant.proven = True
    if answer.status >= 400:
        raise Refused(f"{route} answered {answer.status}: {json.dumps(answer.body)[:300]}")
    if not isinstance(answer.body, dict):
        raise Unavailable(f"{route} answered {answer.status} without the data that was asked for")
    return answer.body
