// How a mock tool behaves: its level in challenge 53, and where it lies.

/** The knobs of a mock tool. */
export interface Behaviour {
  /** The level of challenge 53 at which it speaks. */
  readonly level: 0 | 1 | 2 | 3;
  /**
   * What comes of its `reauth_command`: it `works`; it `lies` (says so, and does nothing); it `fails`; only a variable is
   * named (`env-only`); nothing is named (`none`).
   */
  readonly reauth: 'works' | 'lies' | 'fails' | 'env-only' | 'none';
  /** Whether it looks at the end of its credential before it sends anything, from level 2 on. */
  readonly looksFirst: boolean;
  /** Whether it renews an expired credential by itself. */
  readonly heals: boolean;
  /** What it says of the end of its credential, from level 2 on. */
  readonly expiredAt: 'true' | 'wrong' | 'none';
  /** Whether a denial is called a denial. */
  readonly denial: 'honest' | 'called-expired';
  /** Its code for an expiry and for a denial; null for the usual one of its level. */
  readonly expiryCode: string | null;
  readonly denialCode: string | null;
  /** Whether it prints JSON, or plain text on stderr. */
  readonly output: 'json' | 'text';
  /** What it calls itself in its `reauth_command`; may be several words. */
  readonly name: string;
  /** The variable that it reads its access token from, before HOUR4_PLAIN_ACCESS_TOKEN. */
  readonly tokenEnv: string;
}

/** An honest tool of the highest level. */
export const HONEST: Behaviour = {
  level: 3,
  reauth: 'works',
  looksFirst: true,
  heals: false,
  expiredAt: 'true',
  denial: 'honest',
  expiryCode: null,
  denialCode: null,
  output: 'json',
  name: 'tool',
  tokenEnv: 'TOOL_TOKEN',
};
