// A dead session is answered with a page for people: a redirect to the sign-in, or the page itself with a 200.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const ENDED = ['expired', 'session-ended'] as const;

export default {
  id: 'login-page-instead-of-401',
  title: 'A dead session gets a sign-in page instead of a 401',
  why: 'Azure DevOps answers 302 to its sign-in page after 60 minutes, not 401; whoever follows it gets 200 and HTML (argoproj/argo-cd#23100).',
  kinds: ['agent'],
  needsServices: ['salesforce'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [{ atMs: 16 * MINUTE_MS, account: 'acme-salesforce', act: 'end-sessions' }],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'page',
      title: 'A dead session gets a sign-in page with a 200',
      agent: { services: { salesforce: { errors: [page(200, {})] } } },
    },
    {
      id: 'redirect',
      title: 'A dead session gets a redirect to the sign-in',
      agent: { services: { salesforce: { errors: [page(302, { location: '/login' })] } } },
    },
  ],
} satisfies Scenario;

function page(status: number, headers: Readonly<Record<string, string>>) {
  return {
    at: 'resource' as const,
    causes: [...ENDED],
    status,
    headers: { ...HTML, ...headers },
    body: PAGE,
  };
}
