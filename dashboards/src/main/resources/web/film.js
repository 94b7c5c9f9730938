const COLUMNS_AT_ONCE = 64;

/**
 * The last columns of something that goes on in time, as pixels on a canvas that is not shown: one
 * pixel wide a column, one high a row. It is a ring; each column is there twice, `capacity` apart, so
 * that every part of the last `capacity` columns lies in one piece and is drawn with one call.
 */
export class Film {
  #canvas = document.createElement('canvas');
  #context;
  #strip;
  #pixels;
  #newest = 0;
  #oldest = 0;
  #empty = true;

  /**
   * @param rows number of values in a column
   * @param capacity number of columns that are kept
   * @param colours for each value of a column its 256 colours, one for each byte
   * @param upwards whether the first value is the lowest row
   */
  constructor(rows, capacity, colours, upwards) {
    this.rows = rows;
    this.capacity = capacity;
    this.colours = colours;
    this.upwards = upwards;
    this.#canvas.width = 2 * capacity;
    this.#canvas.height = rows;
    this.#context = this.#canvas.getContext('2d');
    this.#strip = this.#context.createImageData(COLUMNS_AT_ONCE, rows);
    this.#pixels = new Uint32Array(this.#strip.data.buffer);
  }

  clear() {
    this.#context.clearRect(0, 0, 2 * this.capacity, this.rows);
    this.#empty = true;
    this.#newest = this.#oldest = 0;
  }

  /** Adds `count` columns; `first` is the first one's number. What lies between stays a hole. */
  add(first, count, bytes) {
    const end = first + count;
    if (this.#empty) {
      this.#oldest = first;
      this.#newest = first;
      this.#empty = false;
    }
    this.#blank(Math.max(this.#newest, end - this.capacity), Math.min(first, end));
    let done = Math.max(0, count - this.capacity, this.#newest - this.capacity - first);
    while (done < count) {
      const slot = this.#slot(first + done);
      const now = Math.min(COLUMNS_AT_ONCE, count - done, this.capacity - slot);
      this.#paint(bytes, done, now);
      this.#context.putImageData(this.#strip, slot, 0, 0, 0, now, this.rows);
      this.#context.putImageData(this.#strip, slot + this.capacity, 0, 0, 0, now, this.rows);
      done += now;
    }
    this.#newest = Math.max(this.#newest, end);
    this.#oldest = Math.max(this.#oldest, this.#newest - this.capacity);
    this.#oldest = Math.min(this.#oldest, Math.max(first, this.#newest - this.capacity));
  }

  /**
   * Draws columns `from` to `to`, fractions allowed, with the left edge of column `c` at
   * `x0 + c * columnWidth`.
   */
  draw(context, from, to, x0, columnWidth, y, height) {
    if (this.#empty) return;
    const left = Math.max(from, this.#oldest);
    const right = Math.min(to, this.#newest);
    if (right <= left) return;
    const slot = left - Math.floor(left / this.capacity) * this.capacity;
    const width = right - left;
    context.drawImage(this.#canvas, slot, 0, width, this.rows, x0 + left * columnWidth, y, width * columnWidth, height);
  }

  #slot(column) {
    return column - Math.floor(column / this.capacity) * this.capacity;
  }

  #paint(bytes, from, count) {
    const { rows, upwards } = this;
    for (let row = 0; row < rows; row++) {
      const value = upwards ? rows - 1 - row : row;
      const line = row * COLUMNS_AT_ONCE;
      const colours = this.colours[value];
      for (let i = 0; i < count; i++) {
        this.#pixels[line + i] = colours[bytes[(from + i) * rows + value]];
      }
    }
  }

  #blank(from, to) {
    for (let column = from; column < to; ) {
      const slot = this.#slot(column);
      const now = Math.min(to - column, this.capacity - slot);
      this.#context.clearRect(slot, 0, now, this.rows);
      this.#context.clearRect(slot + this.capacity, 0, now, this.rows);
      column += now;
    }
  }
}
