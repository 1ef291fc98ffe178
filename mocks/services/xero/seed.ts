// What an organisation holds when nothing was seeded: its connection to the app, a contact and two invoices.

import type { JsonObject } from '../../http.ts';
import { dateOf } from './answers.ts';
import { connectionIdOf, documentIdOf, tenantIdOf } from './ids.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-01-05T00:00:00.000Z');

/** The collections of a new organisation. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const contact = { ContactID: documentIdOf(tenant, 'contact', 1), Name: `${tenant} purchasing` };
  return {
    connections: [
      {
        id: connectionIdOf(tenant),
        authEventId: documentIdOf(tenant, 'authorization', 1),
        tenantId: tenantIdOf(tenant),
        tenantType: 'ORGANISATION',
        tenantName: tenant,
        createdDateUtc: '2026-01-05T09:00:00.0000000',
        updatedDateUtc: '2026-01-05T09:00:00.0000000',
      },
    ],
    contacts: [{ ...contact, ContactStatus: 'ACTIVE', EmailAddress: `purchasing@${tenant}.example` }],
    invoices: [120, 80].map((amount, index) => ({
      InvoiceID: documentIdOf(tenant, 'invoice', index + 1),
      InvoiceNumber: `INV-000${index + 1}`,
      Type: 'ACCREC',
      Status: index === 0 ? 'AUTHORISED' : 'DRAFT',
      Contact: contact,
      Date: dateOf(FIRST_MS + index * DAY_MS),
      DueDate: dateOf(FIRST_MS + (index + 30) * DAY_MS),
      CurrencyCode: 'NZD',
      Total: amount,
      AmountDue: amount,
      UpdatedDateUTC: dateOf(FIRST_MS + index * DAY_MS),
    })),
  };
}
