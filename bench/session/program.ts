import { readFileSync, writeFileSync } from "node:fs";
import type { SessionRecord } from "./make-session.js";
import { renderSession } from "./render-session.js";

/** Reads a transcript and writes its page, as a program of its own. */
const [from = "", to = ""] = process.argv.slice(2);
const records = readFileSync(from, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as SessionRecord);
writeFileSync(to, renderSession(records));
