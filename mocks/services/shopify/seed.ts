// What a tenant's shop holds when nothing was seeded: a few products, and two orders.

import type { JsonObject } from '../../http.ts';
import { numericIdOf } from './shop.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-01-05T09:00:00.000Z');
const TITLES = ['Alder stool', 'Beech bench', 'Cedar chest', 'Dogwood desk', 'Elm easel'] as const;

/** The objects of a new shop, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    products: TITLES.map((title, index) => ({
      id: numericIdOf(tenant, 'product', index + 1),
      title,
      body_html: null,
      vendor: 'Workshop',
      product_type: 'Furniture',
      handle: title.toLowerCase().replaceAll(' ', '-'),
      status: 'active',
      tags: '',
      created_at: dayAfter(index),
      updated_at: dayAfter(index + 1),
    })),
    orders: [1, 2].map((n) => ({
      id: numericIdOf(tenant, 'order', n),
      name: `#${1000 + n}`,
      email: `customer-${n}@${tenant}.example`,
      financial_status: 'paid',
      total_price: `${40 * n}.00`,
      currency: 'EUR',
      created_at: dayAfter(10 + n),
      updated_at: dayAfter(10 + n),
    })),
  };
}

const dayAfter = (days: number) =>
  new Date(FIRST_MS + days * DAY_MS).toISOString().replace(/\.\d+Z$/, '+00:00');
