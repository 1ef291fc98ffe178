// One refresh at a service, without a server: what its bare counterpart is to be asked and to answer.

import type { Answer, Service } from '../mocks/index.ts';
import { createProvider } from '../mocks/provider.ts';
import { seededRandomness } from '../mocks/randomness.ts';
import type { LoadAccount } from './refresh-protocol.ts';
import { PLACE, renewalOf } from './refresh-request.ts';

/** An account, and what its first refresh is answered. */
export async function sampleOf(service: string): Promise<{ account: LoadAccount; answer: Answer }> {
  const profile = await profileOf(service);
  const provider = createProvider(profile, {
    origin: 'http://127.0.0.1:9',
    randomness: seededRandomness(1),
  });
  const atMs = Date.now();
  const { account } = provider.connect({ id: 'account-1', tenant: 'tenant-1', atMs });
  const request = renewalOf(account);
  const refreshToken = account.refreshToken ?? '';
  const [line = '', ...lines] = request.head.split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = Object.fromEntries(
    lines.map((each) => {
      const colon = each.indexOf(': ');
      return [each.slice(0, colon).toLowerCase(), each.slice(colon + 2)];
    }),
  );
  const body = request.body.replace(PLACE, refreshToken);
  const asked = { method, path, host: headers.host ?? '', query: {}, headers, body };
  const { answer } = provider.handle(asked, atMs, 'x-1');
  if (answer.status !== 200) throw new Error(`${service} answers a refresh with ${answer.status}`);
  return { account: { request, refreshToken }, answer };
}

/** Only this one, for to load all of them takes longer than a measurement. */
export async function profileOf(service: string): Promise<Service> {
  const { default: profile }: { default: Service } = await import(`../mocks/services/${service}/index.ts`);
  return profile;
}
