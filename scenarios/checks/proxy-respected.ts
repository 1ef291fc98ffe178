// The proxy of the network is the user's choice: what it is for goes through it, and what NO_PROXY names does not.

import type { Check, Run } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { askedCallsOf } from './asked-calls.ts';
import { attemptsOf } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';

const fix =
  'Leave the proxy to the client and its environment: in Node `NODE_USE_ENV_PROXY=1`, with `new Agent({ proxyEnv: process.env })` for an agent of your own. Whoever sets `HTTPS_PROXY` for others appends to `NO_PROXY` and keeps what was there.';

export default {
  id: 'proxy-respected',
  title: 'The proxy that was set before is used, and NO_PROXY is kept',
  category: 'hygiene',
  loses: 'other',
  why: 'Two programs that set the same variable fight over it: traffic that was to go through the company’s proxy leaves directly and is dropped, or what was to stay inside goes out through it.',
  judged:
    'HTTP_PROXY, HTTPS_PROXY and NO_PROXY are set before the start. A host that NO_PROXY names must be asked directly. Every other service ' +
    'can be reached through the proxy only: a call to it that a broker sends nowhere, or a service that an agent uses in its twin and never ' +
    'reaches here, was looked for past the proxy.',
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => {
    const { reached } = run.ledger.world;
    if (reached === undefined)
      return { verdict: 'inconclusive', message: 'The network had no proxy, or the calls were intercepted.' };
    const requests = attemptsOf(run.ledger).length;
    const instances = [...throughInVain(run.ledger, reached.direct), ...past(run, reached.byProxy)];
    if (instances.length > 0) return failure(instances, fix);
    if (requests === 0) return { verdict: 'inconclusive', message: 'Nothing was sent to any service.' };
    const message = `${counted(requests, 'request')}: directly to ${reached.direct.join(', ')}, through the proxy to ${reached.byProxy.join(', ')}.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function throughInVain(ledger: Ledger, direct: readonly string[]): Instance[] {
  return attemptsOf(ledger).flatMap(({ opened }) =>
    direct.includes(opened.service) && opened.via !== undefined
      ? [
          {
            atMs: opened.at,
            message: `The request \`${opened.method} ${opened.path}\` to ${opened.service} at ${formatMoment(opened.at)} went through the proxy, though NO_PROXY names its host. It should have gone directly.`,
            evidence: [opened.seq],
          },
        ]
      : [],
  );
}

function past({ kind, ledger, twin }: Run, byProxy: readonly string[]): Instance[] {
  return kind === 'broker' ? lostCalls(ledger, byProxy) : missed(ledger, twin, byProxy);
}

function lostCalls(ledger: Ledger, byProxy: readonly string[]): Instance[] {
  const serviceOf = new Map(ledger.world.accounts.map(({ id, service }) => [id, service]));
  return askedCallsOf(ledger).flatMap(({ sent, upstream }) => {
    const service = serviceOf.get(sent.account ?? '') ?? '';
    if (!byProxy.includes(service) || upstream.length > 0) return [];
    const message = `The call \`${sent.method} ${sent.path}\` for ${sent.account} at ${formatMoment(sent.at)} never came to ${service}, which only the proxy leads to. It should have gone through the proxy.`;
    return [{ atMs: sent.at, message, evidence: [sent.seq] }];
  });
}

function missed(ledger: Ledger, twin: Ledger | null, byProxy: readonly string[]): Instance[] {
  const used = (one: Ledger) => new Set(attemptsOf(one).map(({ opened }) => opened.service));
  const [here, usually] = [used(ledger), twin === null ? new Set<string>() : used(twin)];
  return byProxy
    .filter((service) => usually.has(service) && !here.has(service))
    .map((service) => ({
      atMs: 0,
      message: `No request ever came to ${service}, which only the proxy leads to, though the subject uses it where there is no proxy. It should have gone through the proxy.`,
      evidence: [],
    }));
}
