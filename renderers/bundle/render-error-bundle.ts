import { errorNotice } from "../response/notices.js";
import type { MimeBundle } from "./mime-bundle.js";
import { renderParts } from "./render-parts.js";

/** An error as a panel of its own: what failed, why, and what to do about it. Takes whatever was thrown. */
export function renderErrorBundle(error: unknown): MimeBundle {
  const part = { id: "error", type: "notice", state: "failed", ...errorNotice(error) } as const;
  return renderParts([part], { includeStyle: true, response: "error" });
}
