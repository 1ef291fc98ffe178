"""The tokens of one account: kept in the store, renewed ahead of their end, given up only on a clear word.

The job does one thing at a time, so nobody else can be about to renew the same tokens. Where threads or processes share
a grant, `renew` needs a lock, and a second look at the store once the lock is held.
"""

import hashlib
import time

import store
from instants import epoch
from reauth import announce
from token_request import ask_for_tokens
from trouble import GrantEnded, Refused, Unavailable
from world import EVERY, WORLD

# A token that would not live to see the next round is renewed in this one.
AHEAD = EVERY * 1.25

# The words by which services say that no refresh will ever succeed again.
GRANT_IS_OVER = {
    "invalid_grant",
    "access_denied",
    "unauthorized_client",
    "admin_policy_enforced",
    "inactive_user",
    "inactive_org",
}


class Grant:
    """One account's tokens. What is kept, is kept before it is used: a token that is lost is a session that is lost."""

    def __init__(self, account):
        self.account, self.id = account, account["id"]
        self.file = f"account-{self.id}.json"
        # Whether the service has ever taken the present token; one that it was given by its owner is believed.
        self.proven = True
        found = store.load(self.file)
        origin = hashlib.sha256(account["refreshToken"].encode()).hexdigest()
        renewed_consent = self.id in WORLD["reauthorized"] and (found is None or found["grant"] != origin)
        # What was kept is younger than what this run was started with, unless the owner has consented anew.
        self.kept = first_tokens(account, origin) if found is None or renewed_consent else found
        self.keep()
        if renewed_consent and found is not None and found["ended"]:
            announce("reauth_succeeded", account)

    def keep(self, **change):
        self.kept = {**self.kept, **change}
        store.save(self.file, self.kept)

    @property
    def api_url(self):
        return self.kept["api_url"]

    @property
    def ended(self):
        """Why the grant is over; None while it lives."""
        return self.kept["ended"]

    def access_token(self):
        """A token that lives long enough for a call."""
        self.must_live()
        if is_past(self.kept["renew_at"]):
            try:
                self.renew()
            except Unavailable:
                if is_past(self.kept["expires_at"]):
                    raise
        return self.kept["access_token"]

    def successor_of(self, refused):
        """The token to use after this one was refused."""
        self.must_live()
        if self.kept["access_token"] == refused:
            self.renew()
        return self.kept["access_token"]

    def must_live(self):
        if self.ended is not None:
            raise self.end(self.ended)

    def end(self, why):
        """Gives the grant up, and asks its owner once for a new one."""
        if self.ended is None:
            self.keep(ended=why)
        if not self.kept["told"]:
            self.keep(told=announce("reauth_required", self.account))
        return GrantEnded(f"{self.id} needs a new consent: {self.ended}")

    def renew(self):
        answer = ask_for_tokens(self.account, self.kept["refresh_token"])
        body = answer.body if isinstance(answer.body, dict) else {}
        if answer.status == 200 and isinstance(body.get("access_token"), str):
            self.keep(
                access_token=body["access_token"],
                refresh_token=body.get("refresh_token") or self.kept["refresh_token"],
                api_url=body.get("instance_url") or self.api_url,
                **lifetime(end_of(body.get("expires_in"))),
            )
            return
        raise self.refusal(answer.status, body)

    def refusal(self, status, body):
        """What to raise for an answer without tokens: only a clear word is the end or the client's own fault; all else passes."""
        error = str(body.get("error") or "")
        words = [self.account["service"], "answered", str(status), error, str(body.get("error_description") or "")]
        why = " ".join(word for word in words if word)
        if error in GRANT_IS_OVER or body.get("status") == "BAD_REFRESH_TOKEN":
            return self.end(why)
        kind = Refused if "client" in error else Unavailable
        return kind(f"{self.id}: {why}")


def first_tokens(account, origin):
    return {
        "grant": origin,
        "api_url": account["apiUrl"],
        "access_token": account["accessToken"],
        "refresh_token": account["refreshToken"],
        **lifetime(epoch(account["expiresAt"])),
        "ended": None,
        "told": False,
    }


def lifetime(expires_at):
    if expires_at is None:
        return {"expires_at": None, "renew_at": None}
    ahead = min(AHEAD, (expires_at - time.time()) / 2)
    return {"expires_at": expires_at, "renew_at": expires_at - ahead}


def end_of(expires_in):
    """When a token ends that lives for so many seconds: a number, or one in a string; some services do not say."""
    try:
        seconds = float(expires_in)
    except (TypeError, ValueError):
        return None
    return time.time() + seconds if seconds > 0 else None


def is_past(moment):
    return moment is not None and moment <= time.time()
