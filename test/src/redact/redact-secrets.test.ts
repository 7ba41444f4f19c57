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

  test.each(Object.entries(secrets))(
    "%s right after an escape, a colour or a part of a name",
    (_, secret) => {
      for (const before of ["\\n", "\\\\t", "\\x1b[0;31m", "\u001b[31m", "\\u003d", "k%3D", "key="])
        expect(redactSecrets(`x ${before}${secret}`, {})).toMatch(/^x .*\[redacted\]$/);
    },
  );

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
    "a task-ant-colony-simulation on disk-proj-archive-2",
    "mask-aB3dE6gH9jK2mN5pQ8sT1",
    "Bearer tokens are sent in a header",
    "https://example.com:8080/a@b",
    "git@github.com:a/b.git",
    "input_tokens=12345678",
  ])("%s is no credential", (text) => {
    expect(redactSecrets(text, {})).toBe(text);
  });
});

describe("secrets are told by their names and places", () => {
  test.each([
    ["password: hunter2", "password: [redacted]"],
    ["db:\n  password: swordfish", "db:\n  password: [redacted]"],
    ["api_key: abc123def456", "api_key: [redacted]"],
    ['{"password": "hunter2"}', '{"password": "[redacted]"}'],
    ['{"apiKey":"k-9f8e7d6c"}', '{"apiKey":"[redacted]"}'],
    ['{"client_secret":"a1b2c3d4e5"}', '{"client_secret":"[redacted]"}'],
    ['{\\"password\\": \\"hunter2\\"}', '{\\"password\\": \\"[redacted]\\"}'],
    ['const password: string = "hunter2";', 'const password: string = "[redacted]";'],
    ["config['password'] = 'hunter2'", "config['password'] = '[redacted]'"],
    ["'password' => 'hunter2'", "'password' => '[redacted]'"],
    ["password=p@ss(w)ord1", "password=[redacted]"],
    ["Server=x;Password=hunter2;Database=y", "Server=x;Password=[redacted];Database=y"],
    ["/a?access_token=abc123def456&x=1", "/a?access_token=[redacted]&x=1"],
    ["X-Api-Key: 9a8b7c6d5e4f", "X-Api-Key: [redacted]"],
    ["DB_PWD=hunter2x", "DB_PWD=[redacted]"],
    ["export DB_PASSWORD='swordfish'", "export DB_PASSWORD='[redacted]'"],
    ["     1→password: hunter2\n     2→x: y", "     1→password: [redacted]\n     2→x: y"],
    ["mysql --password hunter2 x", "mysql --password [redacted] x"],
    ["<password>hunter2</password>", "<password>[redacted]</password>"],
    ["localhost:5432:mydb:ann:hunter2", "localhost:5432:mydb:ann:[redacted]"],
    ["machine h.com login ann password xyz", "machine h.com login ann password [redacted]"],
    ["machine h.com\n  login ann\n  password xyzzyx", "machine h.com\n  login ann\n  password [redacted]"],
    ["curl -sSu ann:pw https://x", "curl -sSu ann:[redacted] https://x"],
    ["curl --user ann:pw https://x", "curl --user ann:[redacted] https://x"],
    ["git clone https://user:pw@host/x", "git clone https://user:[redacted]@host/x"],
    [
      `https://hooks.${"slack"}.com/services/T00/B00/abcdefXYZ`,
      "https://hooks.slack.com/services/[redacted]",
    ],
  ])("%s", (text, redacted) => {
    expect(redactSecrets(text, {})).toBe(redacted);
  });

  test.each([
    "token: string",
    "password: input.value",
    "tokens: 5",
    "token: CancellationToken,",
    "password?: string;",
    "token: string | undefined",
    "token:string|undefined",
    "password: Promise<string>",
    "const token = token2;",
    "const apiKey = config.apiKey1",
    "password: this.#password,",
    "password: await bcrypt.hash(pw, 10)",
    "token = tokens[0]",
    "if (password === input)",
    "login(user, password=user_password)",
    "password = models.CharField(max_length=128)",
    "@Input() password: FormControl;",
    "let token: Token2 = parse()",
    "token => token.length",
    "secret: process.env.SECRET,",
    "PASSWORD=$(cat x)",
    `password: \${{ secrets.PW }}`,
    "csrf_token={{ csrf_token }}",
    `http://\${user}:\${pass}@host`,
    '"password": "string"',
    '"password": {"type": "string"}',
    "label={password: 'Password'}",
    "password: 'Enter your password'",
    "token: 'access_token'",
    'token: "sha256"',
    "password: required",
    "secret: /run/secrets/db_password",
    "SSH_KEY=/etc/ssl/key.pem",
    "PWD=/home/ann/work",
    "docker run -u 1000:1000 x",
    "curl x; docker run -u node:node y",
    "at a.ts:1234:12:error:foo",
    "Enter your login name and password correctly",
    "it looks for '-----BEGIN PRIVATE KEY-----' and no more",
  ])("%s is none", (text) => {
    expect(redactSecrets(text, {})).toBe(text);
  });

  test("a private key inside JSON leaves the JSON whole", () => {
    const body = "\nMIIE\nabc\n";
    const json = JSON.stringify({
      key: `-----BEGIN ${"PRIVATE KEY"}-----${body}`,
      next: "-----END PRIVATE KEY-----",
    });
    expect(JSON.parse(redactSecrets(json, {}))).toMatchObject({ next: "-----END PRIVATE KEY-----" });
    expect(redactSecrets(json, {})).not.toContain("MIIE");
  });

  test.each([
    "token=",
    'password="',
    'password=\\"',
    "password=a@(",
    "eyJaaaaaaaaa-",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n",
    "machine a login b password ",
    "login\\n\\n\\n",
    "curl -u a:b ",
    "https://a:",
    "a:5432:",
    " ",
    "\\",
    "\\n",
    "AB_KEY=",
    "a",
  ])("a text of nothing but %j takes no time to speak of", (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    const startedAt = performance.now();
    redactSecrets(text, {});
    // A bound that only more than linear time exceeds.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

describe("values of the environment", () => {
  const env = { DB_PASSWORD: 'p"w\\1+(x)', MY_TOKEN: "tok-12345", SHORT_KEY: "dev", HOME: "/home/ann" };

  test("are found as they are and inside JSON", () => {
    expect(redactSecrets(`${env.DB_PASSWORD} ${JSON.stringify(env.DB_PASSWORD)} ${env.MY_TOKEN}`, env)).toBe(
      '[redacted] "[redacted]" [redacted]',
    );
  });

  test.each(["open sesame/+ü!1", "s3cret-value", "0123456789"])(
    "%s is found in base64 and in addresses too",
    (value) => {
      const known = { A_PASSWORD: value };
      for (const before of ["", "a", "ab", "ann:"]) {
        for (const after of ["", "\n", ":x"]) {
          const encoded = Buffer.from(before + value + after).toString("base64");
          const redacted = redactSecrets(`x ${encoded} y`, known);
          expect(redacted).toContain("[redacted]");
          expect(redacted.length).toBeLessThan(26);
        }
      }
      expect(redactSecrets(`?x=${encodeURIComponent(value)}&y`, known)).toBe("?x=[redacted]&y");
      expect(redactSecrets(`?x=${new URLSearchParams({ v: value }).toString().slice(2)}&y`, known)).toMatch(
        /redacted/,
      );
    },
  );

  test.each(["result", "true", "production", "Development", "hunter2"])(
    "%s is too short or too common",
    (value) => {
      expect(redactSecrets(`the ${value} is`, { PG_KEY: value, MY_TOKEN: value })).toBe(`the ${value} is`);
    },
  );

  test("names of fields are no keys, but what looks like one is", () => {
    expect(
      redactSecrets("by user_name and x9-user_name", { SORT_KEY: "user_name", B_KEY: "x9-user_name" }),
    ).toBe("by user_name and [redacted]");
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
