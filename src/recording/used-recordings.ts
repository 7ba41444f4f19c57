const used = new Set<string>();

/** A turn of this process was replayed from this recording, or is recorded there. */
export function noteRecordingUsed(path: string): void {
  used.add(path);
}

/** Absolute paths of the recordings that turns of this process came from or went to, whether or not they exist. */
export function usedRecordings(): ReadonlySet<string> {
  return used;
}
