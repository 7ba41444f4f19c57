import { constants, type FileHandle, open } from "node:fs/promises";

/**
 * Adds a JSON line to a file of lines. The line is written in one piece at the file's end, wherever other processes have
 * moved that meanwhile, and is on the disk when this resolves: a process that is killed loses at most the line it was
 * writing. A line that a killed process has left unfinished is ended first, so that ours does not become part of it.
 *
 * @throws the system error; ENOENT when there is no such file, which is not made.
 */
export async function appendLine(path: string, value: unknown): Promise<void> {
  // Neither "a" nor "a+": a file that was deleted meanwhile must not come back without its beginning.
  const file = await open(path, constants.O_RDWR | constants.O_APPEND);
  try {
    const lineBreak = (await endsInsideLine(file)) ? "\n" : "";
    await writeInOnePiece(file, Buffer.from(`${lineBreak}${JSON.stringify(value)}\n`));
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function endsInsideLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/** `appendFile` writes pieces of 512 kB, between which another writer's line would cut this one in two. */
async function writeInOnePiece(file: FileHandle, bytes: Buffer): Promise<void> {
  const { bytesWritten } = await file.write(bytes);
  // The system takes less only when the disk is full or the user's quota is reached: then the next call says so.
  if (bytesWritten < bytes.length) await file.appendFile(bytes.subarray(bytesWritten));
}
