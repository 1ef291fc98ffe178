"""The overnight job as it should be: nothing is lost in silence, nothing is written twice, and what it claims is so."""

import json
import sys
import time
from contextlib import suppress

import store
from grants import Grant
from instants import instant
from report import Report
from services import changed_deals, read_accounts
from trouble import Trouble
from world import EVERY, JOB, START, UNTIL, WORLD, account_of


def rounds_until(moment):
    """How many rounds are due by then. Instants have whole milliseconds, their sums do not."""
    return int((moment - START) / EVERY + 0.001)


LAST = rounds_until(UNTIL)
COLUMNS = ("id", "name", "amount", "changed_at", "account_id")

hubspot = Grant(account_of(JOB["deals"]["account"]))
salesforce = Grant(account_of(JOB["enrich"]["account"]))
google = Grant(account_of(JOB["sheet"]["account"]))
accounts = (hubspot, salesforce, google)
report = Report(google, begun=WORLD["resume"])

# Changes are read up to a round; a deal is pending from when its change is read until its row is surely in the sheet.
progress = store.load("progress.json") or {"read_until_round": 0, "pending": []}
troubles = {}  # what stands in the way, by account


def proceed(**change):
    progress.update(change)
    store.save("progress.json", progress)


def attempt(account, work):
    """Tries work that needs one account. Trouble is noted, so that the rest goes on and the claim can name it."""
    try:
        result = work()
    except Trouble as trouble:
        if troubles.get(account.id) != str(trouble):
            print(f"{account.id}: {trouble}", file=sys.stderr)
        troubles[account.id] = str(trouble)
        return None
    troubles.pop(account.id, None)
    return result


def read_changes(due):
    since = START + progress["read_until_round"] * EVERY
    known = {(deal["id"], deal["changed_at"]) for deal in progress["pending"]}
    fresh = [
        deal
        for deal in changed_deals(hubspot, since)
        if not report.has(deal) and (deal["id"], deal["changed_at"]) not in known
    ]
    proceed(read_until_round=due, pending=[*progress["pending"], *fresh])


def complete_rows():
    """The rows of those pending deals whose account could be read, or that have none."""
    linked = sorted({deal["account_id"] for deal in progress["pending"]} - {""})
    fields_of = attempt(salesforce, lambda: read_accounts(salesforce, linked))
    unlinked = ["" for _ in JOB["enrich"]["fields"]]
    return [
        [*(deal[name] for name in COLUMNS), *(fields_of(deal["account_id"]) if deal["account_id"] else unlinked)]
        for deal in progress["pending"]
        if not deal["account_id"] or fields_of is not None
    ]


def one_round(due):
    # Renewal comes before the work, so that no call waits for it; what fails here fails again where it counts.
    for account in accounts:
        with suppress(Trouble):
            account.access_token()
    attempt(hubspot, lambda: read_changes(due))
    rows = complete_rows()
    attempt(google, lambda: report.add(rows))
    proceed(pending=[deal for deal in progress["pending"] if not report.has(deal)])


def claim():
    missing = []
    for deal in progress["pending"]:
        account = salesforce if deal["account_id"] and salesforce.id in troubles else google
        reason = troubles.get(account.id, "its row was not written in time")
        missing.append({"account": account.id, "item": deal["id"], "reason": reason})
    if progress["read_until_round"] < LAST:
        since = instant(START + progress["read_until_round"] * EVERY)
        reason = f"changes after {since} were not read: {troubles.get(hubspot.id)}"
        missing.append({"account": hubspot.id, "reason": reason})
    return {
        "status": "completed" if not missing else "paused" if hubspot.ended else "partial",
        "counts": {"rows": report.count()},
        "skipped": missing,
        "reauth": [
            {"account": account.id, "reason": account.ended, "reauth_url": account.account["reauthUrl"]}
            for account in accounts
            if account.ended
        ],
    }


def main():
    # Started late, or again, it takes the rounds that it missed in one.
    first = max(1, rounds_until(time.time()))
    for due in range(min(first, LAST), LAST + 1):
        time.sleep(max(0, START + due * EVERY - time.time()))
        one_round(due)
        if hubspot.ended:
            break
    print(json.dumps(claim()))


main()
