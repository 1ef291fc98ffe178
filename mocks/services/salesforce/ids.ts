// Salesforce ids: 15 case-sensitive characters, or 18 with a suffix that holds the case and so survives its loss.

import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const CHUNK = 5;

/** The org of a tenant, as 18 characters. */
export const orgIdOf = once((tenant: string): string => recordId('00D', tenant, 0));

/** The user who gave an account its grant, as 18 characters. */
export const userIdOf = once((accountId: string): string => recordId('005', accountId, 0));

/** The id of a tenant's nth record with a key prefix, as 18 characters; the same in every run. */
export function recordId(prefix: string, tenant: string, n: number): string {
  return long(`${prefix}${seededRandomness(tenant).chars(8, 'records')}${n.toString(36).padStart(4, '0')}`);
}

/** The 18 characters of an id of either length; anything else as it is. */
export function long(id: string): string {
  if (!/^[A-Za-z0-9]+$/.test(id)) return id;
  if (id.length === 15) return id + suffixOf(id);
  return id.length === 18 ? recased(id.slice(0, 15), id.slice(15)) : id;
}

/** The 15 characters of an id of either length; anything else as it is. */
export const short = (id: string): string => (id.length === 18 ? id.slice(0, 15) : id);

// One suffix letter for each five characters: bit i is set where character i is upper case.
function suffixOf(id: string): string {
  let suffix = '';
  for (let start = 0; start < id.length; start += CHUNK) {
    let bits = 0;
    for (let i = 0; i < CHUNK; i++) if (isUpper(id.charCodeAt(start + i))) bits |= 1 << i;
    suffix += SUFFIX.charAt(bits);
  }
  return suffix;
}

const isUpper = (code: number) => code >= 65 && code <= 90;

// A program that lost the case of an 18-character id still finds its record.
function recased(id: string, suffix: string): string {
  const upper = suffix.toUpperCase();
  const restored = [...id].map((character, index) => {
    const bits = SUFFIX.indexOf(upper.charAt(Math.floor(index / CHUNK)));
    return bits & (1 << (index % CHUNK)) ? character.toUpperCase() : character.toLowerCase();
  });
  const short = restored.join('');
  return suffixOf(short) === upper ? short + upper : id + suffix;
}
