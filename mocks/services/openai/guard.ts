// The headers that name an organization and a project: a key works for its own only.

import type { Call, Handled, Route } from '../../service.ts';
import { organizationIdOf, projectIdOf } from './organization.ts';

/** A route whose handler is reached only by calls that name no other organization and no other project. */
export const guarded = (route: Route): Route => ({
  ...route,
  handle: (call) => mismatch(call) ?? route.handle(call),
});

function mismatch({ request, account }: Call): Handled | null {
  const { 'openai-organization': organization, 'openai-project': project } = request.headers;
  if (organization !== undefined && organization !== organizationIdOf(account.tenant)) {
    return { refused: 'wrong-client', code: 'mismatched_organization' };
  }
  if (project !== undefined && project !== projectIdOf(account.tenant)) {
    return { refused: 'wrong-client', code: 'mismatched_project' };
  }
  return null;
}
