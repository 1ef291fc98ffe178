// xero-node: it does not refresh until `refreshToken` is called; an expired token is an error in JSON.

import { XeroClient } from 'xero-node';
import { accountAt, story } from './story.mjs';

const { clientId, clientSecret, accessToken, refreshToken } = accountAt('xero');

const client = new XeroClient({ clientId, clientSecret, redirectUris: ['http://localhost/'], scopes: [] });
await client.initialize();
client.setTokenSet({ access_token: accessToken, refresh_token: refreshToken });

async function call() {
  const [tenant] = await client.updateTenants(false);
  const { body } = await client.accountingApi.getInvoices(tenant.tenantId);
  return `${body.invoices.length} invoices`;
}

// Calls of the API throw a text, calls of `updateTenants` an error of axios.
const tell = (error) => {
  const {
    status,
    statusCode = status,
    data,
    body = data,
  } = (typeof error === 'string' ? JSON.parse(error) : error).response ?? {};
  return `${statusCode}: ${body?.Detail ?? JSON.stringify(body)}`;
};

await story(
  {
    call,
    renewed: async () => {
      await client.refreshToken();
      return call();
    },
    scope: async () => {
      const [tenant] = client.tenants;
      await client.accountingApi.getReportProfitAndLoss(tenant.tenantId);
    },
  },
  tell,
);
