export const FRAMES = 1;
export const OUTPUTS = 2;
export const LEVELS = 3;

const HEADER_BYTES = 16;

/**
 * A binary message: `count` items of `width` bytes each in `bytes`, one after another. `first` is the
 * index of the first item (frame or sample), `stride` the distance between two in the same unit.
 *
 * @param {ArrayBuffer} buffer
 */
export function decodeBinary(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES) {
    throw new Error(`a binary message has ${buffer.byteLength} bytes, its header alone has ${HEADER_BYTES}`);
  }
  const kind = view.getUint8(0);
  const width = view.getUint8(1);
  const count = view.getUint16(2, true);
  const stride = view.getUint32(4, true);
  const first = view.getFloat64(8, true);
  if (buffer.byteLength !== HEADER_BYTES + count * width) {
    throw new Error(`a binary message of ${count} items of ${width} bytes has ${buffer.byteLength} bytes`);
  }
  return { kind, width, count, stride, first, bytes: new Uint8Array(buffer, HEADER_BYTES) };
}

/** The bytes of a Base64 text. */
export function decodeBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Decibels of full scale, −96 to 0, of a byte of a level. */
export function decibels(byte) {
  return -96 + (byte * 96) / 255;
}
