import type { DoctorCheck } from "../doctor-context.js";
import { ok, warn } from "../finding.js";
import { isBefore } from "../is-before.js";

/** The first JupyterLab that loads the extension. */
const OLDEST_LAB = "4.0.0";

/** The Jupyter that a shell would start. `claude-notebook run` needs none. */
export const jupyterCheck: DoctorCheck = {
  name: "jupyter",
  look: ({ jupyter: { path, labVersion, problem } }) => {
    if (path === undefined) {
      return warn(
        "no `jupyter` on PATH",
        "Activate the environment that holds it, or install one: `pip install jupyterlab`",
        "`claude-notebook run` and VS Code need none",
      );
    }
    if (problem !== undefined)
      return warn(`${path} fails: ${problem}`, "Mend it: `pip install --upgrade jupyterlab`");
    if (labVersion === undefined) {
      return warn(`${path}, without JupyterLab`, "Install it: `pip install jupyterlab`");
    }
    if (isBefore(labVersion, OLDEST_LAB)) {
      const mend = "Update it for answers that are drawn live: `pip install --upgrade jupyterlab`";
      return warn(`JupyterLab ${labVersion} at ${path}; the extension needs ${OLDEST_LAB}`, mend);
    }
    return ok(`JupyterLab ${labVersion} at ${path}`);
  },
};
