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
  const [bright, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (bright + 0.05) / (dark + 0.05);
}

/**
 * The ground and text colours the server will keep: text white where it can, the ground moved until the small line reaches 4.5:1.
 * @param {string} color
 * @returns {{ ground: string, text: string }}
 */
export function readable(color) {
  const text = contrast(color, "#ffffff") >= 3 ? "#ffffff" : "#000000";
  const away = text === "#ffffff" ? "#000000" : "#ffffff";
  let ground = color;
  for (let round = 0; round < 60 && contrast(ground, mixed(text, ground, 1 - smallLine)) < enough; round += 1) ground = mixed(ground, away, 0.03);
  return { ground, text };
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mixed(one, other, share) {
  const [from, to] = [channels(one), channels(other)];
  return `#${from.map((value, index) => Math.round(value + (to[index] - value) * share).toString(16).padStart(2, "0")).join("")}`;
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
