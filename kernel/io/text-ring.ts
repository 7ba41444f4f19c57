/**
 * Text on its way from the main thread to the I/O thread, in memory that both see: a line costs a tenth of what a message
 * between threads costs, and arrives although the main thread never comes to rest.
 */
export interface TextMemory {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

/** Room for text that has not been read, in bytes of UTF-16; a power of two, so that positions may overflow. */
const RING_BYTES = 1024 * 1024;

/** Where in `control` stands what; positions count bytes since the start, modulo 2^32. */
const at = { written: 0, read: 1, isAwake: 2 } as const;

export function createTextMemory(ringBytes: number = RING_BYTES): TextMemory {
  const control = new SharedArrayBuffer(Object.keys(at).length * Int32Array.BYTES_PER_ELEMENT);
  return { control: new Int32Array(control), bytes: new Uint8Array(new SharedArrayBuffer(ringBytes)) };
}

/** The end of the main thread. */
export interface TextWriter {
  /** Where the next text will stand: everything written so far ends here. */
  readonly position: number;
  /** @returns false, without having written, when there is no room. */
  write(text: string): boolean;
  /** Whether the reader sleeps; it counts as awake from then on, so whoever gets `true` must wake it. */
  mustWake(): boolean;
}

export function createTextWriter({ control, bytes }: TextMemory): TextWriter {
  const ring = Buffer.from(bytes.buffer);
  let position = 0;
  return {
    get position() {
      return position;
    },
    write(text) {
      // UTF-16, because a character outside the BMP may come in two texts.
      const length = 2 * text.length;
      const unread = (position - Atomics.load(control, at.read)) | 0;
      if (length > ring.length - unread) return false;
      const start = position & (ring.length - 1);
      const untilEnd = (ring.length - start) >> 1;
      if (text.length <= untilEnd) ring.write(text, start, "utf16le");
      else {
        ring.write(text.slice(0, untilEnd), start, "utf16le");
        ring.write(text.slice(untilEnd), 0, "utf16le");
      }
      position = (position + length) | 0;
      Atomics.store(control, at.written, position);
      return true;
    },
    mustWake: () => Atomics.load(control, at.isAwake) === 0 && Atomics.exchange(control, at.isAwake, 1) === 0,
  };
}

/** The end of the I/O thread. */
export interface TextReader {
  /** Where the text that has been written ends. */
  end(): number;
  /** Takes the text before a position; what has been taken is no longer there. */
  readTo(position: number): string;
  /** Asks to be woken by the next text. @returns false when there is some already. */
  sleep(): boolean;
}

export function createTextReader({ control, bytes }: TextMemory): TextReader {
  const ring = Buffer.from(bytes.buffer);
  let position = 0;
  const end = (): number => Atomics.load(control, at.written);
  return {
    end,
    readTo(target) {
      const length = (target - position) | 0;
      if (length <= 0) return "";
      const start = position & (ring.length - 1);
      const stop = Math.min(start + length, ring.length);
      const rest = length - (stop - start);
      const text = ring.toString("utf16le", start, stop) + ring.toString("utf16le", 0, rest);
      position = target;
      Atomics.store(control, at.read, position);
      return text;
    },
    sleep() {
      Atomics.store(control, at.isAwake, 0);
      // Written between the last look and now: then the writer may have seen us awake.
      return end() === position || Atomics.exchange(control, at.isAwake, 1) === 1;
    },
  };
}
