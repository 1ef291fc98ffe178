// What a tenant holds when nothing was seeded: a few messages, a few files, one secret.

import type { JsonObject } from '../../http.ts';
import { domainOf, objectIdOf } from './ids.ts';

const SUBJECTS = ['Weekly numbers', 'Handover of the night', 'Row 7 again'];
const FILES = ['numbers.xlsx', 'minutes.docx', 'readme.md'];
const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-02-02T09:00:00.000Z');

/** The collections of a new tenant. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    messages: SUBJECTS.map((subject, index) => ({
      id: objectIdOf(tenant, 'message', index + 1),
      subject,
      receivedDateTime: instant(index),
      isRead: index > 0,
      isDraft: false,
      from: { emailAddress: { name: 'Reports', address: `reports@${domainOf(tenant)}` } },
    })),
    items: FILES.map((name, index) => ({
      id: objectIdOf(tenant, 'item', index + 1),
      name,
      size: 1000 * (index + 1),
      createdDateTime: instant(index),
      lastModifiedDateTime: instant(index + 1),
      file: {},
    })),
    secrets: [{ id: `${tenant}-webhook`, value: `${tenant}-not-so-secret`, attributes: { enabled: true } }],
  };
}

const instant = (days: number) => `${new Date(FIRST_MS + days * DAY_MS).toISOString().slice(0, 19)}Z`;
