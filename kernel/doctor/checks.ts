import type { DoctorCheck } from "./doctor-context.js";
import { claudeCheck } from "./rows/claude.js";
import { extensionCheck } from "./rows/extension.js";
import { jupyterCheck } from "./rows/jupyter.js";
import { kernelCheck } from "./rows/kernel.js";
import { kernelspecCheck } from "./rows/kernelspec.js";
import { loginCheck } from "./rows/login.js";
import { nodeCheck } from "./rows/node.js";
import { recordingsCheck } from "./rows/recordings.js";

/** What `claude-notebook doctor` looks at, in the order in which it tells. */
export const checks: readonly DoctorCheck[] = [
  nodeCheck,
  jupyterCheck,
  kernelspecCheck,
  extensionCheck,
  kernelCheck,
  claudeCheck,
  loginCheck,
  recordingsCheck,
];
