const CHUNK_SECONDS = 0.03;

/**
 * Mixes what the microphone gives to mono and sends it to the page as 16-bit samples, 30 ms at a time.
 * The text `stop` makes it send what is left, then `null`, and end.
 */
class Capture extends AudioWorkletProcessor {
  #chunk = new Int16Array(Math.round(sampleRate * CHUNK_SECONDS));
  #filled = 0;
  #stopped = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#stopped = true;
      if (this.#filled) this.#send();
      this.port.postMessage(null);
    };
  }

  process([channels]) {
    if (this.#stopped) return false;
    const samples = channels.length ? channels[0].length : 0;
    for (let i = 0; i < samples; i++) {
      let sum = 0;
      for (let c = 0; c < channels.length; c++) sum += channels[c][i];
      const value = Math.round((sum / channels.length) * 32768);
      this.#chunk[this.#filled++] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
      if (this.#filled === this.#chunk.length) this.#send();
    }
    return true;
  }

  #send() {
    const sent = this.#chunk.slice(0, this.#filled);
    this.#filled = 0;
    this.port.postMessage(sent.buffer, [sent.buffer]);
  }
}

registerProcessor('capture', Capture);
