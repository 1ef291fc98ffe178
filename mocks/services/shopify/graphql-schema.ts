// The part of Shopify's Admin schema that is modelled: the shop, its products, and its orders behind a rarer scope.

import type { Json, JsonObject } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';
import type { Call } from '../../service.ts';
import { connectionOf } from '../linear/connection.ts';
import { type ObjectType, plain } from '../linear/execute.ts';
import { gidOf, shopDomainOf, shopIdOf } from './shop.ts';

/** What a field of the query root came to. */
export type Resolved = { readonly value: Json } | { readonly refused: Refusal; readonly detail: string };

/** A field of the query root. */
interface Root {
  readonly type: () => ObjectType;
  /** Any one of these scopes suffices; empty = none is needed. */
  readonly scopes: readonly string[];
  resolve(args: JsonObject, call: Call): Resolved;
}

const SHOP: ObjectType = {
  name: 'Shop',
  fields: plain('id', 'name', 'email', 'myshopifyDomain', 'currencyCode'),
};
const PRODUCT: ObjectType = {
  name: 'Product',
  fields: plain(
    'id',
    'legacyResourceId',
    'title',
    'handle',
    'status',
    'vendor',
    'productType',
    'createdAt',
    'updatedAt',
  ),
};
const ORDER: ObjectType = {
  name: 'Order',
  fields: plain(
    'id',
    'legacyResourceId',
    'name',
    'email',
    'displayFinancialStatus',
    'createdAt',
    'updatedAt',
  ),
};

/** The fields of the query root. */
export const ROOTS: Readonly<Record<string, Root>> = {
  shop: {
    type: () => SHOP,
    scopes: [],
    resolve: (_args, { account: { tenant } }) => ({
      value: {
        id: gidOf('Shop', shopIdOf(tenant)),
        name: tenant,
        email: `owner@${tenant}.example`,
        myshopifyDomain: shopDomainOf(tenant),
        currencyCode: 'EUR',
      },
    }),
  },
  product: {
    type: () => PRODUCT,
    scopes: ['read_products', 'write_products'],
    resolve: ({ id }, { data }) => {
      const number = /^gid:\/\/shopify\/Product\/(\d+)$/.exec(String(id))?.[1];
      if (number === undefined)
        return { refused: 'bad-request', detail: `Invalid global id '${String(id)}'` };
      // What another shop holds is not there, and that is no error.
      const product = data('products').get(number);
      return { value: product === null ? null : productShown(product) };
    },
  },
  products: {
    type: () => connectionOf(() => PRODUCT),
    scopes: ['read_products', 'write_products'],
    resolve: (args, { data }) => pageOf(data('products').list().map(productShown), args),
  },
  orders: {
    type: () => connectionOf(() => ORDER),
    scopes: ['read_orders', 'write_orders'],
    resolve: (args, { data }) => pageOf(data('orders').list().map(orderShown), args),
  },
};

function pageOf(all: readonly JsonObject[], { first, after = null }: JsonObject): Resolved {
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || first > 250) {
    return { refused: 'bad-request', detail: 'you must provide one of first or last, from 1 to 250' };
  }
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0)
    return { refused: 'bad-request', detail: `Invalid cursor: ${String(after)}` };
  const nodes = all.slice(start, start + first);
  return {
    value: {
      nodes,
      pageInfo: {
        hasPreviousPage: start > 0,
        hasNextPage: start + first < all.length,
        startCursor: nodes[0]?.id ?? null,
        endCursor: nodes.at(-1)?.id ?? null,
      },
    },
  };
}

const productShown = (product: JsonObject): JsonObject => ({
  id: gidOf('Product', String(product.id)),
  legacyResourceId: String(product.id),
  title: product.title ?? null,
  handle: product.handle ?? null,
  status: String(product.status).toUpperCase(),
  vendor: product.vendor ?? null,
  productType: product.product_type ?? null,
  createdAt: product.created_at ?? null,
  updatedAt: product.updated_at ?? null,
});

const orderShown = (order: JsonObject): JsonObject => ({
  id: gidOf('Order', String(order.id)),
  legacyResourceId: String(order.id),
  name: order.name ?? null,
  email: order.email ?? null,
  displayFinancialStatus: String(order.financial_status).toUpperCase(),
  createdAt: order.created_at ?? null,
  updatedAt: order.updated_at ?? null,
});
