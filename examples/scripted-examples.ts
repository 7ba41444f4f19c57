import type { ScriptedConversation } from "claude-notebook/testing";
import { scriptedAgents } from "./scripted-agents.js";
import { scriptedAnalysis } from "./scripted-analysis.js";
import { scriptedAnswers } from "./scripted-answers.js";
import { scriptedDocs } from "./scripted-docs.js";
import { scriptedIncident } from "./scripted-incident.js";
import { scriptedMails } from "./scripted-mails.js";
import { scriptedNewsletter } from "./scripted-newsletter.js";
import { scriptedReview } from "./scripted-review.js";
import { scriptedSystems } from "./scripted-systems.js";
import { scriptedTests } from "./scripted-tests.js";
import { scriptedWelcome } from "./scripted-welcome.js";

/**
 * What the scripted Messages API answers when the notebooks are recorded: the words are ours, the tools in them are run by the
 * real `claude` binary. The first conversation that fits a prompt counts, so those for certain debates come before those for any.
 */
export const scriptedExamples: readonly ScriptedConversation[] = [
  ...scriptedIncident,
  ...scriptedReview,
  ...scriptedTests,
  ...scriptedDocs,
  ...scriptedNewsletter,
  ...scriptedMails,
  ...scriptedWelcome,
  ...scriptedAnswers,
  ...scriptedSystems,
  ...scriptedAgents,
  ...scriptedAnalysis,
];
