/** 83.456 seconds as `1:23`, or with two places as `1:23.46`. */
export function clock(seconds, places = 0) {
  const scale = 10 ** places;
  const rounded = Math.round(Math.max(0, seconds) * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor(rounded / 60) % 60;
  const rest = (rounded % 60).toFixed(places).padStart(places ? places + 3 : 2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A part of one as `98 %`. */
export function percent(part, places = 0) {
  return Number.isFinite(part) ? `${(part * 100).toFixed(places)} %` : '–';
}

/** A number with as many places as can be read at a glance. */
export function figure(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 10000) return Math.round(value).toLocaleString('en');
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** `1 digit`, `2 digits`. */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}
