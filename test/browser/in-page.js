// @ts-nocheck -- these functions run in the browser, of which the types of a Node project know nothing.
// What tests ask of an open page.

/** The text that is hardest to read against the nearest background behind it (contrast by WCAG 2). */
export function worstContrast() {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? background(element.parentElement) : color;
  };
  const holdsText = (element) =>
    element.tagName !== 'title' &&
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '',
    );
  const ratios = [...document.querySelectorAll('body *')].filter(holdsText).map((element) => {
    const style = getComputedStyle(element);
    const [a, b] = [
      light(element instanceof SVGElement ? style.fill : style.color),
      light(background(element)),
    ];
    return { ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text: element.textContent };
  });
  return ratios.sort((a, b) => a.ratio - b.ratio)[0];
}

/** By how many pixels the page is wider than the screen. */
export function overflow() {
  return document.documentElement.scrollWidth - window.innerWidth;
}

/** How many parts of a picture lie outside of its frame. */
export function partsOutside(svg) {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text, rect, path')].filter((part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return (
      left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1
    );
  }).length;
}
