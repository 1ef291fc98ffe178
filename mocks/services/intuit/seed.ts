// What a company holds when nothing was seeded: itself, a customer and two invoices.

import type { JsonObject } from '../../http.ts';
import { realmIdOf } from './ids.ts';

const SINCE = { CreateTime: '2026-01-05T09:00:00-00:00', LastUpdatedTime: '2026-01-05T09:00:00-00:00' };

/** The collections of a new company, by the names of its entities. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const customer = { value: '1', name: `${tenant} purchasing` };
  return {
    realms: [{ Id: realmIdOf(tenant) }],
    CompanyInfo: [
      {
        Id: '1',
        SyncToken: '0',
        CompanyName: tenant,
        LegalName: `${tenant} Ltd`,
        Country: 'US',
        Email: { Address: `books@${tenant}.example` },
        MetaData: SINCE,
      },
    ],
    Customer: [
      {
        Id: '1',
        SyncToken: '0',
        DisplayName: customer.name,
        Active: true,
        PrimaryEmailAddr: { Address: `purchasing@${tenant}.example` },
        MetaData: SINCE,
      },
    ],
    Invoice: [120, 80].map((amount, index) => ({
      Id: String(index + 1),
      SyncToken: '0',
      DocNumber: String(1001 + index),
      TxnDate: `2026-01-0${index + 5}`,
      CustomerRef: customer,
      TotalAmt: amount,
      Balance: amount,
      MetaData: SINCE,
    })),
    charges: [{ id: 'EF1', status: 'CAPTURED', amount: '120.00', currency: 'USD' }],
  };
}
