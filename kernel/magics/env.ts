import { type Magic, MagicError } from "./magic.js";

/** Names whose values a list does not show: a notebook is saved and shared with its outputs. */
const SECRET = /key|token|secret|passw|credential|auth|cookie/i;

/** Reads and sets environment variables. */
export const envMagic: Magic = {
  name: "env",
  usage: "%env [NAME | NAME=VALUE]",
  summary: "List the environment variables (secrets hidden), read one, or set one",
  runLine({ args }) {
    if (args === "") {
      const names = Object.keys(process.env).sort();
      const lines = names.map((name) => `${name}=${SECRET.test(name) ? "<hidden>" : process.env[name]}\n`);
      return void process.stdout.write(lines.join(""));
    }
    const [, name = "", value] = /^([^\s=]+)(?:\s*=\s*|\s+)?(.*)$/s.exec(args) ?? [];
    if (name === "") throw new MagicError(`%env cannot read ${JSON.stringify(args)}: write NAME=VALUE.`);
    if (name !== args) {
      process.env[name] = value ?? "";
      return void console.log(`env: ${name}=${SECRET.test(name) ? "<hidden>" : value}`);
    }
    const found = process.env[name];
    if (found === undefined) throw new MagicError(`The environment has no ${name}.`);
    return found;
  },
};
