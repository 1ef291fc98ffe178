// Lists page by page, as OData has it: `$top`, `$skiptoken`, and a link to the next page.

import { type JsonObject, json } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';

const TOP_MOST = 999;

/** One page of a list; `usual` is the size of a page where the request names none. */
export function pageOf(call: Call, context: string, all: readonly JsonObject[], usual: number): Handled {
  const { $top = String(usual), $skiptoken = '0' } = call.request.query;
  const [top, from] = [Number($top), Number($skiptoken)];
  if (!Number.isInteger(top) || top < 1 || top > TOP_MOST) {
    return { refused: 'bad-request', detail: `Invalid value '${$top}' for $top query option found.` };
  }
  if (!Number.isInteger(from) || from < 0) return { refused: 'bad-request', detail: 'Invalid $skiptoken.' };
  const end = from + top;
  const next = `${call.origin}${call.request.path}?$top=${top}&$skiptoken=${end}`;
  return {
    answer: json(200, {
      '@odata.context': `${call.origin}/v1.0/$metadata#${context}`,
      ...(end < all.length ? { '@odata.nextLink': next } : {}),
      value: all.slice(from, end),
    }),
  };
}
