// Refreshes at every service: opaque tokens against bare node:http, signed ones against signing alone.

import { createProvider, SERVICES, type Service, seededRandomness } from '../mocks/index.ts';
import { signJwt } from '../mocks/jwt.ts';
import { rsaPrivateKey } from '../mocks/rsa-key.ts';
import type { Child } from './child.ts';
import { controlOf, type Pair, ratioOf, runPairs } from './pairs.ts';
import { openRefreshes, type Refreshing, type RefreshPlan, type RefreshRate } from './refresh.ts';

/** What one service showed. */
export interface ServiceRates {
  readonly service: string;
  readonly signatures: number;
  /** Refreshes per second against bare node:http, and the control of that. */
  readonly againstBare: number;
  readonly control: number;
  /** The same by processor time: that of bare node:http against that of the service. */
  readonly byCpu: number;
  /** Processor time of a refresh against that of its signatures alone; null where there are none. */
  readonly againstSigning: number | null;
}

const SIGNATURES = 1000;

/** Those whose calls are signed get new tokens by a signed call, not by a refresh. */
const SIGNED_CALLS = 'aws';
/** Told without a goal: what they do beside the tokens is not what the goals are about. */
const WITHOUT_GOAL = [SIGNED_CALLS, 'mcp'];
const AT_LEAST = 0.65;
const AT_MOST = 1.3;

/** The services that hand out new tokens for old ones, and the one whose calls are signed. */
export function measuredServices(): readonly Service[] {
  const randomness = seededRandomness(1);
  return SERVICES.filter((service) => {
    const provider = createProvider(service, { origin: 'http://127.0.0.1:9', randomness });
    const { account } = provider.connect({ id: 'probe', tenant: 'probe', atMs: 0 });
    return account.refreshToken !== null || service.id === SIGNED_CALLS;
  });
}

/** What is measured of each service: one process is quicker than the next by as much as a service is than another. */
export interface ServicePlan extends RefreshPlan {
  readonly processes: number;
  /** In each process. */
  readonly pairs: number;
}

/** One load, and what the signatures of an answer cost by themselves at that time; 0 where there are none. */
interface Load extends RefreshRate {
  readonly signingMicros: number;
}

/** Measures one service, each time between two runs of its bare counterpart; the processes start anew a few times. */
export async function measureService(
  loading: Child,
  { id }: Service,
  plan: ServicePlan,
): Promise<ServiceRates> {
  let signatures = 0;
  const pairs: Pair<Load>[] = [];
  for (let nth = 0; nth < plan.processes; nth++) {
    const measured = await measureProcess(loading, id, plan);
    pairs.push(...measured.pairs);
    signatures = measured.signatures;
  }
  const by = (field: 'perSecond' | 'serverCpuMicros') =>
    pairs.map(({ before, subject, after }) => ({
      before: before[field],
      subject: subject[field],
      after: after[field],
    }));
  const signing = pairs.map(({ before, subject }) => ({
    before: before.signingMicros,
    subject: subject.serverCpuMicros,
    after: subject.signingMicros,
  }));
  return {
    service: id,
    signatures,
    againstBare: ratioOf(by('perSecond')),
    control: controlOf(by('perSecond')),
    byCpu: 1 / ratioOf(by('serverCpuMicros')),
    againstSigning: signatures === 0 ? null : ratioOf(signing),
  };
}

async function measureProcess(
  loading: Child,
  id: string,
  plan: ServicePlan,
): Promise<{ readonly signatures: number; readonly pairs: readonly Pair<Load>[] }> {
  const bare = await openRefreshes(loading, plan, 'bare', id);
  const served = await openRefreshes(loading, plan, 'world', id).catch(async (error: unknown) => {
    await bare.end();
    throw error;
  });
  const { signatures } = served;
  // At once after each load, and so on both sides of the measured one: how quick a machine is changes within seconds.
  const loaded = async ({ measure }: Refreshing): Promise<Load> => {
    const rate = await measure();
    return { ...rate, signingMicros: signatures === 0 ? 0 : signatures * signingMicros() };
  };
  try {
    const sides = { baseline: () => loaded(bare), subject: () => loaded(served) };
    return { signatures, pairs: await runPairs(sides, plan.pairs) };
  } finally {
    await served.end();
    await bare.end();
  }
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
export function serviceRow(rates: ServiceRates): string {
  const { service, signatures, againstBare, control, byCpu, againstSigning } = rates;
  const met = againstSigning === null ? againstBare >= AT_LEAST : againstSigning <= AT_MOST;
  const cells = [
    service,
    service === SIGNED_CALLS ? 'by signed calls' : signatures === 0 ? 'opaque' : `${signatures} signed`,
    againstBare.toFixed(2),
    control.toFixed(2),
    byCpu.toFixed(2),
    againstSigning === null ? '' : againstSigning.toFixed(2),
    WITHOUT_GOAL.includes(service) ? '' : met ? 'met' : 'not met',
  ];
  return `| ${cells.join(' | ')} |`;
}
