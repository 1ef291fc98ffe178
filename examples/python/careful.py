"""The overnight job in Python, by the standard library alone: nothing is lost in silence, nothing is written twice."""

import json
import os
import sys
import time
from urllib.parse import quote

from grants import Grant, GrantEnded, Refused
from instants import epoch, instant

with open(os.environ["HOUR4_WORLD"], encoding="utf-8") as file:
    WORLD = json.load(file)
JOB = WORLD["job"]
START, UNTIL = epoch(WORLD["start"]), epoch(WORLD["until"])
EVERY = JOB["everyMs"] / 1000


def grant(account_id):
    account = next(each for each in WORLD["accounts"] if each["id"] == account_id)
    return Grant(account, WORLD["store"])


hubspot = grant(JOB["deals"]["account"])
salesforce = grant(JOB["enrich"]["account"])
google = grant(JOB["sheet"]["account"])

pending = []  # deals whose rows are not yet surely in the sheet
written = set()
troubles = {}  # what stands in the way, by account


def attempt(account, work):
    """Tries work that needs one account; trouble is told and noted, and the rest goes on."""
    try:
        result = work()
    except (GrantEnded, Refused, OSError) as error:
        if troubles.get(account.id) != str(error):
            print(f"{account.id}: {error}", file=sys.stderr)
        troubles[account.id] = str(error)
        return None
    troubles.pop(account.id, None)
    return result


def changed_deals(since):
    """The deals that changed since a moment, page by page."""
    link = JOB["deals"]["linkProperty"]
    filters = [{"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": instant(since)}]
    search = {
        "filterGroups": [{"filters": filters}],
        "properties": ["dealname", "amount", "hs_lastmodifieddate", link],
        "limit": 100,
    }
    deals, after = [], None
    while True:
        page = hubspot.call("POST", "/crm/v3/objects/deals/search", {**search, **({"after": after} if after else {})})
        for deal in page["results"]:
            values = deal["properties"]
            key = (deal["id"], values["hs_lastmodifieddate"])
            deals.append((key, values["dealname"], values["amount"], values.get(link) or ""))
        after = page.get("paging", {}).get("next", {}).get("after")
        if after is None:
            return deals


def read_accounts(ids):
    """The wanted fields of some accounts, by id."""
    fields = JOB["enrich"]["fields"]
    wanted = ", ".join(f"'{each}'" for each in ids)
    soql = f"SELECT Id, {', '.join(fields)} FROM {JOB['enrich']['object']} WHERE Id IN ({wanted})"
    records = salesforce.call("GET", f"/services/data/v60.0/query?q={quote(soql)}")["records"]
    return {record["Id"]: [record.get(field) or "" for field in fields] for record in records}


def append(rows):
    sheet = JOB["sheet"]
    path = f"/v4/spreadsheets/{sheet['spreadsheetId']}/values/{quote(sheet['range'])}:append"
    google.call("POST", f"{path}?valueInputOption=RAW", {"values": rows})


def one_round(since):
    """Reads what changed and writes what can be written; returns whether the changes were read."""
    for account in (hubspot, salesforce, google):
        attempt(account, account.renew_ahead)
    deals = attempt(hubspot, lambda: changed_deals(since))
    known = {deal[0] for deal in pending} | written
    pending.extend(deal for deal in deals or [] if deal[0] not in known)
    linked = sorted({deal[3] for deal in pending if deal[3]})
    fields = attempt(salesforce, lambda: read_accounts(linked)) if linked else {}
    ready = [deal for deal in pending if not deal[3] or (fields is not None and deal[3] in fields)]
    blank = ["" for _ in JOB["enrich"]["fields"]]
    rows = [[key[0], name, amount, key[1], link, *(fields or {}).get(link, blank)] for key, name, amount, link in ready]
    if rows and attempt(google, lambda: append(rows) or True):
        written.update(deal[0] for deal in ready)
        pending[:] = [deal for deal in pending if deal[0] not in written]
    return deals is not None


def claim(unread_since):
    skipped = []
    for key, _name, _amount, link in pending:
        account = salesforce if link and salesforce.id in troubles else google
        reason = troubles.get(account.id, "its row was not written in time")
        skipped.append({"account": account.id, "item": key[0], "reason": reason})
    if unread_since is not None:
        reason = f"changes after {instant(unread_since)} were not read: {troubles.get(hubspot.id)}"
        skipped.append({"account": hubspot.id, "reason": reason})
    reauth = [
        {"account": account.id, "reason": account.ended, "reauth_url": account.reauth_url}
        for account in (hubspot, salesforce, google)
        if account.ended
    ]
    status = "paused" if hubspot.ended else "partial" if skipped else "completed"
    return {"status": status, "counts": {"rows": len(written)}, "skipped": skipped, "reauth": reauth}


def main():
    since, boundary = START, START + EVERY
    while boundary <= UNTIL + 0.001 and not hubspot.ended:
        time.sleep(max(0, boundary - time.time()))
        if one_round(since):
            since = boundary
        boundary += EVERY
    last = START + EVERY * int((UNTIL - START) / EVERY + 0.001)
    print(json.dumps(claim(since if since < last - 0.001 else None)))


main()
