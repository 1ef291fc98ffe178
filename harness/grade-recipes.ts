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
  /** Whether its hosts are in its code, so that its calls must be intercepted. */
  readonly intercept?: 'proxy';
  /** The arguments for the step where the server denies, where it never denies the usual command. */
  readonly denied?: readonly string[];
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
    id: 'aws',
    title: 'the command line of AWS, with the session of a role',
    service: 'aws',
    knobs: { variant: 'fifteen-minutes' },
    // The flag, for AWS_ENDPOINT_URL is unknown to older versions.
    args: ['--endpoint-url', '{{ aws.api }}'],
    env: { AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' },
    files: {
      '.aws/config': '[default]\nregion = us-east-1\ncredential_process = printenv HOUR4_AWS_ACCESS_TOKEN\n',
    },
    // Who one is one may always ask: AWS denies it to nobody.
    denied: ['ec2', 'describe-instances'],
    example: 'hour4 grade --as aws -- aws sts get-caller-identity',
  },
  {
    id: 'rclone',
    title: 'rclone, with a remote "hour4" at Google Drive',
    service: 'google',
    knobs: {},
    intercept: 'proxy',
    files: {
      '.config/rclone/rclone.conf': [
        '[hour4]',
        'type = drive',
        'client_id = {{ google.clientId }}',
        'client_secret = {{ google.clientSecret }}',
        'token = {"access_token":"{{ google.accessToken }}","token_type":"Bearer","refresh_token":"{{ google.refreshToken }}","expiry":"{{ google.expiresAt }}"}',
        '',
      ].join('\n'),
    },
    example: 'hour4 grade --as rclone -- rclone lsf hour4:',
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
