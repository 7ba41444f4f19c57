// `node measure-node.mjs FORMATTER`: measures one way of showing values in a process of its own, in a folder with the packages.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { measure } from "./values.mjs";

const formatters = {
  async ours() {
    const built = resolve(import.meta.dirname, "../../dist/kernel/display/format.js");
    return (await import(pathToFileURL(built).href)).formatValue;
  },
  inspect: () => (value) => ({ "text/plain": inspect(value) }),
};

const arrow = createRequire(join(process.cwd(), "cell.js"))("apache-arrow");
const format = await formatters[process.argv[2]]();
console.log(JSON.stringify(await measure(format, arrow)));
