// Which exchanges a fault or a gate is for.

/** What an exchange must be like. What is not named fits everything. */
export interface ExchangeMatch {
  readonly service?: string;
  /** `token`, `revoke`, `authorize`, or a route's id. */
  readonly route?: string;
  readonly account?: string;
  /** Only exchanges of this party, e.g. `broker-1`. */
  readonly party?: string;
  /** Only the nth fitting exchange (from 1). */
  readonly nth?: number;
}

/** What must be known of an exchange. */
export interface Met {
  readonly service: string;
  readonly route: string;
  readonly account: string | null;
  readonly party: string;
}

/** Whether an exchange fits; `nth` is for whoever counts. */
export function fits(match: ExchangeMatch, met: Met): boolean {
  return (
    (match.service === undefined || match.service === met.service) &&
    (match.route === undefined || match.route === met.route) &&
    (match.account === undefined || match.account === met.account) &&
    (match.party === undefined || match.party === met.party)
  );
}
