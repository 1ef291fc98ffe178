// @ts-check
// Loaded into a Node subject by `--import`: calls to real hosts go to the world instead, whatever client makes them.
import { syncBuiltinESMExports } from 'node:module';
import { bypass, HttpResponse, http, passthrough } from 'msw';
import { setupServer } from 'msw/node';

const { HOUR4_INTERCEPT: world = '' } = process.env;

const isHere = (/** @type {string} */ hostname) =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** @param {Request} request */
async function askWorld(request) {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set('x-hour4-origin', url.origin);
  const { method, signal } = request;
  const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer();
  const asked = { method, headers, body, signal, redirect: /** @type {const} */ ('manual') };
  try {
    return await fetch(bypass(`${world}${url.pathname}${url.search}`, asked));
  } catch {
    // A connection that broke is to look broken, not like an answer.
    return HttpResponse.error();
  }
}

const server = setupServer(
  http.all('*', ({ request }) => (isHere(new URL(request.url).hostname) ? passthrough() : askWorld(request))),
);
// msw keeps a copy of each answer. Left unread, it would hold up whoever cancels his own, and wait for ever.
const readCopy = (/** @type {{ response: Response }} */ { response }) =>
  void response.body?.pipeTo(new WritableStream()).catch(() => {});
server.events.on('response:mocked', readCopy);
server.events.on('response:bypass', readCopy);
server.listen();
// Clients that import `request` from node:http by name are to find the replaced one.
syncBuiltinESMExports();
