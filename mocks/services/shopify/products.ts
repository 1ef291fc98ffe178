// The Admin API over REST: the shop itself, its products to read and write, and its orders, which few apps may read.

import { cellsOf } from '../../cells.ts';
import { base64url, textFromBase64 } from '../../encoding.ts';
import { isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { counted } from './rest-limit.ts';
import { gidOf, numericIdOf, shopDomainOf, shopIdOf } from './shop.ts';

const ADMIN = '/admin/api/{version}';
const PAGE_DEFAULT = 50;
const PAGE_MOST = 250;
const READ_PRODUCTS = ['read_products', 'write_products'];

const routes: readonly Route[] = [
  {
    id: 'shop.read',
    method: 'GET',
    path: `${ADMIN}/shop.json`,
    needsOneOf: [],
    effect: 'read',
    handle: ({ account: { tenant } }) => ({
      answer: json(200, {
        shop: {
          id: shopIdOf(tenant),
          name: tenant,
          email: `owner@${tenant}.example`,
          domain: shopDomainOf(tenant),
          myshopify_domain: shopDomainOf(tenant),
          plan_name: 'basic',
          currency: 'EUR',
        },
      }),
    }),
  },
  {
    id: 'products.list',
    method: 'GET',
    path: `${ADMIN}/products.json`,
    needsOneOf: READ_PRODUCTS,
    effect: 'read',
    handle: (call) => listPage(call, 'products'),
  },
  {
    id: 'products.read',
    method: 'GET',
    path: `${ADMIN}/products/{id}.json`,
    needsOneOf: READ_PRODUCTS,
    effect: 'read',
    handle: (call) => withProduct(call, (product) => ({ answer: json(200, { product: shown(product) }) })),
  },
  {
    id: 'products.create',
    method: 'POST',
    path: `${ADMIN}/products.json`,
    needsOneOf: ['write_products'],
    effect: 'write',
    handle: createProduct,
  },
  {
    id: 'products.update',
    method: 'PUT',
    path: `${ADMIN}/products/{id}.json`,
    needsOneOf: ['write_products'],
    effect: 'write',
    handle: (call) => withProduct(call, (product) => updateProduct(call, product)),
  },
  {
    id: 'orders.list',
    method: 'GET',
    path: `${ADMIN}/orders.json`,
    needsOneOf: ['read_orders', 'write_orders'],
    effect: 'read',
    handle: (call) => listPage(call, 'orders'),
  },
];

/** The routes, each of which counts towards the limit. */
export const REST_ROUTES: readonly Route[] = routes.map(counted);

function listPage({ request, data, origin }: Call, collection: 'products' | 'orders'): Handled {
  const { limit = String(PAGE_DEFAULT), page_info = '', since_id = '0' } = request.query;
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MOST) {
    return { refused: 'bad-request', code: 'limit', detail: `must be between 1 and ${PAGE_MOST}` };
  }
  const after = page_info === '' ? Number(since_id) : cursorIn(page_info);
  if (!Number.isSafeInteger(after))
    return { refused: 'bad-request', code: 'page_info', detail: 'Invalid value.' };
  const all = data(collection)
    .list()
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .filter(({ id }) => Number(id) > after);
  const page = all.slice(0, size);
  const next = `${origin}${request.path}?limit=${size}&page_info=${cursorOf(Number(page.at(-1)?.id))}`;
  const headers = all.length > size ? { link: `<${next}>; rel="next"` } : {};
  return { answer: json(200, { [collection]: page.map(shown) }, headers) };
}

function createProduct(call: Call): Handled {
  const supplied = suppliedProduct(call);
  if ('refused' in supplied) return supplied;
  const { product } = supplied;
  if (typeof product.title !== 'string' || product.title === '') {
    return { refused: 'bad-request', code: 'title', detail: "can't be blank" };
  }
  const products = call.data('products');
  const at = momentOf(call);
  const created = {
    status: 'active',
    ...product,
    id: numericIdOf(call.account.tenant, 'product', products.nextNumber()),
    handle: product.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    created_at: at,
    updated_at: at,
  };
  products.put(String(created.id), created);
  return {
    answer: json(201, { product: shown(created) }),
    writes: [{ place: 'products', cells: cellsOf(product) }],
  };
}

function updateProduct(call: Call, before: JsonObject): Handled {
  const supplied = suppliedProduct(call);
  if ('refused' in supplied) return supplied;
  const { product } = supplied;
  if (product.title === '') return { refused: 'bad-request', code: 'title', detail: "can't be blank" };
  const changed = { ...before, ...product, id: before.id ?? null, updated_at: momentOf(call) };
  call.data('products').put(String(before.id), changed);
  return {
    answer: json(200, { product: shown(changed) }),
    writes: [{ place: `products/${before.id}`, cells: cellsOf(product) }],
  };
}

function suppliedProduct({
  request,
}: Call): { readonly product: JsonObject } | Extract<Handled, { refused: unknown }> {
  const product = parseJsonObject(request.body)?.product;
  return isJsonObject(product)
    ? { product }
    : { refused: 'bad-request', code: 'product', detail: 'Required parameter missing or invalid' };
}

function withProduct(call: Call, handle: (product: JsonObject) => Handled): Handled {
  const { id = '' } = call.params;
  const product = call.data('products').get(id);
  if (product !== null) return handle(product);
  return { refused: call.heldElsewhere('products', id) ? 'other-tenant' : 'not-found' };
}

const shown = (object: JsonObject): JsonObject => ({
  ...object,
  admin_graphql_api_id: gidOf('name' in object ? 'Order' : 'Product', String(object.id)),
});

const momentOf = ({ nowMs }: Call) => new Date(nowMs).toISOString().replace(/\.\d+Z$/, '+00:00');
const cursorOf = (id: number) => base64url(JSON.stringify({ last_id: id }));
const cursorIn = (cursor: string) => Number(parseJsonObject(textFromBase64(cursor))?.last_id);
