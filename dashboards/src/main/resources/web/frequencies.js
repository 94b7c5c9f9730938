import { SMALL_FONT, theme } from './palette.js';
import { AXIS_WIDTH } from './stage.js';

const MARKED_HZ = [125, 250, 500, 1000, 2000, 4000, 8000, 16000];

/**
 * The frequencies to write beside a picture of bands: `{text, part}`, where `part` is the place from
 * the lower edge, 0, to the upper one, 1. Each band is a row; its frequency lies in the row's middle.
 *
 * @param {number[]} bandHz the frequency of each band, low to high
 */
export function frequencyMarks(bandHz) {
  const marks = [];
  for (const hz of MARKED_HZ) {
    const above = bandHz.findIndex((band) => band > hz);
    if (above < 1) continue;
    const below = bandHz[above - 1];
    const row = above - 0.5 + (hz - below) / (bandHz[above] - below);
    marks.push({ text: hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`, part: row / bandHz.length });
  }
  return marks;
}

/** Writes frequencies beside a picture whose bands fill `height` from `top`. CSS pixels. */
export function drawFrequencies(context, marks, top, height) {
  context.font = SMALL_FONT;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (let i = 0; i < marks.length; i++) {
    const y = top + height * (1 - marks[i].part);
    if (y < top + 6 || y > top + height - 5) continue;
    context.fillText(marks[i].text, AXIS_WIDTH - 8, y);
    context.fillRect(AXIS_WIDTH - 4, Math.round(y), 4, 1);
  }
}
