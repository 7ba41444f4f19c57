import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pixelmatch from "pixelmatch";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixtureNames } from "../../gallery/fixtures.js";
import { galleryPage } from "../../gallery/gallery-page.js";
import { cacheRoot } from "../../support/cached-folder.js";
import { launchChromium } from "../../support/chromium.js";
import { tempFolder } from "../../support/temp-folder.js";

/** Pictures that the gallery must look like; `UPDATE_SCREENSHOTS=1` takes them again. */
const pictures = join(import.meta.dirname, "../../gallery/pictures");

/** Where pictures that differ are put, to be looked at. */
const differing = join(cacheRoot, "gallery");

/** Share of pixels that may differ: versions of the browser round edges and glyphs differently. */
const TOLERANCE = 0.005;

/** The browser writes pictures fast; those that are kept are written small. */
const SMALL = { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test.each(fixtureNames())("%s looks as it did, light and dark", async (name) => {
  const page = await browser.newPage({ viewport: { width: 1160, height: 800 }, reducedMotion: "reduce" });
  const file = join(tempFolder(), "page.html");
  writeFileSync(file, galleryPage([name]));
  await page.goto(pathToFileURL(file).href);
  const taken = await page.screenshot({ fullPage: true, animations: "disabled" });
  await page.close();
  const path = join(pictures, `${name}.png`);
  if (process.env.UPDATE_SCREENSHOTS || !existsSync(path)) {
    expect(process.env.UPDATE_SCREENSHOTS, `there is no picture ${name}.png to compare with`).toBeTruthy();
    mkdirSync(pictures, { recursive: true });
    writeFileSync(path, PNG.sync.write(coarse(PNG.sync.read(taken)), SMALL));
    return;
  }
  const before = PNG.sync.read(readFileSync(path));
  const after = PNG.sync.read(taken);
  const { width, height } = before;
  const sizes = { width: after.width, height: after.height };
  const difference = new PNG({ width, height });
  const isSameSize = sizes.width === width && sizes.height === height;
  const changed = isSameSize
    ? pixelmatch(before.data, after.data, difference.data, width, height, { threshold: 0.1 })
    : width * height;
  if (changed > width * height * TOLERANCE) {
    mkdirSync(differing, { recursive: true });
    writeFileSync(join(differing, `${name}.png`), taken);
    writeFileSync(join(differing, `${name}.difference.png`), PNG.sync.write(difference));
  }
  expect(sizes).toEqual({ width, height });
  expect(changed / (width * height)).toBeLessThanOrEqual(TOLERANCE);
});

/** Sixteen steps a channel: half the size, and far below what the comparison calls a difference. */
function coarse(picture: PNG): PNG {
  picture.data.forEach((value, i) => {
    if (i % 4 !== 3) picture.data[i] = (value & 0xf0) | 8;
  });
  return picture;
}
