// Makes the recordings of the example notebooks again: the real `claude` binary, a scripted Messages API in place of a model,
// tools that really run. `npm run record:examples`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createScriptedApi } from "claude-notebook/testing";
import { ensureClaudeBinary } from "../test/support/claude-binary.js";
import { scriptedAnswers } from "./scripted-answers.js";
