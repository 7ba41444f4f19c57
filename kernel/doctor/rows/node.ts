import type { DoctorCheck } from "../doctor-context.js";
import { fail, ok } from "../finding.js";
import { isBefore } from "../is-before.js";

/** `engines` of package.json. */
export const OLDEST_NODE = "20.19.0";

/** The Node that runs this, which `install` writes into the kernelspec. */
export const nodeCheck: DoctorCheck = {
  name: "node",
  look: ({ nodeVersion }) =>
    isBefore(nodeVersion, OLDEST_NODE)
      ? fail(
          `${nodeVersion}, and ${OLDEST_NODE} or newer is needed`,
          "Install a newer Node from https://nodejs.org, then `claude-notebook install` with it",
        )
      : ok(`${nodeVersion} at ${process.execPath}`),
};
