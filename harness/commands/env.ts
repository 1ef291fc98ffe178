// `hour4 env`: what a subject finds in its environment and in the world file, with secrets shown by their shape.

import { type Account, createProvider, type Service, seededRandomness } from '../../mocks/index.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { configureService } from '../config/services.ts';
import { expand } from '../config/template.ts';
import { mswVariables, proxyVariables } from '../intercept/variables.ts';
import { accountsOf } from '../stage.ts';
import { baseEnvironment, foldersIn, worldVariables } from '../subjects/environment.ts';
import type { WorldFile } from '../subjects/world-file.ts';
import { compressed, DEFAULT_TIME_FACTOR } from '../time/compress.ts';
import type { Catalogue } from './catalogue.ts';
import type { Terminal } from './terminal.ts';

/** The night that is shown: six hours, as most scenarios last. */
const SHOWN_MS = 6 * 3_600_000;
const SEED = 1;
const FOLDER = '<run>';
/** Any port will do: the real one is new in every run. */
const ORIGIN = 'http://127.0.0.1:9';
const EVENTS_URL = 'http://127.0.0.1:<port>/events';

/**
 * Prints the variables and the world file of a config's subject.
 * @param path of the config; null to look for one
 * @throws UsageError when the config is not right
 */
export async function env(
  path: string | null,
  catalogue: Catalogue,
  { stdout }: Terminal,
  cwd: string,
): Promise<void> {
  const config = await loadConfig(path, cwd, catalogue.services);
  const factor = factorOf(config);
  const services = Object.entries(config.services).map(([id, knobs]) =>
    compressed(configureService(id, knobs, catalogue.services), factor),
  );
  const accounts = accountsOf(services).map((whose) => shownAccount(services, whose, config.startMs));
  const variables = Object.entries(variablesOf(config, services, accounts)).map(
    ([name, value]) => `${name}=${value}\n`,
  );
  const world = JSON.stringify(worldFileOf(config, accounts, catalogue), null, 2);
  stdout.write(`# What ${config.subject.name} finds; <...> is new in every run.\n${timeOf(config)}`);
  stdout.write(variables.join(''));
  stdout.write(`\n# The file at HOUR4_WORLD\n${world}\n`);
}

const factorOf = ({ subject: { time, timeFactor = DEFAULT_TIME_FACTOR } }: Config) =>
  time === 'compressed' ? timeFactor : 1;

/** How time is told, in a line for people. */
function timeOf({ subject: { time } }: Config): string {
  if (time === 'real') return '';
  if (time === 'compressed') return '# Durations are divided, and time starts when the run does.\n';
  return '# In exact time HOUR4_CLOCK, HOUR4_PARTY and NODE_OPTIONS come on top, by which a Node follows the clock.\n';
}

/** An account as a run would make it, but for what only a run can know. */
function shownAccount(
  services: readonly Service[],
  whose: ReturnType<typeof accountsOf>[number],
  startMs: number,
): Account {
  const service = services.find(({ id }) => id === whose.service);
  if (service === undefined) throw new Error(`account "${whose.id}" is at no service`);
  const provider = createProvider(service, { origin: ORIGIN, randomness: seededRandomness(SEED) });
  const { account } = provider.connect({ id: whose.id, tenant: whose.tenant, atMs: startMs });
  const { accessToken, refreshToken, clientSecret } = account;
  const shape = (secret: string | null, what: string) =>
    secret === null ? null : `<${what}, ${secret.length} characters>`;
  return {
    ...withoutPort(account),
    accessToken: `<access token, ${accessToken.length} characters>`,
    refreshToken: shape(refreshToken, 'refresh token'),
    clientSecret: shape(clientSecret, 'client secret'),
  };
}

function withoutPort(account: Account): Account {
  return JSON.parse(JSON.stringify(account).replaceAll(/(127\.0\.0\.1(?::|%3A))9/g, '$1<port>'));
}

function variablesOf(
  { subject }: Config,
  services: readonly Service[],
  accounts: readonly Account[],
): Readonly<Record<string, string>> {
  const folders = foldersIn(FOLDER);
  const own = Object.entries(subject.env).map(([name, text]) => [
    name,
    expand(text, accounts, folders.store),
  ]);
  return {
    ...baseEnvironment(process.env, folders),
    ...worldVariables({
      folders,
      eventsUrl: EVENTS_URL,
      seed: SEED,
      run: '<run id>',
      accounts,
      webhookSecrets: Object.fromEntries(
        services.filter(({ webhooks }) => webhooks !== undefined).map(({ id }) => [id, '<webhook secret>']),
      ),
    }),
    ...startVariables(subject),
    ...Object.fromEntries(own),
    ...interceptVariables(subject, Object.fromEntries(own)),
    ...tokenVariable(subject.tool, accounts),
  };
}

/** What depends on how it is started. */
function startVariables(subject: Config['subject']): Record<string, string> {
  const { kind, run, page, time, timeFactor = DEFAULT_TIME_FACTOR } = subject;
  const isReplica = kind === 'broker' && run !== null;
  return {
    ...(time === 'compressed' ? { HOUR4_TIME_FACTOR: String(timeFactor) } : {}),
    ...(isReplica || (page !== undefined && run !== null) ? { PORT: '<port>' } : {}),
    ...(isReplica ? { HOUR4_REPLICA: '0' } : {}),
  };
}

function interceptVariables(
  { intercept }: Config['subject'],
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const proxy = 'http://127.0.0.1:<port>';
  if (intercept === 'proxy') return proxyVariables(proxy, `${FOLDER}-ca.pem`, own);
  return intercept === 'msw' ? mswVariables(proxy, own) : {};
}

/** The variable of its own from which a tool reads its access token. */
function tokenVariable(
  tool: Config['subject']['tool'],
  accounts: readonly Account[],
): Record<string, string> {
  const account = accounts.find(({ service }) => service === tool?.service);
  const name = tool?.tokenEnv ?? null;
  return account === undefined || name === null ? {} : { [name]: account.accessToken };
}

function worldFileOf(config: Config, accounts: readonly Account[], { defaultJob }: Catalogue): WorldFile {
  const has = (id: string) => accounts.some(({ service }) => service === id);
  const accountOf = (service: string) => accounts.find((account) => account.service === service)?.id ?? '';
  const standard = config.job === null && defaultJob.needsServices.every(has);
  const job = standard ? defaultJob.make(SEED, config.startMs, accountOf).description : config.job;
  return {
    schema: 'hour4/world@1',
    scenario: '<scenario>',
    seed: SEED,
    start: new Date(config.startMs).toISOString(),
    until: new Date(config.startMs + SHOWN_MS / factorOf(config)).toISOString(),
    store: foldersIn(FOLDER).store,
    eventsUrl: EVENTS_URL,
    resume: false,
    reauthorized: [],
    accounts,
    job,
  };
}
