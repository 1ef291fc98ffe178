// What the page asks of the control API, and where a mistake is shown: beside the thing that was pressed.

const API = '_hour4';

/**
 * @typedef {{ ok: boolean, body: any }} Answered
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} [options]
 * @returns {Promise<Answered>}
 */
export async function ask(path, { method = 'GET', body } = {}) {
  try {
    const answer = await fetch(`${API}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ok: answer.ok, body: await answer.json() };
  } catch {
    return { ok: false, body: { error: 'hour4 does not answer: is it still running?', field: null } };
  }
}

/**
 * Gives an order; what was wrong with it is told at `problem`, and the field that is meant is marked.
 * @param {HTMLElement} problem
 * @param {HTMLFormElement | null} form
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} options
 * @returns {Promise<boolean>} whether it was carried out
 */
export async function order(problem, form, path, options) {
  const { ok, body } = await ask(path, { method: 'POST', ...options });
  problem.textContent = ok ? '' : body.error;
  for (const field of form?.querySelectorAll('input, select') ?? []) {
    const meant = !ok && field.getAttribute('name') === body.field;
    if (meant) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
  return ok;
}

/**
 * @param {number} since
 * @param {{ entry: (entry: any) => void, reset: () => void, connected: (yes: boolean) => void }} hears
 */
export function follow(since, hears) {
  const stream = new EventSource(`${API}/ledger?since=${since}`);
  stream.addEventListener('message', ({ data }) => hears.entry(JSON.parse(data)));
  stream.addEventListener('reset', hears.reset);
  stream.addEventListener('open', () => hears.connected(true));
  stream.addEventListener('error', () => hears.connected(false));
}
