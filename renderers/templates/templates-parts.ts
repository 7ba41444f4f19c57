import type { TemplateList } from "../../src/templates/template-manager.js";
import type { ViewPart } from "../response/parts.js";

/** A list of templates as a table. */
export function templatesParts(list: TemplateList): readonly ViewPart[] {
  const data = { templates: [...list], problems: list.problems.map(({ message }) => message) };
  return [{ id: "templates", type: "view", state: "done", view: "templates", data }];
}
