import { homedir } from "node:os";
import { VERSION } from "../../src/version.js";
import type { Surroundings } from "../install/jupyter-data-dir.js";
import { findJupyter, type Jupyter } from "./find-jupyter.js";
import type { Finding } from "./finding.js";

/** What the checks look at; a parameter so that a test can provoke each state. */
export interface DoctorContext {
  readonly surroundings: Surroundings;
  /** The folder that notebooks are in. */
  readonly cwd: string;
  /** As `process.version` has it. */
  readonly nodeVersion: string;
  /** Of this package. */
  readonly ownVersion: string;
  readonly jupyter: Jupyter;
  /** How long `claude` or a Node may take to answer, in ms. */
  readonly answerMs: number;
}

/** One thing to look at: a row of the table in `checks.ts`. */
export interface DoctorCheck {
  readonly name: string;
  /** May throw: that is a `fail` then, with the error's message and hints. */
  look(context: DoctorContext): Promise<Finding> | Finding;
}

/** A second or two are usual, and `claude` asks the network for its login. */
const ANSWER_MS = 10_000;

/** This machine, as it is. */
export async function presentContext(): Promise<DoctorContext> {
  const surroundings = { platform: process.platform, env: process.env, home: homedir() };
  return {
    surroundings,
    cwd: process.cwd(),
    nodeVersion: process.version,
    ownVersion: VERSION,
    jupyter: await findJupyter(surroundings),
    answerMs: ANSWER_MS,
  };
}
