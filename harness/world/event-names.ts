// A subject may have its own names for events and their fields; the ledger has one.

import { isJsonObject } from '../../mocks/http.ts';
import type { Json, JsonObject } from '../../mocks/index.ts';
import type { EventNames } from '../config/schema.ts';

/** The event with the fields `type`, `account`, `reason` and `reauth_url` beside its own, where it has such things. */
export function withCommonNames(event: Json, names: EventNames | undefined): Json {
  if (names === undefined || !isJsonObject(event)) return event;
  const type = at(event, names.type ?? 'type');
  const common = {
    type: commonType(type, names),
    account: at(event, names.account ?? 'account'),
    reason: at(event, names.reason ?? 'reason'),
    reauth_url: at(event, names.reauthUrl ?? 'reauth_url'),
  };
  const known = Object.entries(common).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...event, ...Object.fromEntries(known) };
}

function commonType(type: Json | undefined, names: EventNames): Json | undefined {
  if (names.reauthRequired !== undefined && type === names.reauthRequired) return 'reauth_required';
  if (names.reauthSucceeded !== undefined && type === names.reauthSucceeded) return 'reauth_succeeded';
  return type;
}

// A field's own name may hold dots, so the whole is tried before its parts.
function at(event: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(event, path)) return event[path];
  let value: Json | undefined = event;
  for (const part of path.split('.')) value = isJsonObject(value) ? value[part] : undefined;
  return value;
}
