"""How a token endpoint wants to be asked: what its client proves itself by, and in which encoding."""

import base64
import json
from urllib.parse import quote, urlencode

from request import request


def ask_for_tokens(account, refresh_token):
    """Exchanges a refresh token; returns the answer, whatever it says."""
    how = account["tokenRequest"]
    fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    headers = {"Accept": "application/json"}
    if how["clientAuth"] == "basic":
        # The parts are encoded as in a form before they are joined (RFC 6749 section 2.3.1).
        pair = f"{quote(account['clientId'], safe='')}:{quote(account['clientSecret'] or '', safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        fields["client_id"] = account["clientId"]
    if how["clientAuth"] == "body" and account["clientSecret"]:
        fields["client_secret"] = account["clientSecret"]
    if how["encoding"] == "json":
        headers["Content-Type"] = "application/json"
        return request("POST", account["tokenUrl"], headers, json.dumps(fields))
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return request("POST", account["tokenUrl"], headers, urlencode(fields))
