// The overnight job and its night: changed deals, the accounts they belong to, and the sheet that reports them.

import type { Job } from '../harness/scenario.ts';
import { type JsonObject, seededRandomness } from '../mocks/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY_MS = 3 * MINUTE;
const NIGHT_MS = 6 * HOUR;
/** From here to there no deal changes, so that a two-hour session lapses unused. */
const QUIET_FROM_MS = HOUR;
const QUIET_UNTIL_MS = 3 * HOUR + 30 * MINUTE;
/** Nothing changes in the last two rounds, so that a late round loses nothing by its lateness. */
const LAST_CHANGE_MS = NIGHT_MS - 2 * EVERY_MS;

const SPREADSHEET_ID = 'overnight-report';
const COLUMNS = [
  'deal_id',
  'deal_name',
  'amount',
  'changed_at',
  'account_id',
  'account_name',
  'account_industry',
];

const COMPANIES = [
  ['Alder Freight', 'Transportation'],
  ['Birch Analytics', 'Technology'],
  ['Cedar Clinics', 'Healthcare'],
  ['Dogwood Foods', 'Food & Beverage'],
  ['Elm Energy', 'Energy'],
  ['Fir Finance', 'Banking'],
  ['Gorse Games', 'Entertainment'],
  ['Hazel Homes', 'Construction'],
] as const;

const GOODS = ['Renewal', 'Expansion', 'Pilot', 'Migration', 'Training', 'Support'] as const;

/** The services that the overnight job needs. */
export const OVERNIGHT_SERVICES: readonly string[] = ['hubspot', 'salesforce', 'google'];

/**
 * The job with its data, the same for the same seed and start. Every deal changes exactly once, in the middle of a
 * round, so that what must be in the sheet does not depend on when somebody looks.
 * @param startMs epoch ms of the start
 * @param accountOf the account of each service
 */
export function overnightJob(seed: number, startMs: number, accountOf: (service: string) => string): Job {
  const randomness = seededRandomness(`night ${seed}`);
  const accounts = COMPANIES.map(([Name, Industry], index) => ({
    Id: `001${randomness.chars(12, 'account', index)}`,
    Name,
    Industry,
  }));
  const deals = changeMoments(randomness.uniform).map((atMs, index): JsonObject => {
    const company = Math.floor(randomness.uniform('company', index) * COMPANIES.length);
    const good = GOODS[Math.floor(randomness.uniform('good', index) * GOODS.length)] ?? GOODS[0];
    return deal(String(7_000_000 + index), startMs, atMs, {
      dealname: `${COMPANIES[company]?.[0]}: ${good}`,
      amount: String(1000 + Math.floor(randomness.uniform('amount', index) * 90_000)),
      salesforce_account_id: accounts[company]?.Id ?? '',
    });
  });
  return {
    description: {
      everyMs: EVERY_MS,
      deals: { account: accountOf('hubspot'), linkProperty: 'salesforce_account_id' },
      enrich: { account: accountOf('salesforce'), object: 'Account', fields: ['Name', 'Industry'] },
      sheet: {
        account: accountOf('google'),
        spreadsheetId: SPREADSHEET_ID,
        range: 'Report!A:G',
        columns: COLUMNS,
      },
    },
    data: {
      hubspot: { deals },
      salesforce: { Account: accounts },
      google: {
        spreadsheets: [
          {
            spreadsheetId: SPREADSHEET_ID,
            properties: { title: 'Overnight report' },
            sheets: { Report: [COLUMNS] },
          },
        ],
      },
    },
  };
}

function deal(
  id: string,
  startMs: number,
  changedAtMs: number,
  properties: Readonly<Record<string, string>>,
): JsonObject {
  const createdAt = new Date(startMs - 30 * 24 * HOUR).toISOString();
  const updatedAt = new Date(startMs + changedAtMs).toISOString();
  return {
    id,
    properties: {
      ...properties,
      createdate: createdAt,
      dealstage: 'contractsent',
      hs_lastmodifieddate: updatedAt,
      hs_object_id: id,
      pipeline: 'default',
    },
    createdAt,
    updatedAt,
    archived: false,
  };
}

/** When deals change: one or two in most rounds, none while the night is quiet; some had changed long before it. */
function changeMoments(uniform: (...key: (string | number)[]) => number): number[] {
  const moments = Array.from({ length: 10 }, (_, index) => -(index + 1) * 24 * HOUR);
  for (let roundMs = 0; roundMs < LAST_CHANGE_MS; roundMs += EVERY_MS) {
    if (roundMs >= QUIET_FROM_MS && roundMs < QUIET_UNTIL_MS) continue;
    const changes = 1 + Math.floor(uniform('changes', roundMs) * 2);
    for (let nth = 0; nth < changes; nth++) {
      moments.push(roundMs + 30_000 + Math.floor(uniform('change', roundMs, nth) * 90_000));
    }
  }
  return moments;
}
