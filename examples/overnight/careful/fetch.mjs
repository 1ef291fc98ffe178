// The fetch of this job: where the network has a proxy, through it, but for the hosts that are to be reached directly.

/** Node obeys these by itself from 24 on, if it is told to; the package does in every version. */
const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'];

/** @type {typeof globalThis.fetch} */
export const fetch = VARIABLES.some((name) => process.env[name]) ? await throughProxy() : globalThis.fetch;

async function throughProxy() {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  return (/** @type {any} */ url, /** @type {any} */ init) =>
    /** @type {any} */ (fetch(url, { ...init, dispatcher }));
}
