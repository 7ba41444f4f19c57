import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { formatCount, formatDuration } from "./format-figures.js";
import { definePanel, type Summary } from "./panel.js";
import { arrayField, fieldOf, numberField, stringField } from "./read-value.js";
import { firstLine, resultSections } from "./tool-result.js";

const HEADLINES: Readonly<Record<string, (part: ToolPart) => Summary>> = {
  CronCreate: ({ input, result }) => ({
    name: "Schedule",
    target: stringField(result?.structured, "humanSchedule") ?? stringField(input, "cron") ?? "",
    facts: fieldOf(input, "recurring") === false ? [{ text: "once" }] : [],
  }),
  CronDelete: ({ input }) => ({ name: "Unschedule", target: stringField(input, "id") ?? "" }),
  CronList: ({ result }) => ({
    name: "Schedules",
    target: result ? formatCount(arrayField(result.structured, "jobs")?.length ?? 0, "job") : "",
  }),
  ScheduleWakeup: ({ input }) => {
    const seconds = numberField(input, "delaySeconds");
    const when = seconds === undefined ? "" : `in ${formatDuration(seconds * 1000)}`;
    return {
      name: "Wake up",
      target: [when, firstLine(stringField(input, "reason") ?? "")].filter(Boolean).join(": "),
    };
  },
};

/** Prompts for later: when, and what is asked then. */
export const schedulePanel = definePanel<ToolPart>({
  name: "schedule",
  matches: (part) => part.type === "tool" && Object.hasOwn(HEADLINES, part.name),
  frame: "panel",
  kind: () => "plan",
  summary: (part) => ({ ...HEADLINES[part.name]!(part), isProse: true }),
  body: (part): readonly Section[] => {
    const prompt = stringField(part.input, "prompt");
    const words = prompt ? [{ type: "prose", text: prompt } as const] : [];
    if (part.result?.isError) return [...words, ...resultSections(part)];
    const jobs = arrayField(part.result?.structured, "jobs") ?? [];
    const rows = jobs.map((job) => COLUMNS.map((column) => stringField(job, column) ?? ""));
    return rows.length > 0 ? [{ type: "table", columns: ["id", "when", "prompt"], rows }] : words;
  },
});

const COLUMNS = ["id", "humanSchedule", "prompt"] as const;
