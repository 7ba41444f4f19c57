import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { watchFiles } from "../../../kernel/cli/watch-files.js";
import { tempFolder } from "../../support/temp-folder.js";

/** A file is looked at several times a second; a machine that is busy may take longer. */
const WAIT = { timeout: 20_000 };

let unwatch = (): void => {};
afterEach(() => unwatch());

async function watchTwo() {
  const folder = tempFolder("watch-files");
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  writeFileSync(one, "1");
  writeFileSync(two, "2");
  const changed: string[] = [];
  unwatch = await watchFiles([one, two], (path) => changed.push(path));
  return { one, two, changed };
}

test("tells of each change once, also of files that are replaced again and again", async () => {
  const { one, changed } = await watchTwo();
  for (const [index, text] of ["a", "b", "c"].entries()) {
    writeFileSync(`${one}.part`, text);
    renameSync(`${one}.part`, one);
    await expect.poll(() => changed, WAIT).toHaveLength(index + 1);
  }
  expect(changed).toEqual([one, one, one]);
});

test("a file that is written again as it was is none that changed", async () => {
  const { one, two, changed } = await watchTwo();
  writeFileSync(one, "1");
  // By the time that two later changes of the other are seen, that of the first would have been.
  for (const [index, text] of ["a", "b"].entries()) {
    writeFileSync(two, text);
    await expect.poll(() => changed, WAIT).toHaveLength(index + 1);
  }
  expect(changed).toEqual([two, two]);
});

test("a file that goes away is waited for, and told of when it comes back with other bytes", async () => {
  const { one, two, changed } = await watchTwo();
  rmSync(one);
  writeFileSync(two, "a");
  await expect.poll(() => changed, WAIT).toEqual([two]);
  writeFileSync(one, "other");
  await expect.poll(() => changed, WAIT).toEqual([two, one]);
});
