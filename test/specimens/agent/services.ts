// The things that the overnight job asks of its services.

import type { Client } from './client.ts';
import type { Overnight } from './world.ts';

/** A deal as this job knows it. */
export interface Deal {
  readonly id: string;
  readonly cells: readonly string[];
  readonly linked: string;
}

/** The deals of one size that changed since a moment. */
export async function changedDeals(
  hubspot: Client,
  linkProperty: string,
  sinceMs: number,
  size: 'LT' | 'GTE',
): Promise<Deal[]> {
  const filters = [
    { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: new Date(sinceMs).toISOString() },
    { propertyName: 'amount', operator: size, value: '45000' },
  ];
  const properties = ['dealname', 'amount', 'hs_lastmodifieddate', linkProperty];
  const search = { filterGroups: [{ filters }], properties, limit: 100 };
  const answer = (await hubspot('POST', '/crm/v3/objects/deals/search', search)) as {
    results?: { id: string; properties: Record<string, string> }[];
  } | null;
  return (answer?.results ?? []).map(
    ({ id, properties: { dealname, amount, hs_lastmodifieddate, ...rest } }) => {
      const linked = rest[linkProperty] ?? '';
      return { id, linked, cells: [id, dealname ?? '', amount ?? '', hs_lastmodifieddate ?? '', linked] };
    },
  );
}

/** The wanted fields of a company. */
export async function readCompany(
  salesforce: Client,
  enrich: Overnight['enrich'],
  id: string,
): Promise<readonly string[]> {
  const soql = `SELECT ${enrich.fields.join(', ')} FROM ${enrich.object} WHERE Id = '${id}' LIMIT 1`;
  const path = `/services/data/v60.0/query?q=${encodeURIComponent(soql)}`;
  const answer = (await salesforce('GET', path)) as { records?: Record<string, string>[] } | null;
  return enrich.fields.map((field) => answer?.records?.[0]?.[field] ?? '');
}

/** Appends rows and returns the range that they fill. Throws `Lost` where nobody knows whether they were written. */
export async function append(
  google: Client,
  sheet: Overnight['sheet'],
  values: readonly (readonly string[])[],
): Promise<string> {
  const answer = await google('POST', `${rangeOf(sheet)}:append?valueInputOption=RAW`, { values }, 'once');
  return (answer as { updates?: { updatedRange: string } } | null)?.updates?.updatedRange ?? '';
}

/** The rows of the sheet. */
export async function readRows(google: Client, sheet: Overnight['sheet']): Promise<readonly string[][]> {
  const answer = (await google('GET', rangeOf(sheet))) as { values?: string[][] } | null;
  return answer?.values ?? [];
}

const rangeOf = ({ spreadsheetId, range }: Overnight['sheet']) =>
  `/v4/spreadsheets/${spreadsheetId}/values/${encodeURIComponent(range)}`;
