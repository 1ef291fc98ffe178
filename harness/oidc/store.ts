// Where the provider keeps its things: maps in memory, in which every change to a token is also written down for the record.

import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { nowS } from './now.ts';
import type { Change, TokenModel } from './protocol.ts';

/** The store of one provider. */
export interface Store {
  /** The part of it for one of the provider's models. */
  adapter(model: string): Adapter;
  /** What has changed since this was last asked. */
  takeChanges(): readonly Change[];
  destroy(model: string, id: string): void;
  /** Changes everything of a grant that names scopes. */
  eachOfGrant(grant: string, change: (payload: AdapterPayload) => void): void;
}

const TOKENS: ReadonlySet<string> = new Set(['AccessToken', 'RefreshToken'] satisfies TokenModel[]);

/** An empty store. */
export function createStore(): Store {
  const models = new Map<string, Map<string, AdapterPayload>>();
  let changes: Change[] = [];

  const kept = (model: string) => {
    const found = models.get(model) ?? new Map<string, AdapterPayload>();
    models.set(model, found);
    return found;
  };
  const note = (kind: 'consumed' | 'destroyed', model: string, value: string) => {
    if (TOKENS.has(model)) changes.push({ kind, model: model as TokenModel, value });
  };
  const destroy = (model: string, id: string) => {
    if (kept(model).delete(id)) note('destroyed', model, id);
  };
  const findBy = (model: string, field: 'uid' | 'userCode', value: string) =>
    [...kept(model).values()].find((payload) => payload[field] === value);

  return {
    adapter: (model) => ({
      async upsert(id, payload) {
        if (TOKENS.has(model) && !kept(model).has(id)) changes.push(saved(model as TokenModel, id, payload));
        kept(model).set(id, payload);
      },
      find: async (id) => kept(model).get(id),
      findByUid: async (uid) => findBy(model, 'uid', uid),
      findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
      // Compared and set in one go: of several that found it unused only one may have it.
      async consume(id) {
        const payload = kept(model).get(id);
        if (payload === undefined || payload.consumed) throw new errors.InvalidGrant('already consumed');
        payload.consumed = nowS();
        note('consumed', model, id);
      },
      destroy: async (id) => destroy(model, id),
      async revokeByGrantId(grantId) {
        for (const [id, payload] of [...kept(model)]) if (payload.grantId === grantId) destroy(model, id);
      },
    }),
    takeChanges: () => {
      const taken = changes;
      changes = [];
      return taken;
    },
    destroy,
    eachOfGrant: (grant, change) => {
      for (const model of TOKENS)
        for (const payload of kept(model).values()) if (payload.grantId === grant) change(payload);
    },
  };
}

const saved = (model: TokenModel, value: string, payload: AdapterPayload): Change => ({
  kind: 'saved',
  model,
  value,
  grant: payload.grantId ?? '',
  account: payload.accountId ?? '',
  client: payload.clientId ?? '',
  scopes: payload.scope?.split(' ').filter(Boolean) ?? [],
  issuedAt: payload.iat ?? nowS(),
  expiresAt: payload.exp ?? Number.POSITIVE_INFINITY,
});
