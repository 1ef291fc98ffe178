// Refreshes at every service that has refresh tokens: opaque ones against bare node:http, signed ones against signing alone.

import { createProvider, SERVICES, type Service, seededRandomness } from '../mocks/index.ts';
import { signJwt } from '../mocks/jwt.ts';
import { rsaPrivateKey } from '../mocks/rsa-key.ts';
import { medianOf } from './pairs.ts';
import { measureRefreshes, type RefreshPlan } from './refresh.ts';

/** What one service showed. */
export interface ServiceRates {
  readonly service: string;
  readonly signatures: number;
  /** Refreshes per second against bare node:http. */
  readonly againstBare: number;
  /** Processor time of a refresh against that of its signatures alone; null where there are none. */
  readonly againstSigning: number | null;
}

const AT_LEAST = 0.65;
const AT_MOST = 1.3;
const SIGNATURES = 300;

/** The services that refresh. */
export function refreshingServices(): readonly Service[] {
  const randomness = seededRandomness(1);
  return SERVICES.filter((service) => {
    const provider = createProvider(service, { origin: 'http://127.0.0.1:9', randomness });
    return provider.connect({ id: 'probe', tenant: 'probe', atMs: 0 }).account.refreshToken !== null;
  });
}

/** Measures one service, each time between two runs of the bare server. */
export async function measureService(
  { id }: Service,
  plan: RefreshPlan,
  pairs: number,
): Promise<ServiceRates> {
  const bare: number[] = [];
  const rates: { perSecond: number; serverCpuMicros: number; signatures: number; signing: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const before = await measureRefreshes('bare', plan);
    const rate = await measureRefreshes('world', plan, id);
    const after = await measureRefreshes('bare', plan);
    bare.push((before.perSecond + after.perSecond) / 2);
    rates.push({ ...rate, signing: rate.signatures === 0 ? 0 : signingMicros() * rate.signatures });
  }
  const signatures = rates[0]?.signatures ?? 0;
  return {
    service: id,
    signatures,
    againstBare: medianOf(rates.map(({ perSecond }, pair) => perSecond / (bare[pair] ?? Number.NaN))),
    againstSigning:
      signatures === 0
        ? null
        : medianOf(rates.map(({ serverCpuMicros, signing }) => serverCpuMicros / signing)),
  };
}

// Processor time of one signature, in microseconds.
function signingMicros(): number {
  const key = rsaPrivateKey(seededRandomness(1), 'bench');
  const before = process.cpuUsage();
  for (let nth = 0; nth < SIGNATURES; nth++) signJwt({ iss: 'bench', iat: nth, exp: nth + 3600 }, key);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / SIGNATURES;
}

/** A row of the table. */
export function serviceRow({ service, signatures, againstBare, againstSigning }: ServiceRates): string {
  const met = againstSigning === null ? againstBare >= AT_LEAST : againstSigning <= AT_MOST;
  const cells = [
    service,
    signatures === 0 ? 'opaque' : `${signatures} signed`,
    againstBare.toFixed(2),
    againstSigning === null ? '' : againstSigning.toFixed(2),
    met ? 'met' : 'not met',
  ];
  return `| ${cells.join(' | ')} |`;
}
