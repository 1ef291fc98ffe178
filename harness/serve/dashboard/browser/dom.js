// The few things that the page does with its elements.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * The element with this id, which the page has.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  return /** @type {Kind} */ (document.getElementById(id));
}

/**
 * Makes a container hold one element for each item. Elements that are there already stay, so that nobody loses the
 * focus or what was typed.
 * @template Item
 * @param {HTMLElement} container
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => HTMLElement} create
 * @param {(element: HTMLElement, item: Item) => void} update
 */
export function keep(container, items, keyOf, create, update) {
  const there = new Map(
    [...container.children]
      .map((child) => /** @type {HTMLElement} */ (child))
      .map((child) => [child.dataset.key, child]),
  );
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const element = there.get(key) ?? create(item);
    element.dataset.key = key;
    there.delete(key);
    update(element, item);
    return element;
  });
  for (const element of there.values()) element.remove();
  for (const [index, element] of wanted.entries()) {
    if (container.children[index] !== element)
      container.insertBefore(element, container.children[index] ?? null);
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
