"""What this job is started with: the accounts, the job itself, and whether it was here before."""

import json
import os

from instants import epoch

with open(os.environ["HOUR4_WORLD"], encoding="utf-8") as file:
    WORLD = json.load(file)

JOB = WORLD["job"]
START, UNTIL = epoch(WORLD["start"]), epoch(WORLD["until"])
EVERY = JOB["everyMs"] / 1000


def account_of(account_id):
    """An account by its id."""
    found = next((each for each in WORLD["accounts"] if each["id"] == account_id), None)
    if found is None:
        raise LookupError(f'The job needs the account "{account_id}", which is not there.')
    return found
