// @ts-check
// How a function that others hold on to is replaced: what it carries besides, such as its promisified form, stays with it.

/** @param {any} owner @param {string} name @param {(original: Function) => Function} wrap */
export function replace(owner, name, wrap) {
  const original = owner[name];
  if (typeof original !== 'function') return;
  const { value: _, ...rest } = Object.getOwnPropertyDescriptors(original);
  owner[name] = Object.defineProperties(wrap(original), /** @type {PropertyDescriptorMap} */ (rest));
}
