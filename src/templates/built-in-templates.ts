import { architecture } from "./built-in/architecture.js";
import { codeReview } from "./built-in/code-review.js";
import { dataAnalysis } from "./built-in/data-analysis.js";
import { debugging } from "./built-in/debugging.js";
import { documentation } from "./built-in/documentation.js";
import { explainCode } from "./built-in/explain-code.js";
import { refactoring } from "./built-in/refactoring.js";
import { securityAudit } from "./built-in/security-audit.js";
import { sql } from "./built-in/sql.js";
import { testGeneration } from "./built-in/test-generation.js";

/** The templates that come with the package, by name. */
export const builtInTemplates = {
  architecture,
  code_review: codeReview,
  data_analysis: dataAnalysis,
  debugging,
  documentation,
  explain_code: explainCode,
  refactoring,
  security_audit: securityAudit,
  sql,
  test_generation: testGeneration,
} as const;

export type BuiltInTemplates = typeof builtInTemplates;
