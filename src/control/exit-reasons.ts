/** Why a session ends: `reason` in the input of a SessionEnd hook. */
export const EXIT_REASONS = ["clear", "resume", "logout", "prompt_input_exit", "other"] as const;

/** Why a session ended: one of {@link EXIT_REASONS}. */
export type ExitReason = (typeof EXIT_REASONS)[number];
