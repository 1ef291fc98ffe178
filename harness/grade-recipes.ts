// How well-known tools are led to the mocks: data, so that one more is one more entry.

import type { Config } from './config/config.ts';

/** How a tool is made to call a mock service with the credential of a step. Templates as in a config's `env`. */
export interface Recipe {
  /** The name of the program. */
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly knobs: Config['services'][string];
  /** Arguments between the program and the command. */
  readonly args?: readonly string[];
  /** The variable that carries the access token; absent where the environment or a file below says it. */
  readonly tokenEnv?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the home folder that is made for the tool, by path: written anew before each step. */
  readonly files?: Readonly<Record<string, string>>;
  readonly example: string;
}

/** Every recipe. */
export const RECIPES: readonly Recipe[] = [
  {
    id: 'gh',
    title: 'the command line of GitHub, with the token of an OAuth app',
    service: 'github',
    knobs: { variant: 'oauth-app' },
    tokenEnv: 'GH_TOKEN',
    // A host below .localhost is called over plain HTTP, and, unlike localhost itself, through the proxy.
    env: {
      GH_HOST: 'github.localhost',
      HTTP_PROXY: '{{ github.api }}',
      GH_NO_UPDATE_NOTIFIER: '1',
      GH_PROMPT_DISABLED: '1',
    },
    example: 'hour4 grade --as gh -- gh api /user',
  },
  {
    id: 'curl',
    title: 'curl, with a header out of its config file',
    service: 'plain',
    knobs: { accessTtl: '15m' },
    files: { '.curlrc': 'header = "Authorization: Bearer {{ plain.accessToken }}"\n' },
    example: "hour4 grade --as curl -- curl --silent --show-error --fail '{{ plain.api }}/v1/items'",
  },
];
