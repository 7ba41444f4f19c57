import { InvalidOptionsError } from "../errors.js";

/** Who serves the model. */
export type Provider = "anthropic" | "bedrock" | "foundry" | "vertex";

interface ProviderRow {
  /** The variable that makes the CLI use it; Anthropic's own API is used when none is set. */
  readonly use?: string;
  /** What must be set beside it, one of each group. Credentials have too many sources to check here. */
  readonly needs: readonly (readonly string[])[];
}

/** @see https://docs.anthropic.com/en/docs/claude-code/third-party-integrations */
const providers: Readonly<Record<Provider, ProviderRow>> = {
  anthropic: { needs: [] },
  bedrock: { use: "CLAUDE_CODE_USE_BEDROCK", needs: [["AWS_REGION", "AWS_DEFAULT_REGION"]] },
  foundry: {
    use: "CLAUDE_CODE_USE_FOUNDRY",
    needs: [["ANTHROPIC_FOUNDRY_RESOURCE", "ANTHROPIC_FOUNDRY_BASE_URL"]],
  },
  vertex: {
    use: "CLAUDE_CODE_USE_VERTEX",
    needs: [["ANTHROPIC_VERTEX_PROJECT_ID", "GOOGLE_CLOUD_PROJECT"], ["CLOUD_ML_REGION"]],
  },
};

export const providerNames = Object.keys(providers) as [Provider, ...Provider[]];

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The variables that make the CLI use a provider and no other.
 *
 * @param env the environment that they are added to.
 * @returns `undefined` for each that is to be removed.
 * @throws InvalidOptionsError when the provider needs a variable that is not set.
 */
export function providerVariables(provider: Provider | undefined, env: Variables): Variables {
  if (provider === undefined) return {};
  const { use, needs } = providers[provider];
  const missing = needs.filter((group) => !group.some((name) => env[name]));
  if (missing.length > 0) {
    const list = missing.map((group) => group.join(" or ")).join(", and ");
    throw new InvalidOptionsError("provider", provider, `The provider "${provider}" needs ${list}.`, {
      hints: [
        `Set ${missing.map(([name]) => name).join(" and ")} in the environment or in the option \`env\`.`,
      ],
    });
  }
  return Object.fromEntries(
    Object.values(providers).flatMap((row) =>
      row.use === undefined ? [] : [[row.use, row.use === use ? "1" : undefined]],
    ),
  );
}
