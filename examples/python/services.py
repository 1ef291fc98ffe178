"""The three things this job asks of its services."""

from urllib.parse import quote

from call import call
from instants import instant
from world import JOB

IDS_PER_QUERY = 100
SHEET = f"/v4/spreadsheets/{JOB['sheet']['spreadsheetId']}/values/{quote(JOB['sheet']['range'])}"


def changed_deals(hubspot, since):
    """The deals that changed since a moment, page by page."""
    link = JOB["deals"]["linkProperty"]
    filters = [{"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": instant(since)}]
    search = {
        "filterGroups": [{"filters": filters}],
        "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
        "properties": ["dealname", "amount", "hs_lastmodifieddate", link],
        "limit": 100,
    }
    deals, after = [], None
    while True:
        paging = {} if after is None else {"after": after}
        page = call(hubspot, "POST", "/crm/v3/objects/deals/search", {**search, **paging})
        deals.extend(deal_of(result, link) for result in page["results"])
        after = page.get("paging", {}).get("next", {}).get("after")
        if after is None:
            return deals


def deal_of(result, link):
    """A deal as this job knows it; `account_id` is empty when it is linked to no account."""
    values = result["properties"]
    return {
        "id": result["id"],
        "name": values.get("dealname") or "",
        "amount": values.get("amount") or "",
        # As received.
        "changed_at": values["hs_lastmodifieddate"],
        "account_id": values.get(link) or "",
    }


def read_accounts(salesforce, ids):
    """A function from an account's id to its wanted fields."""
    fields = JOB["enrich"]["fields"]
    found = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        wanted = ", ".join(f"'{each}'" for each in ids[start : start + IDS_PER_QUERY])
        soql = f"SELECT Id, {', '.join(fields)} FROM {JOB['enrich']['object']} WHERE Id IN ({wanted})"
        page = call(salesforce, "GET", f"/services/data/v60.0/query?q={quote(soql)}")
        found.update({short_id(record["Id"]): record for record in page["records"]})
    return lambda account_id: [found.get(short_id(account_id), {}).get(field) or "" for field in fields]


def short_id(account_id):
    """Ids come with 15 or 18 characters; the last three are a checksum."""
    return account_id[:15]


def append_rows(google, rows):
    """Sent twice, it would write twice: whoever gets no answer must look into the sheet."""
    call(google, "POST", f"{SHEET}:append?valueInputOption=RAW", {"values": rows}, repeatable=False)


def read_rows(google):
    """The rows below the header."""
    return call(google, "GET", SHEET).get("values", [])[1:]
