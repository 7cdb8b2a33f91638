/** How well a text is told from its ground (WCAG 2.2 contrast), and what the server makes of a colour that carries no text. */

/** The contrast a small line needs. */
export const enough = 4.5;
/** The small line of the launcher is drawn in this share of the text colour. */
const smallLine = 0.92;

/** @param {string} hex @returns {boolean} */
export function isColor(hex) {
  return /^#[0-9a-f]{6}$/iu.test(hex);
}

/** @param {string} one @param {string} other both #rrggbb */
export function contrast(one, other) {
  return ratio(channels(one), channels(other));
}

/**
 * The ground and text colours the server will keep: text white where it can, the ground moved until the small line reaches 4.5:1.
 * @param {string} color
 * @returns {{ ground: string, text: string }}
 */
export function readable(color) {
  const chosen = channels(color);
  const [text, away] = ratio(chosen, white) >= 3 ? [white, black] : [black, white];
  let ground = chosen;
  for (let round = 0; round < 60 && ratio(ground, mixed(text, ground, 1 - smallLine)) < enough; round += 1) ground = mixed(ground, away, 0.03);
  return { ground: hexOf(ground), text: hexOf(text) };
}

const white = [1, 1, 1];
const black = [0, 0, 0];

function ratio(one, other) {
  const [bright, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [red, green, blue] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mixed(one, other, share) {
  return one.map((part, index) => part + (other[index] - part) * share);
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

function hexOf(color) {
  return `#${color.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`;
}
