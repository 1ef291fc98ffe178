// What a tenant's org holds when nothing was seeded: a dozen companies, each with a contact and an opportunity.

import type { JsonObject } from '../../http.ts';
import { recordId } from './ids.ts';

/** The companies that every sample tenant does business with. */
export const COMPANIES: readonly { readonly name: string; readonly industry: string }[] = [
  { name: 'Alder Freight', industry: 'Transportation' },
  { name: 'Birch Health', industry: 'Healthcare' },
  { name: 'Cedar Foods', industry: 'Food & Beverage' },
  { name: 'Dogwood Energy', industry: 'Energy' },
  { name: 'Elm Insurance', industry: 'Insurance' },
  { name: 'Fir Construction', industry: 'Construction' },
  { name: 'Ginkgo Biotech', industry: 'Biotechnology' },
  { name: 'Hazel Retail', industry: 'Retail' },
  { name: 'Ironwood Machinery', industry: 'Machinery' },
  { name: 'Juniper Media', industry: 'Media' },
  { name: 'Larch Telecom', industry: 'Telecommunications' },
  { name: 'Maple Banking', industry: 'Banking' },
];

const CREATED = '2026-01-05T09:00:00.000Z';

/** The id of a tenant's nth sample Account, counted from 0. */
export const accountIdOf = (tenant: string, index: number): string => recordId('001', tenant, index + 1);

/** A company's domain, made from its name. */
export const domainOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '-')}.example`;

/** The records of a new org, by object. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const stamps = { CreatedDate: CREATED, LastModifiedDate: CREATED };
  return {
    Account: COMPANIES.map(({ name, industry }, index) => ({
      Id: accountIdOf(tenant, index),
      Name: name,
      Industry: industry,
      Website: `https://${domainOf(name)}`,
      ...stamps,
    })),
    Contact: COMPANIES.map(({ name }, index) => ({
      Id: recordId('003', tenant, index + 1),
      AccountId: accountIdOf(tenant, index),
      FirstName: 'Purchasing',
      LastName: name,
      Email: `purchasing@${domainOf(name)}`,
      ...stamps,
    })),
    Opportunity: COMPANIES.map(({ name }, index) => ({
      Id: recordId('006', tenant, index + 1),
      AccountId: accountIdOf(tenant, index),
      Name: `${name}: yearly contract`,
      StageName: 'Prospecting',
      Amount: 1000 * (index + 1),
      CloseDate: '2026-06-30',
      ...stamps,
    })),
  };
}
