// Sick as teams begin: the tokens of the environment, from the first call of the night to the last.

import { Refused } from './habits.ts';
import { agent } from './overnight.ts';

export default agent({}, ({ account }) => {
  const token = process.env[`HOUR4_${account.service.toUpperCase()}_ACCESS_TOKEN`];
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(account.apiUrl + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (response.ok) return response.json();
    const refusal = `${account.id} answered ${response.status} to ${method} ${path.split('?')[0]}`;
    console.error(refusal);
    throw new Refused(refusal);
  };
});
