// What the four tools share: their commands as requests to the service, and how they end.

const REQUESTS = {
  items: () => ['GET', '/v1/items'],
  item: (id) => ['GET', `/v1/items/${id}`],
  remove: (id) => ['DELETE', `/v1/items/${id}`],
  whoami: () => ['GET', '/v1/me'],
};

/** Sends the request of a command, and gives back the status and the JSON. */
export async function ask([command = 'items', ...words], token) {
  const [method, path] = REQUESTS[command](...words);
  const response = await fetch(`${process.env.HOUR4_PLAIN_API}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Prints the one envelope and sets the exit code. */
export function end(envelope, exitCode) {
  console.log(JSON.stringify(envelope));
  process.exitCode = exitCode;
}
