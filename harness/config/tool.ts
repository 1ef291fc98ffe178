// The keys of a subject that only a tool has, checked against its kind and its services.

import { UsageError } from '../errors.ts';
import type { ToolUse } from '../subjects/tool/steps.ts';
import { nearest } from './nearest.ts';
import type { ConfigInput } from './schema.ts';

const KEYS = ['steps', 'tokenEnv', 'service'] as const;

/**
 * How a tool is used; null for the other kinds.
 * @throws UsageError for keys that do not fit the kind, or a service that the config does not have
 */
export function toolUseOf(
  subject: ConfigInput['subject'],
  name: string,
  services: readonly string[],
): ToolUse | null {
  if (subject.kind !== 'tool') {
    const stray = KEYS.find((key) => subject[key] !== undefined);
    if (stray !== undefined) throw new UsageError(`subject.${stray}: is for kind tool: leave it out`);
    return null;
  }
  const { run, steps, tokenEnv = null, service = services[0] ?? '' } = subject;
  if (run === undefined) throw new UsageError('subject.module: a tool is a program: name it with run');
  if (steps === undefined) {
    throw new UsageError('subject.steps: a tool needs a command to call: write steps: { call: [ARGUMENTS] }');
  }
  if (!services.includes(service))
    throw new UsageError(`subject.service: no service "${service}": ${nearest(service, services)}`);
  const { call, more = [], denied = call, notFound = null, rollback = null } = steps;
  return { name, service, tokenEnv, files: {}, steps: { call, more, denied, notFound, rollback } };
}
