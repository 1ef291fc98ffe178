// What all programs share: each step at its moment, and a JSON line that says what came of it.

import { setTimeout as sleep } from 'node:timers/promises';

const startMs = Date.now();

/** What the program was told of the account at a service, by the names of the `HOUR4_*` variables. */
export function accountAt(service) {
  const prefix = `HOUR4_${service.toUpperCase()}_`;
  return Object.fromEntries(
    Object.entries(process.env)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [camelCase(name.slice(prefix.length)), value]),
  );
}

const camelCase = (name) => name.toLowerCase().replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Takes the steps one after the other, each when its moment has come.
 * @param steps what each step does, and returns a few words about; a step that is not named does what `call` does
 * @param tell what there is to say of an error beside its class, where its code and message do not say it
 */
export async function story(steps, tell = told) {
  for (const { step, atMs } of JSON.parse(process.env.CLIENT_STEPS)) {
    await sleep(Math.max(0, startMs + atMs - Date.now()));
    const result = await outcome(steps[step] ?? steps.call, tell);
    console.log(JSON.stringify({ step, result }));
  }
  // Some clients keep a timer or a connection for as long as the process lives.
  process.exit();
}

async function outcome(work, tell) {
  try {
    const said = await work();
    return typeof said === 'string' ? said : 'done';
  } catch (error) {
    return `throws ${error.constructor.name} ${tell(error)}`;
  }
}

/** An error in a few words: its code, and the first line of what it says. */
export function told({ code, status = code, statusCode = status, message }) {
  const [words] = message.split(/\r?\n/);
  return statusCode === undefined ? words : `${code ?? statusCode}: ${words}`;
}
