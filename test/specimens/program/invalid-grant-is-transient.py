"""Sick of one thing: no word of a service ends a grant; it tries again with every round."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "examples" / "python"))

import grants  # noqa: E402

grants.GRANT_IS_OVER = set()  # healed: grants.GRANT_IS_OVER = {"invalid_grant"}

import careful  # noqa: E402, F401
