// Repositories: finding one, and what the wire shows of it. Each is private: whoever may not see it gets a 404.

import { type JsonObject, json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { ownerIdOf, repositoryIdOf } from './ids.ts';
import { type Kind, neededBy } from './permissions.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const SEES = { permission: 'metadata:read', scopes: ['repo'] };
const DELETES = { permission: 'administration:write', scopes: ['delete_repo'] };

/** The routes of repositories, for one kind of token. */
export function repositoryRoutes(kind: Kind): readonly Route[] {
  const reads = { method: 'GET', needsOneOf: neededBy(kind, SEES), effect: 'read' } as const;
  const list: Route =
    kind === 'installation'
      ? { id: 'installation.repos', path: '/installation/repositories', ...reads, handle: listOfInstallation }
      : { id: 'user.repos', path: '/user/repos', ...reads, handle: listOfUser };
  return [
    list,
    { id: 'repos.read', path: REPOSITORY, ...reads, handle: (call) => withRepository(call, answerOf) },
    {
      id: 'repos.delete',
      method: 'DELETE',
      path: REPOSITORY,
      needsOneOf: neededBy(kind, DELETES),
      effect: 'write',
      handle: (call) =>
        withRepository(call, ({ data }, { full_name }) => {
          data('repos').delete(String(full_name));
          return {
            answer: { status: 204, headers: {}, body: '' },
            writes: [{ place: `repos/${full_name}`, cells: { deleted: 'true' } }],
          };
        }),
    },
  ];
}

/** Handles a call on the repository that its path names; one that the token cannot see is not found. */
export function withRepository(call: Call, handle: (call: Call, repository: JsonObject) => Handled): Handled {
  const name = `${call.params.owner}/${call.params.repo}`;
  const repository = call.data('repos').get(name);
  if (repository !== null) return handle(call, repository);
  return { refused: call.heldElsewhere('repos', name) ? 'other-tenant' : 'not-found' };
}

/** A repository as the wire shows it. */
export function repositoryShown({ origin }: Call, stored: JsonObject): JsonObject {
  const fullName = String(stored.full_name);
  const [owner = '', name = ''] = fullName.split('/');
  return {
    id: repositoryIdOf(fullName),
    name,
    full_name: fullName,
    private: true,
    owner: { login: owner, id: ownerIdOf(owner), type: 'Organization' },
    html_url: `https://github.com/${fullName}`,
    description: stored.description ?? null,
    url: `${origin}/repos/${fullName}`,
    created_at: stored.created_at ?? null,
    default_branch: stored.default_branch ?? 'main',
    visibility: 'private',
  };
}

const answerOf = (call: Call, stored: JsonObject): Handled => ({
  answer: json(200, repositoryShown(call, stored)),
});

const allShown = (call: Call) =>
  call
    .data('repos')
    .list()
    .map((stored) => repositoryShown(call, stored));

const listOfUser = (call: Call): Handled => ({ answer: json(200, allShown(call)) });

function listOfInstallation(call: Call): Handled {
  const repositories = allShown(call);
  return {
    answer: json(200, {
      total_count: repositories.length,
      repository_selection: 'selected',
      repositories,
    }),
  };
}
