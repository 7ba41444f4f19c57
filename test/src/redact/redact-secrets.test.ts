import { describe, expect, test } from "vitest";
import { redactSecrets, secretRules } from "../../../src/redact/redact-secrets.js";
import { replaceInChunks } from "../../../src/redact/spans.js";

// Put together here, so that scanners of this repository do not take them for real ones.
const secrets = {
  Anthropic: `sk-ant-${"api03-abcDEF_123-xyz"}`,
  OpenAI: `sk-${"a1B2c3D4e5F6g7H8i9J0k1L2"}`,
  Stripe: `sk_${"live_4eC39HqLyjWDarjtT1zdp7dc"}`,
  GitHub: `ghp_${"0123456789abcdefghijABCDEFGHIJ012345"}`,
  "GitHub fine-grained": `github_${"pat_11ABCDEFG0123456789_abcdefghijk"}`,
  GitLab: `glpat-${"abcdefghij0123456789"}`,
  npm: `npm_${"0123456789abcdefghijABCDEFGHIJ012345"}`,
  "Hugging Face": `hf_${"abcdefghijABCDEFGHIJabcdefghij0123"}`,
  Slack: `xoxb-${"123456789012-abcdefghij"}`,
  Google: `AIza${"SyA0123456789abcdefghijABCDEFGHIJ0"}1`,
  AWS: `AKIA${"IOSFODNN7EXAMPLE"}`,
  JWT: `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJ${"zdWIiOiIxMjM0NTY3ODkwIn0"}.${"dozjgNryP4J3jVmNHl0w5N"}`,
};

describe("credentials are told by their looks", () => {
  test.each(Object.entries(secrets))("%s", (_, secret) => {
    expect(redactSecrets(`the key ${secret}, "${secret}"`, {})).toBe('the key [redacted], "[redacted]"');
  });

  test("what stands around a credential stays", () => {
    expect(redactSecrets("Authorization: Bearer abcdef0123456789abcdef", {})).toBe(
      "Authorization: Bearer [redacted]",
    );
    expect(redactSecrets("postgres://ann:pa55word@db:5432/x", {})).toBe(
      "postgres://ann:[redacted]@db:5432/x",
    );
    expect(redactSecrets("STRIPE_KEY=abc123def\nNAME=x", {})).toBe("STRIPE_KEY=[redacted]\nNAME=x");
  });

  test("a private key goes whole, also one that was cut off", () => {
    const key = `-----BEGIN ${"RSA PRIVATE KEY"}-----\nMIIE\nabc\n`;
    expect(redactSecrets(`a ${key}-----END RSA PRIVATE KEY----- b`, {})).toBe("a [redacted] b");
    expect(redactSecrets(`a ${key}`, {})).toBe("a [redacted]\n");
  });

  test.each([
    "const token = getToken();",
    "sk-learn and scikit-learn",
    "Bearer tokens are sent in a header",
    "https://example.com:8080/a@b",
    "git@github.com:a/b.git",
    "input_tokens=12345678",
  ])("%s is no credential", (text) => {
    expect(redactSecrets(text, {})).toBe(text);
  });
});

describe("values of the environment", () => {
  const env = { DB_PASSWORD: 'p"w\\1+(x)', MY_TOKEN: "tok-12345", SHORT_KEY: "dev", HOME: "/home/ann" };

  test("are found as they are and inside JSON", () => {
    expect(redactSecrets(`${env.DB_PASSWORD} ${JSON.stringify(env.DB_PASSWORD)} ${env.MY_TOKEN}`, env)).toBe(
      '[redacted] "[redacted]" [redacted]',
    );
  });

  test("are left alone under harmless names, and when they are short", () => {
    expect(redactSecrets("dev in /home/ann", env)).toBe("dev in /home/ann");
  });
});

describe("chunks", () => {
  const rules = secretRules({});
  const secret = secrets.Anthropic;

  test("a credential is found wherever it is split, and as many chunks come back", () => {
    const text = `💡 before ${secret} after`;
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const chunks = replaceInChunks(
          [text.slice(0, first), text.slice(first, second), text.slice(second)],
          rules,
        );
        expect(chunks).toHaveLength(3);
        expect(chunks.join("")).toBe("💡 before [redacted] after");
      }
    }
  });

  test("boundaries outside of credentials stay where they were", () => {
    expect(replaceInChunks(["one ", `two ${secret.slice(0, 9)}`, secret.slice(9), " three"], rules)).toEqual([
      "one ",
      "two [redacted]",
      "",
      " three",
    ]);
    expect(replaceInChunks(["a", "", "b"], rules)).toEqual(["a", "", "b"]);
  });

  test("credentials that overlap leave nothing of either", () => {
    const overlapping = secretRules({ A_TOKEN: "abcdef12", B_TOKEN: "ef123456" });
    expect(replaceInChunks(["x abcdef123456 y"], overlapping)).toEqual(["x [redacted] y"]);
  });
});
