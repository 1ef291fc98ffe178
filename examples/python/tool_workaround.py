"""Drives a command-line tool: renews its credential once when the tool says how, and stops when it does not.

Challenge 53's workaround. What the tool prints is one JSON object; an `error.code` of the first list below can be healed by
`error.reauth_command`, one of the second cannot, unless an `expired_at` that has passed says that it is an expiry all the same.
"""

import json
import os
import shlex
import subprocess
import sys
import time
from datetime import datetime

EXPIRIES = {"CREDENTIALS_EXPIRED", "AUTH_EXPIRED", "TOKEN_EXPIRED"}
DENIALS = {"PERMISSION_DENIED", "FORBIDDEN", "UNAUTHORIZED"}
EXPIRED, DENIED, FAILED = 10, 8, 1


class ToolFailed(Exception):
    """The tool did not do what it was asked, and nothing that it says would change that."""

    def __init__(self, error, exit_code):
        super().__init__(error["message"])
        self.error, self.exit_code = error, exit_code


def epoch(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def is_over(error):
    """Whether the error speaks of an expiry: by its code, or by an end that has passed."""
    end = error.get("expired_at")
    return error.get("code") in EXPIRIES or (end is not None and epoch(end) <= time.time())


def run(argv):
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    try:
        envelope = json.loads(done.stdout)
    except json.JSONDecodeError:
        return done.returncode == 0, {}
    return envelope.get("ok") is True, envelope.get("error") or {}


def run_healing(argv, renewals=1):
    """Runs the tool; on an expiry runs the command that it names, and the tool again."""
    ok, error = run(argv)
    while not ok and is_over(error) and renewals > 0 and error.get("reauth_command"):
        renewals -= 1
        if subprocess.run(shlex.split(error["reauth_command"]), capture_output=True, check=False).returncode != 0:
            break
        ok, error = run(argv)
    if not ok:
        raise failure(error)


def failure(error):
    """What is told on, with the exit code that says the same."""
    code, message = error.get("code", "UNKNOWN"), error.get("message", "The tool printed no error object.")
    if not is_over(error):
        told = {"code": code, "message": message, "retryable": False}
        return ToolFailed(told, DENIED if code in DENIALS else FAILED)
    if error.get("reauth_env_var") and not error.get("reauth_command"):
        message = f"{message} Set {error['reauth_env_var']} anew."
    told = {"code": "CREDENTIALS_EXPIRED", "message": message, "expired": True, "retryable": True}
    return ToolFailed({**told, **({"expired_at": error["expired_at"]} if "expired_at" in error else {})}, EXPIRED)


def main():
    with open(os.environ["HOUR4_WORLD"], encoding="utf-8") as file:
        world = json.load(file)
    job, account = world["job"], world["accounts"][0]["id"]
    start, every = epoch(world["start"]), job["everyMs"] / 1000
    for due in range(1, int((epoch(world["until"]) - start) // every) + 1):
        time.sleep(max(0, start + due * every - time.time()))
        for task in job["tasks"]:
            try:
                run_healing([*job["tool"], *task])
            except ToolFailed as failed:
                reason = f"{' '.join(task)} failed: {failed}"
                print(f"{account}: {reason}", file=sys.stderr)
                claim = {"status": "partial", "skipped": [{"account": account, "reason": reason}], "error": failed.error}
                print(json.dumps(claim))
                return failed.exit_code
    print(json.dumps({"status": "completed"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
