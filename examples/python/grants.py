"""A grant at one service: its tokens, kept in the store; when they are renewed; and when it has ended."""

import base64
import json
import os
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

from instants import epoch

# The words by which services say that no refresh will ever succeed again.
ENDED = {"invalid_grant"}
# A session of no stated length is renewed when it is refused; one that is stated, a tenth of its life before its end.
MARGIN = 0.1


class GrantEnded(Exception):
    """Only a new consent helps."""


class Refused(Exception):
    """The service will not do this."""


class Grant:
    def __init__(self, account, store):
        self.account, self.id, self.reauth_url = account, account["id"], account["reauthUrl"]
        self.path = os.path.join(store, f"{self.id}.json")
        self.ended = None
        self.tokens = self.load() or {
            "access": account["accessToken"],
            "refresh": account["refreshToken"],
            "renew_at": self.ahead_of(time.time(), epoch(account["expiresAt"])),
        }

    def load(self):
        try:
            with open(self.path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def save(self):
        """Whole or not at all, and before the first use: a token that is lost is a session that is lost."""
        with open(f"{self.path}.new", "w", encoding="utf-8") as file:
            json.dump(self.tokens, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{self.path}.new", self.path)

    @staticmethod
    def ahead_of(now, end):
        return None if end is None else end - MARGIN * (end - now)

    def renew_ahead(self):
        if self.ended:
            raise GrantEnded(self.ended)
        renew_at = self.tokens["renew_at"]
        if renew_at is not None and time.time() >= renew_at:
            self.refresh()

    def refresh(self):
        if self.ended:
            raise GrantEnded(self.ended)
        how, account = self.account["tokenRequest"], self.account
        fields = {"grant_type": "refresh_token", "refresh_token": self.tokens["refresh"]}
        headers = {}
        if how["clientAuth"] == "basic":
            secret = base64.b64encode(f"{account['clientId']}:{account['clientSecret']}".encode()).decode()
            headers["Authorization"] = f"Basic {secret}"
        else:
            fields["client_id"] = account["clientId"]
            if how["clientAuth"] == "body" and account["clientSecret"]:
                fields["client_secret"] = account["clientSecret"]
        if how["encoding"] == "json":
            body, headers["Content-Type"] = json.dumps(fields), "application/json"
        else:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        status, answer = send("POST", account["tokenUrl"], body, headers)
        if status >= 400:
            error = answer.get("error") if isinstance(answer, dict) else None
            if error in ENDED:
                self.ended = f"the refresh was refused as {error}"
                raise GrantEnded(self.ended)
            raise Refused(f"the refresh was answered {status} {error or ''}".strip())
        now, expires_in = time.time(), answer.get("expires_in")
        self.tokens = {
            "access": answer["access_token"],
            "refresh": answer.get("refresh_token") or self.tokens["refresh"],
            "renew_at": None if expires_in is None else self.ahead_of(now, now + float(expires_in)),
        }
        self.save()

    def call(self, method, path, body=None):
        """A call with a live token; refused for its token, it is repeated once with a new one."""
        self.renew_ahead()
        status, answer = self.send_once(method, path, body)
        if status == 401:
            self.refresh()
            status, answer = self.send_once(method, path, body)
        if status >= 400:
            raise Refused(f"{method} {path.split('?')[0]} was answered {status}")
        return answer

    def send_once(self, method, path, body):
        headers = {"Authorization": self.account["authorization"].replace("{token}", self.tokens["access"])}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return send(method, f"{self.account['apiUrl']}{path}", None if body is None else json.dumps(body), headers)


def send(method, url, body, headers):
    """One exchange: the status, and the JSON of the answer or its text."""
    data = None if body is None else body.encode()
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, parsed(response.read())
    except urllib.error.HTTPError as error:
        return error.code, parsed(error.read())


def parsed(raw):
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode(errors="replace")
