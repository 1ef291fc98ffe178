// The variables by which programs of any language find a proxy and trust its certificates, or a Node turns its own calls.

import { DIRECT_HOST } from '../world/ways.ts';

const MSW_PRELOAD = new URL('./msw-preload.js', import.meta.url).href;

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Where programs look for certificates to trust: Node, OpenSSL and Go, Python's requests, AWS, curl. */
const TRUST = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'AWS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
];

/**
 * Both spellings, since curl reads `http_proxy` in small letters only and others the large ones.
 * @param proxy the proxy's base URL
 * @param certificateFile the file with the authority's certificate
 * @param env what the subject has besides; hosts that it wants to reach directly stay so
 */
export function proxyVariables(
  proxy: string,
  certificateFile: string,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const direct = [...LOOPBACK, env.NO_PROXY ?? env.no_proxy ?? ''].filter((host) => host !== '').join(',');
  return {
    ...throughProxy(proxy, direct),
    ...Object.fromEntries(TRUST.map((name) => [name, certificateFile])),
  };
}

/** What a Node program finds whose own calls are turned to the world inside it. */
export function mswVariables(
  origin: string,
  { NODE_OPTIONS: own }: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    HOUR4_INTERCEPT: origin,
    NODE_OPTIONS: `${own === undefined ? '' : `${own} `}--import=${MSW_PRELOAD}`,
  };
}

/** What a program finds in a network with a proxy: this machine, and one service by its name, are reached directly. */
export function networkVariables(proxy: string): Record<string, string> {
  return throughProxy(proxy, `127.0.0.1,${DIRECT_HOST}`);
}

function throughProxy(proxy: string, direct: string): Record<string, string> {
  const both = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: direct };
  const small = Object.entries(both).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...both, ...Object.fromEntries(small), NODE_USE_ENV_PROXY: '1' };
}
