"""Tells whoever watches over this job that an owner must give, or has given, a new consent."""

import json
import sys
import time

from instants import instant
from request import request
from trouble import Unavailable
from world import WORLD


def announce(kind, account):
    """Sends `reauth_required` or `reauth_succeeded`; returns whether it was heard."""
    event = {
        "type": kind,
        "account": account["id"],
        "tenant": account["tenant"],
        "service": account["service"],
        # The services say the same words for a revoked, an expired and an evicted grant.
        "reason": "unknown",
        "at": instant(time.time()),
    }
    if kind == "reauth_required" and account["reauthUrl"] is not None:
        event["reauth_url"] = account["reauthUrl"]
    try:
        request("POST", WORLD["eventsUrl"], {"Content-Type": "application/json"}, json.dumps(event))
    except Unavailable as trouble:
        print(f"{account['id']}: {kind} was not heard: {trouble}", file=sys.stderr)
        return False
    return True
