"""What must survive a restart. A file is either the old one or the new one, never half of either."""

import json
import os

from world import WORLD


def load(name):
    """What was kept under that name; None when nothing was."""
    try:
        with open(os.path.join(WORLD["store"], name), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def save(name, value):
    """Keeps it; on return it is on the disk."""
    os.makedirs(WORLD["store"], exist_ok=True)
    path = os.path.join(WORLD["store"], name)
    with open(f"{path}.new", "w", encoding="utf-8", opener=private) as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def private(path, flags):
    return os.open(path, flags, 0o600)
