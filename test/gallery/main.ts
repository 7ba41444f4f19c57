import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fixtureFolder, fixtureHtml, fixtureNames } from "./fixtures.js";
import { galleryPage } from "./gallery-page.js";

/**
 * `npm run gallery`: writes a page with every panel in every state, light and dark. With `--update` it also writes the HTML
 * beside each fixture anew, which the tests compare with.
 */
const page = resolve(import.meta.dirname, "../../examples/output/gallery.html");
mkdirSync(dirname(page), { recursive: true });
writeFileSync(page, galleryPage());
if (process.argv.includes("--update")) {
  for (const name of fixtureNames()) writeFileSync(join(fixtureFolder, `${name}.html`), fixtureHtml(name));
}
process.stdout.write(`${fixtureNames().length} fixtures: ${page}\n`);
