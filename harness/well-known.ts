// Under which names programs look for the access token of a service, by their own documentation.

/** Variables by service; each carries the access token. */
export const WELL_KNOWN_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  airtable: ['AIRTABLE_API_KEY', 'AIRTABLE_TOKEN'],
  anthropic: ['ANTHROPIC_API_KEY'],
  asana: ['ASANA_ACCESS_TOKEN'],
  discord: ['DISCORD_TOKEN'],
  dropbox: ['DROPBOX_ACCESS_TOKEN'],
  github: ['GH_TOKEN', 'GITHUB_TOKEN'],
  google: ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'GOOGLE_OAUTH_ACCESS_TOKEN'],
  hubspot: ['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_TOKEN'],
  linear: ['LINEAR_ACCESS_TOKEN', 'LINEAR_API_KEY'],
  notion: ['NOTION_API_KEY', 'NOTION_TOKEN'],
  openai: ['OPENAI_API_KEY'],
  plain: [],
  salesforce: ['SALESFORCE_ACCESS_TOKEN', 'SF_ACCESS_TOKEN'],
  slack: ['SLACK_BOT_TOKEN', 'SLACK_TOKEN'],
  stripe: ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'],
};

/** The variables of one service, as a config writes them. */
export function wellKnownVariables(service: string): Record<string, string> {
  const names = WELL_KNOWN_VARIABLES[service] ?? [];
  return Object.fromEntries(names.map((name) => [name, `{{ ${service}.accessToken }}`]));
}
