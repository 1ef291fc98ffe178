// The fetch transport: web-standard Request and Response on one side, plain requests on the other. Translation only.

import { type Answer, encodeBody, type Request as PlainRequest, parseQuery } from './http.ts';
import type { Provider } from './provider.ts';

/** What a handler needs besides its service. */
export interface FetchOptions {
  /** The moment of each request, in epoch ms. */
  nowMs(): number;
}

/** Answers as `fetch` does: for msw, service workers, and servers whose handlers take a `Request`. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * A running service as a function from a web-standard Request to its Response. Links in answers lead to the origin under
 * which the request came in.
 */
export function fetchHandler(provider: Provider, { nowMs }: FetchOptions): FetchHandler {
  let requests = 0;
  return async (request) => {
    const plain = plainRequest(request, await request.text());
    const atMs = nowMs();
    requests += 1;
    const { answer } = provider.handle(plain, atMs, `fetch-${requests}`);
    return responseOf(answer, atMs);
  };
}

/** The request as plain data. */
export function plainRequest(
  { method, url, headers }: Pick<Request, 'method' | 'url' | 'headers'>,
  body = '',
): PlainRequest {
  const { host, origin, pathname, search } = new URL(url);
  return {
    method,
    host,
    origin,
    path: pathname,
    query: parseQuery(search),
    headers: { ...Object.fromEntries(headers), host },
    body,
  };
}

function responseOf(answer: Answer, atMs: number): Response {
  const { status } = answer;
  const headers = { date: new Date(atMs).toUTCString(), ...answer.headers };
  return new Response(status === 204 || status === 304 ? null : encodeBody(answer), { status, headers });
}
