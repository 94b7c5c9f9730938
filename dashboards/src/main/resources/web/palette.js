/**
 * Colours of strength: 256 of them from near black over violet, red and orange to pale yellow, as
 * bytes `R G B A` in the order of memory. Made in OKLCh with a lightness that rises evenly, so that
 * equal steps look equally large, also in grey and to people who do not see red or green.
 */
export const STRENGTHS = strengths();

function strengths() {
  const table = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(table.buffer);
  for (let i = 0; i < 256; i++) {
    const part = i / 255;
    const lightness = 0.13 + 0.84 * part;
    const hue = ((292 + 178 * part ** 1.15) * Math.PI) / 180;
    let chroma = 0.02 + 0.235 * Math.sin(Math.PI * Math.min(1, 0.08 + part * 0.92)) ** 0.8;
    let rgb = fromOklch(lightness, chroma, hue);
    // Where the screen has no such colour, a paler one of the same hue and lightness.
    while (chroma > 0 && rgb.some((v) => v < 0 || v > 1)) {
      chroma -= 0.004;
      rgb = fromOklch(lightness, Math.max(0, chroma), hue);
    }
    for (let c = 0; c < 3; c++) bytes[4 * i + c] = 255 * rgb[c];
    bytes[4 * i + 3] = 255;
  }
  return table;
}

/** OKLCh to sRGB, 0 to 1 where the screen can show it (Björn Ottosson's matrices). */
function fromOklch(lightness, chroma, hue) {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/**
 * For each byte of a mel band its colour. Quiet rooms lie near the byte 70 and loud vowels near 250;
 * what is quieter or louder is cut off, so that speech gets the whole range.
 */
const MEL_COLOURS = stretched(STRENGTHS, 64, 250, 1);

/** For each byte of a probability its colour; small ones are lifted so that runners-up are seen. */
const DIGIT_COLOURS = stretched(STRENGTHS, 0, 255, 0.7);

/** The same for the class that is no digit: greys, since it is likely nearly always and says little. */
const NO_DIGIT_COLOURS = stretched(greys(), 0, 255, 1);

/** The colours of mel bands, one table for each. */
export function melColours(bands) {
  return new Array(bands).fill(MEL_COLOURS);
}

/** The colours of classes, one table for each; the digits are the first ten. */
export function classColours(classes) {
  return Array.from({ length: classes }, (_, i) => (i < 10 ? DIGIT_COLOURS : NO_DIGIT_COLOURS));
}

function greys() {
  const table = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(table.buffer);
  for (let i = 0; i < 256; i++) bytes.set([18 + 0.36 * i, 14 + 0.34 * i, 28 + 0.37 * i, 255], 4 * i);
  return table;
}

function stretched(colours, low, high, power) {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const part = Math.min(1, Math.max(0, (byte - low) / (high - low)));
    table[byte] = colours[Math.round(255 * part ** power)];
  }
  return table;
}

/** The colours of the style sheet that drawings use, as the present theme has them. */
export const theme = { ink: '', muted: '', line: '', edge: '', raised: '', accent: '', bad: '' };

/** Reads {@link theme} anew; call it after the theme changed. */
export function readTheme() {
  const probe = document.createElement('span');
  document.body.append(probe);
  for (const name of Object.keys(theme)) {
    probe.style.color = `var(--${name})`;
    theme[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

/** The family that canvases write with. */
export const CANVAS_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const SMALL_FONT = `11px ${CANVAS_FONT}`;
export const CANVAS_DIGIT_FONT = 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace';
