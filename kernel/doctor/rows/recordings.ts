import { listRecordings } from "../../../src/recording/list-recordings.js";
import { readRecording } from "../../../src/recording/recording-file.js";
import { recordingModeOf } from "../../../src/recording/recording-mode.js";
import { RECORDINGS_VARIABLE, recordingsFolder } from "../../../src/recording/recordings-folder.js";
import { describeSystemError } from "../../../src/system-error.js";
import type { DoctorCheck } from "../doctor-context.js";
import { fail, ok } from "../finding.js";

/** The recordings that notebooks of this folder would replay: whether each can be read. */
export const recordingsCheck: DoctorCheck = {
  name: "recordings",
  look: async ({ surroundings: { env }, cwd }) => {
    const mode = recordingModeOf(env);
    const folder = recordingsFolder(undefined, env, cwd);
    const listed = await listRecordings(folder).catch((cause: unknown) => describeSystemError(cause));
    if (typeof listed === "string") {
      return fail(
        `${folder} cannot be read: ${listed}`,
        `Name another folder: \`${RECORDINGS_VARIABLE}=DIR\``,
      );
    }
    const broken: string[] = [];
    for (const { path } of listed)
      await readRecording(path).catch((error: Error) => broken.push(error.message));
    const count = `${listed.length} in ${folder} (mode ${mode})`;
    if (broken.length === 0) return ok(count);
    return fail(
      `${count}; ${broken.join(" ")}`,
      "Record these turns again: `CLAUDE_NOTEBOOK_MODE=record`",
      "Or delete the files",
    );
  },
};
