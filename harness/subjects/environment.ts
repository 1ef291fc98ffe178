// What a subject finds in its environment: an allow-list, its own homes, and where the world is.

import { delimiter, join } from 'node:path';
import type { Account } from '../../mocks/index.ts';

/** The folders of one subject in one run. All of them lie under the output folder and are removed afterwards. */
export interface Folders {
  readonly root: string;
  readonly home: string;
  readonly store: string;
  readonly temp: string;
  readonly worldFile: string;
  /** What is wrong with the store at present: the preload reads it, nobody else needs to. */
  readonly storeMode: string;
  /** A copy of the store from an earlier moment. */
  readonly snapshot: string;
}

/** The folders of a run below `root`. */
export function foldersIn(root: string): Folders {
  const inRoot = (name: string) => join(root, name);
  return {
    root,
    home: inRoot('home'),
    store: inRoot('store'),
    temp: inRoot('tmp'),
    worldFile: inRoot('world.json'),
    storeMode: inRoot('store-mode'),
    snapshot: inRoot('snapshot'),
  };
}

/** Variables that pass through from hour4's own environment; everything else stays outside. */
const ALLOWED = [
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LC_CTYPE',
  'LC_MESSAGES',
  'TERM',
  'NODE_COMPILE_CACHE',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
];

/** The variables that hold in every run: no credential of the user's reaches a subject. */
export function baseEnvironment(
  outer: Readonly<Record<string, string | undefined>>,
  folders: Folders,
): Record<string, string> {
  const kept = Object.fromEntries(
    ALLOWED.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]]])),
  );
  const { home, temp } = folders;
  return {
    ...kept,
    PATH: searchPath(outer.PATH ?? ''),
    TZ: 'UTC',
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: temp,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
  };
}

// npm puts its own folders first; a subject is to find the machine's programs, not those of hour4's installation.
function searchPath(path: string): string {
  const own = /[/\\]node_modules[/\\]\.bin[/\\]?$|[/\\]node-gyp-bin[/\\]?$/;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && !own.test(folder))
    .join(delimiter);
}

/** The HOUR4_* variables that say where the world is and what the accounts are. */
export function worldVariables(world: {
  readonly folders: Folders;
  readonly eventsUrl: string;
  readonly seed: number;
  readonly run: string;
  readonly accounts: readonly Account[];
  readonly webhookSecrets: Readonly<Record<string, string>>;
}): Record<string, string> {
  const { folders, eventsUrl, seed, run, accounts, webhookSecrets } = world;
  return {
    HOUR4_WORLD: folders.worldFile,
    HOUR4_STORE: folders.store,
    HOUR4_STORE_MODE: folders.storeMode,
    HOUR4_EVENTS_URL: eventsUrl,
    HOUR4_SEED: String(seed),
    HOUR4_RUN: run,
    ...Object.assign({}, ...firstOfEachService(accounts).map(accountVariables)),
    ...Object.fromEntries(
      Object.entries(webhookSecrets).map(([service, secret]) => [
        `${prefixOf(service)}WEBHOOK_SECRET`,
        secret,
      ]),
    ),
  };
}

/** The first account of every service, in order. */
export function firstOfEachService(accounts: readonly Account[]): readonly Account[] {
  return accounts.filter(
    (account, index) => accounts.findIndex(({ service }) => service === account.service) === index,
  );
}

/** The variables of one account; what the service does not have is unset. */
export function accountVariables(account: Account): Record<string, string> {
  const prefix = prefixOf(account.service);
  const values: Record<string, string | null> = {
    API: account.apiUrl,
    TOKEN_URL: account.tokenUrl,
    REVOKE_URL: account.revokeUrl,
    CLIENT_ID: account.clientId,
    CLIENT_SECRET: account.clientSecret,
    ACCESS_TOKEN: account.accessToken,
    REFRESH_TOKEN: account.refreshToken,
    EXPIRES_AT: account.expiresAt,
    ACCOUNT: account.id,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[`${prefix}${name}`, value]])),
  );
}

const prefixOf = (service: string) => `HOUR4_${service.toUpperCase().replaceAll('-', '_')}_`;
