// Short ledgers of tools by hand: the steps that hour4 put to one, what each sent, and how it came back.

import type { ErrorObject, Returned, WorldLine } from '../../harness/entry.ts';
import type { ToolStep } from '../../harness/subjects/tool/steps.ts';
import type { Refusal } from '../../mocks/index.ts';
import { account, MINUTE, story } from './ledgers.ts';

export const TOOL = { kind: 'tool' } as const;

const ACCOUNT = 'acme-plain';
const TOKEN = `${ACCOUNT}/at-1`;
const END = '2026-03-02T22:15:00.000Z';
export const EXPIRED: ErrorObject = {
  code: 'CREDENTIALS_EXPIRED',
  message: `The token expired at ${END}.`,
  expired_at: END,
  retryable: true,
  reauth_command: 'tool auth refresh',
};
export const DENIED: ErrorObject = {
  code: 'PERMISSION_DENIED',
  message: 'No.',
  reauth_command: 'tool auth refresh',
};

/** A tool's story; `told` records one call, with the answers that it got. */
export function toolStory(more: Partial<WorldLine> = {}) {
  const told = story([account(ACCOUNT, 'plain', {})], more);
  told.mint(ACCOUNT, 'access', 15 * MINUTE);
  const step = (
    name: ToolStep,
    exitCode: number | null,
    error: ErrorObject | null,
    ...answers: readonly ('ok' | 'refreshed' | Refusal)[]
  ) => {
    told.append({
      kind: 'call.sent',
      party: 'tool',
      step: name,
      argv: ['tool', name === 'reauth' ? 'auth refresh' : 'items'],
      token: TOKEN,
      expiresAt: 15 * MINUTE,
    });
    const exchanges = answers.map((truth) =>
      truth === 'refreshed'
        ? told.refresh(ACCOUNT)
        : told.call(truth, { account: ACCOUNT, service: 'plain', token: TOKEN, party: 'tool' }),
    );
    const reading: Returned['reading'] = {
      ok: error === null,
      error,
      text: error?.message ?? 'done',
      oddities: [],
    };
    const otherwise = exitCode === null ? 'It died of SIGSEGV.' : null;
    const returned = told.append({
      kind: 'call.returned',
      party: 'tool',
      step: name,
      exitCode,
      otherwise,
      reading,
    });
    return { seq: returned.seq, exchanges };
  };
  const skip = (name: ToolStep, reason: string) =>
    told.append({ kind: 'call.skipped', party: 'tool', step: name, reason });
  return { ...told, step, skip };
}

/** One expiry and one denial, as a good tool tells them. */
export function goodStory(change: { expired?: Partial<ErrorObject>; denied?: Partial<ErrorObject> } = {}) {
  const told = toolStory();
  told.step('valid', 0, null, 'ok');
  told.at(16 * MINUTE);
  const expired = told.step('expired', 10, { ...EXPIRED, ...change.expired }, 'expired');
  const denied = told.step('denied', 8, { ...DENIED, ...change.denied }, 'denied-by-policy');
  return { ...told, expired, denied };
}
