"""The report in the sheet, and which rows are surely in it."""

from services import append_rows, read_rows


class Report:
    """Rows by deal and moment of change. `begun` says whether an earlier run may have written rows already."""

    def __init__(self, google, begun):
        self.google = google
        self.sure = not begun
        self.written, self.sent = set(), set()

    def has(self, deal):
        return (deal["id"], deal["changed_at"]) in self.written

    def count(self):
        """How many rows of this run are surely in the sheet."""
        return len(self.sent & self.written)

    def add(self, rows):
        """Adds rows that are not there yet."""
        if not self.sure:
            self.written = {key_of(row) for row in read_rows(self.google)}
            self.sure = True
        missing = [row for row in rows if key_of(row) not in self.written]
        if not missing:
            return
        keys = {key_of(row) for row in missing}
        self.sent |= keys
        # Until the answer is here, nobody knows: without one, the next call looks into the sheet first.
        self.sure = False
        append_rows(self.google, missing)
        self.sure = True
        self.written |= keys


def key_of(row):
    """A row begins with the deal's id, its name, its amount and the moment of its change."""
    deal_id, _name, _amount, changed_at = [*row, "", "", "", ""][:4]
    return deal_id, changed_at
