import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { personalDataRules } from "./personal-data-rules.ts";
import { redactPersonalData, redactSecrets } from "../testing/redact-at-once.ts";
import { redactSecretsInSteps } from "./redact.ts";
import { secretRules, type SecretKind } from "./secret-rules.ts";

// The tests make their secrets at run time, so that scanners find none in the repository.
const digits = "0123456789";
const hex = `${digits}abcdef`;
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const alnum = `${digits}${upper}${upper.toLowerCase()}`;
const base64 = `${alnum}+/`;
const base64url = `${alnum}-_`;

let seed = 13;
/** A random text. From 8 characters on it begins with a letter and a 7, if the characters have letters and digits. */
function some(characters: string, length: number): string {
  const body = Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return characters[seed % characters.length];
  }).join("");
  return length < 8 || !/[a-z]/i.test(characters) || !/\d/.test(characters)
    ? body
    : `${characters.match(/[a-z]/i)![0]}7${body.slice(2)}`;
}

const encode = (value: unknown, indent = 0) =>
  Buffer.from(JSON.stringify(value, null, indent)).toString("base64url");
const pem = (label: string, newline = "\n", header = "") =>
  [
    `-----BEGIN ${label}-----`,
    ...(header === "" ? [] : [header, ""]),
    ...Array.from({ length: 8 }, () => some(base64, 64)),
    `${some(base64, 21)}=`,
    `-----END ${label}-----`,
  ].join(newline);

const secrets: readonly (readonly [SecretKind, string])[] = [
  ["memlane_key", `mlk_${some(base64url, 32)}`],
  ["webhook_secret", `whsec_${some(base64, 43)}=`],
  ["webhook_secret", `whsec_${some(alnum, 32)}`],
  ["aws_key", `AKIA${some(upper, 14)}27`],
  ["aws_key", `ASIA${some(upper, 14)}27`],
  ["aws_key", `IQoJb3JpZ2lu${some(base64, 400)}==`],
  ...["p", "o", "u", "s", "r"].map((letter) => ["github_token", `gh${letter}_${some(alnum, 36)}`] as const),
  ["github_token", `github_pat_${some(alnum, 22)}_${some(alnum, 59)}`],
  ["gitlab_token", `glpat-${some(base64url, 20)}`],
  ["gitlab_token", `glpat-${some(base64url, 27)}.01.${some(alnum.toLowerCase(), 9)}`],
  ["gitlab_token", `glrt-${some(base64url, 20)}`],
  ["slack_token", `xoxb-${some(digits, 12)}-${some(digits, 13)}-${some(alnum, 24)}`],
  ["slack_token", `xoxp-${some(digits, 12)}-${some(digits, 12)}-${some(digits, 12)}-${some(hex, 32)}`],
  ["slack_token", `xoxe.xoxp-1-${some(alnum, 163)}`],
  ["slack_token", `xapp-1-A${some(upper, 10)}-${some(digits, 13)}-${some(hex, 64)}`],
  ["stripe_key", `sk_live_${some(alnum, 24)}`],
  ["stripe_key", `rk_test_${some(alnum, 99)}`],
  ["openai_key", `sk-${some(alnum, 20)}T3BlbkFJ${some(alnum, 20)}`],
  ["openai_key", `sk-proj-${some(base64url, 74)}T3BlbkFJ${some(base64url, 74)}`],
  ["openai_key", `sk-svcacct-${some(base64url, 58)}T3BlbkFJ${some(base64url, 58)}`],
  ["anthropic_key", `sk-ant-api03-${some(base64url, 93)}AA`],
  ["anthropic_key", `sk-ant-admin01-${some(base64url, 93)}AA`],
  ["openrouter_key", `sk-or-v1-${some(hex, 64)}`],
  ["langfuse_key", `sk-lf-${some(hex, 8)}-${some(hex, 4)}-${some(hex, 4)}-${some(hex, 4)}-${some(hex, 12)}`],
  ["api_key", `sk-${some(hex, 32)}`],
  ["google_key", `AIza${some(base64url, 34)}Q`],
  ["google_key", `GOCSPX-${some(base64url, 28)}`],
  ["google_key", `ya29.a0${some(base64url, 150)}`],
  ["npm_token", `npm_${some(alnum, 36)}`],
  ["pypi_token", `pypi-AgEIcHlwaS5vcmc${some(base64url, 120)}`],
  ["rubygems_key", `rubygems_${some(hex, 48)}`],
  ["docker_token", `dckr_pat_${some(base64url, 27)}`],
  ["huggingface_token", `hf_${some(upper + upper.toLowerCase(), 34)}`],
  ["groq_key", `gsk_${some(alnum, 52)}`],
  ["perplexity_key", `pplx-${some(alnum, 48)}`],
  ["xai_key", `xai-${some(alnum, 80)}`],
  ["replicate_token", `r8_${some(alnum, 37)}`],
  ["nvidia_key", `nvapi-${some(base64url, 64)}`],
  ["pinecone_key", `pcsk_${some(alnum, 6)}_${some(alnum, 64)}`],
  ["langsmith_key", `lsv2_pt_${some(hex, 32)}_${some(hex, 10)}`],
  ["korely_key", `kor_live_${some(base64url, 32)}`],
  ["sendgrid_key", `SG.${some(base64url, 22)}.${some(base64url, 43)}`],
  ["brevo_key", `xkeysib-${some(hex, 64)}-${some(alnum, 16)}`],
  ["twilio_key", `SK${some(hex, 32)}`],
  ["digitalocean_token", `dop_v1_${some(hex, 64)}`],
  ["shopify_token", `shpat_${some(hex, 32)}`],
  ["square_token", `sq0atp-${some(base64url, 22)}`],
  ["square_token", `EAAA${some(base64url, 59)}E`],
  ["postman_key", `PMAK-${some(hex, 24)}-${some(hex, 34)}`],
  ["linear_key", `lin_api_${some(alnum, 40)}`],
  ["notion_token", `ntn_${some(digits, 11)}${some(alnum, 35)}`],
  ["notion_token", `secret_${some(alnum, 43)}`],
  ["figma_token", `figd_${some(base64url, 40)}`],
  ["atlassian_token", `ATATT3xFfGF0${some(base64url, 170)}=${some(hex, 8)}`],
  ["databricks_token", `dapi${some(hex, 32)}`],
  ["grafana_token", `glsa_${some(alnum, 32)}_${some(hex, 8)}`],
  ["doppler_token", `dp.pt.${some(alnum, 43)}`],
  ["vault_token", `hvs.${some(base64url, 95)}`],
  ["pulumi_token", `pul-${some(hex, 40)}`],
  ["sentry_token", `sntryu_${some(hex, 64)}`],
  ["tailscale_key", `tskey-auth-${some(alnum, 12)}-${some(alnum, 32)}`],
  ["supabase_key", `sbp_${some(hex, 40)}`],
  ["netlify_token", `nfp_${some(alnum, 36)}`],
  ["planetscale_token", `pscale_tkn_${some(base64url, 43)}`],
  ["dynatrace_token", `dt0c01.${some(upper, 24)}.${some(upper, 64)}`],
  ["new_relic_key", `NRAK-${some(upper, 25)}27`],
  ["artifactory_key", `AKCp${some(alnum, 69)}`],
  ["age_key", `AGE-SECRET-KEY-1${some(upper, 58)}`],
  ["onepassword_token", `ops_eyJ${some(base64, 260)}`],
  ["private_key", pem("PRIVATE KEY")],
  ["private_key", pem("RSA PRIVATE KEY", "\r\n", "Proc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,0A1B2C")],
  ["private_key", pem("OPENSSH PRIVATE KEY", "\\n")],
  ["private_key", pem("OPENSSH PRIVATE KEY", "\\\\n")],
  ["private_key", pem("PGP PRIVATE KEY BLOCK", "\n", "Version: GnuPG v2")],
  ["private_key", pem("EC PRIVATE KEY", "\n> ")],
  ["private_key", pem("PRIVATE KEY").replace(/\n-----END.*/s, "")],
  ["jwt", [encode({ alg: "HS256", typ: "JWT" }), encode({ sub: "1" }), some(base64url, 43)].join(".")],
  ["jwt", [encode({ typ: "JWT", alg: "RS256", kid: "a b" }, 1), encode({}), some(base64url, 342)].join(".")],
  [
    "jwt",
    [
      encode({ alg: "dir", enc: "A128CBC-HS256" }),
      "",
      some(base64url, 22),
      some(base64url, 80),
      some(base64url, 22),
    ].join("."),
  ],
  ["card_number", "4111111111111111"],
  ["card_number", "4111 1111 1111 1111"],
  ["card_number", "4111-1111-1111-1111"],
  ["card_number", "5555555555554444"],
  ["card_number", "2223003122003222"],
  ["card_number", "378282246310005"],
  ["card_number", "3782 822463 10005"],
  ["card_number", "6011111111111117"],
  ["card_number", "3056 930902 5904"],
  ["card_number", "3566002020360505"],
  ["card_number", "6200000000000005"],
];

/** Texts before and after a secret, as people and machines write them. */
const surroundings: readonly (readonly [string, string])[] = [
  ["", ""],
  ["My key is ", ", please keep it."],
  ["It is ", ". Thanks!"],
  ["KEY=", "\n"],
  ['{"key":"', '"}'],
  ["<code>", "</code>"],
  ["`", "`"],
  ["Привет: ", " — это он"],
  ["first line\\n", "\\nlast line"],
  ["?token%3D", "&x=1"],
];

describe("a secret is replaced, and the text around it stays", () => {
  test.each(secrets.map(([kind, secret]) => [kind, secret] as const))("%s %#", (kind, secret) => {
    for (const [before, after] of surroundings) {
      expect(redactSecrets(before + secret + after)).toEqual({
        text: `${before}[redacted: ${kind}]${after}`,
        counts: { [kind]: 1 },
      });
    }
  });

  test.each([
    ["url_password", "postgres://app:", "hunter2", "@db.example.com:5432/main"],
    ["url_password", "see https://x:", "p@ss;w0rd", "@127.0.0.1/"],
    ["url_password", "redis://:", some(alnum, 20), "@cache:6379"],
    ["aws_key", "aws_secret_access_key = ", some(base64, 40), "\n"],
    ["aws_key", '"SecretAccessKey": "', some(base64, 40), '",'],
    ["azure_key", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", `${some(base64, 86)}==`, ";"],
    [
      "slack_webhook",
      "https://hooks.slack.com/",
      `services/T0${some(upper, 7)}/B0${some(upper, 7)}/${some(alnum, 24)}`,
      " x",
    ],
    ["discord_webhook", `https://discord.com/api/webhooks/${some(digits, 18)}/`, some(base64url, 68), "."],
    ["telegram_token", "bot 123456789:", `AA${some(base64url, 33)}`, " works"],
  ])("%s after %j", (kind, before, secret, after) => {
    expect(redactSecrets(before + secret + after)).toEqual({
      text: `${before}[redacted: ${kind}]${after}`,
      counts: { [kind]: 1 },
    });
  });

  test("several in a text are replaced and counted by kind", () => {
    const [one, other] = [`ghp_${some(alnum, 36)}`, `ghp_${some(alnum, 36)}`];
    expect(redactSecrets(`${one} ${other},4111 1111 1111 1111 5555 5555 5555 4444`)).toEqual({
      text: "[redacted: github_token] [redacted: github_token],[redacted: card_number] [redacted: card_number]",
      counts: { github_token: 2, card_number: 2 },
    });
  });

  test.each([
    ["after a year", "It runs out in 2026 ", "4111 1111 1111 1111", ", sadly"],
    ["after another number", "4000 ", "4111 1111 1111 1111", " 12/26 123"],
    ["between bars", "", "4111111111111111", "|12|26|123"],
    ["with spaces that do not break", "", "4111\u00a01111\u00a01111\u00a01111", " is mine"],
    ["in JSON", '{"number":"', "4111111111111111", '"}'],
  ])("a card number %s is found", (_, before, number, after) => {
    expect(redactSecrets(before + number + after).text).toBe(`${before}[redacted: card_number]${after}`);
  });

  test("every kind is tried", () => {
    const tried = new Set<string>(secrets.map(([kind]) => kind));
    const kindsWithContext = [
      "url_password",
      "azure_key",
      "slack_webhook",
      "discord_webhook",
      "telegram_token",
    ];
    expect([...tried, ...kindsWithContext].toSorted()).toEqual(
      [...new Set(secretRules.map(({ kind }) => kind))].toSorted(),
    );
  });
});

describe("a text that only looks like a secret stays", () => {
  const uuid = "4f9e1c2a-4111-4111-8111-111111111111";
  test.each([
    [
      "prose",
      "I use sk-learn, the sk-SK locale, xoxo-hugs and AKIA in a sentence; ghp_ and glpat- are prefixes.",
    ],
    ["a UUID", uuid],
    ["a UUID with nothing but digits", "41111111-1111-4111-8111-111111111111"],
    ["a hash", some(hex, 64)],
    ["a commit", `commit ${some(hex, 40)}`],
    ["hashes of a lock file", `sha512-${some(base64, 86)}==`],
    ["an image", `data:image/png;base64,iVBORw0KGgo${some(base64, 4000)}`],
    ["a font", `url(data:font/woff2;base64,d09GMgABAAAA${some(base64, 4000)})`],
    ["an ISBN", "ISBN 978-3-16-148410-0, 9783161484100"],
    ["an IMEI", "490154203237518, 35-209900-176148-1"],
    ["an EAN", "4006381333931, 4012345678901"],
    ["a SIM card", "8944500102198304826"],
    ["a number with a wrong check digit", "4111111111111112, 5555 5555 5555 4445, 378282246310006"],
    [
      "a number with a right check digit that no card network issues",
      "1111111111111117 7992 7398 7130 0000 9999999999999995",
    ],
    [
      "the digits of a longer number",
      "41111111111111110, 14111111111111111, 4111111111111111.5, 0.4111111111111111",
    ],
    ["a number in a name", "img_4111111111111111.png, /photo/4111111111111111, v4111111111111111"],
    ["an IBAN", "DE75 5121 0800 1245 1261 99, DE89370400440532013000"],
    [
      "times and versions",
      "1761955200000, 1761955200000000, 2026-11-22T10:00:00Z, 18.20.4111, 10.0.19045.4111",
    ],
    ["phone numbers", "+49 170 1234567, (555) 123-4567, +1 415 555 2671"],
    ["ids of posts", "1849483939393939393, 4111111111111111111"],
    [
      "domains that look like a JWT",
      "eyJ.example.com eyJhbGci.eyJzdWIi.example eyJmb28iOiJiYXIifQ.eyJmb28iOiJiYXIifQ.abc",
    ],
    [
      "placeholders",
      `ghp_${"x".repeat(36)} sk_live_${"x".repeat(24)} AKIA${"X".repeat(16)} sk-ant-api03-${"*".repeat(93)}`,
    ],
    [
      "a placeholder for a password",
      "postgres://user:${PASSWORD}@host, https://u:{{ pw }}@h, mysql://u:***@h, amqp://u:$PW@h, http://u:YOUR_PASSWORD@h",
    ],
    [
      "an address without a password",
      "ssh://git@github.com:22/a, https://example.com:8080/@me, https://[::1]:80/a@b, mailto:a@b.de",
    ],
    ["a public key", pem("PUBLIC KEY") + pem("CERTIFICATE")],
    ["a key that is left out", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
    [
      "prose about keys",
      "A file begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----.",
    ],
    [
      "the start of a key",
      `ghp_${some(alnum, 12)}… AIza${some(alnum, 10)} npm_${some(alnum, 20)} sk-proj-abc`,
    ],
    ["a masked secret", `whsec_${"*".repeat(8)}abcd mlk_…abcd`],
    [
      "names in code",
      "sk_test_helper(), secret_key_base_for_tests, npm_config_registry, hf_hub_download, key-0123",
    ],
  ])("%s", (_, text) => {
    expect(redactSecrets(text)).toEqual({ text, counts: {} });
  });
});

const personal: readonly (readonly [string, string])[] = [
  ["email_address", "ada.lovelace+test@mail.example.co.uk"],
  ["email_address", "o'neil@x.io"],
  ["iban", "DE89370400440532013000"],
  ["iban", "DE89 3704 0044 0532 0130 00"],
  ["iban", "GB82 WEST 1234 5698 7654 32"],
  ["phone_number", "+49 170 1234567"],
  ["phone_number", "+1 (415) 555-2671"],
  ["phone_number", "+33612345678"],
  ["phone_number", "(415) 555-2671"],
  ["phone_number", "415-555-2671"],
  ["phone_number", "0170 1234567"],
  ["phone_number", "06 12 34 56 78"],
];

describe("personal data is replaced, and the text around it stays", () => {
  test.each(personal)("%s %s", (kind, value) => {
    for (const [before, after] of surroundings.slice(0, 8)) {
      expect(redactPersonalData(before + value + after)).toEqual({
        text: `${before}[redacted: ${kind}]${after}`,
        counts: { [kind]: 1 },
      });
    }
  });

  test("every kind is tried", () => {
    expect(new Set(personal.map(([kind]) => kind))).toEqual(
      new Set(personalDataRules.map(({ kind }) => kind)),
    );
  });

  test.each([
    ["handles", "@ada, a @ b, 3 @ 5, @types/node, user@localhost"],
    ["dates", "2026-11-22, 22.11.2026, 11/22/2026, 10:30-11:45"],
    ["versions and addresses", "1.22.333, 192.168.178.20, 2001:db8::1"],
    ["an IBAN whose check digits are wrong", "GB83 WEST 1234 5698 7654 32"],
    ["sums and ids", "+5, +100 points, 1,000,000, 415555, 00:15:30, 123-45-6789"],
  ])("%s are left alone", (_, text) => {
    expect(redactPersonalData(text)).toEqual({ text, counts: {} });
  });
});

describe("for all texts", () => {
  const pieces = fc.oneof(
    fc.constantFrom(...secrets.map(([, secret]) => secret), ...personal.map(([, value]) => value)),
    fc.constantFrom(...secretRules.flatMap(({ starts }) => starts)),
    fc.fullUnicodeString({ maxLength: 20 }),
    fc.constantFrom(" ", "\n", "\\n", "-", ".", "a", "1", "://", "@"),
  );
  const texts = fc
    .array(fc.tuple(pieces, fc.constantFrom(" ", "\n", ", ")), { maxLength: 12 })
    .map((parts) => parts.flat().join(""));

  test.each([
    ["secrets", redactSecrets],
    ["personal data", redactPersonalData],
  ])("%s: a second run replaces nothing", (_, redact) => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = redact(text);
        expect(redact(once.text)).toEqual({ text: once.text, counts: {} });
      }),
      { numRuns: 500 },
    );
  });

  test("each placeholder is counted, and a text without a match stays the same", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: redacted, counts } = redactSecrets(text);
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        expect(redacted.split("[redacted: ").length - 1).toBe(total);
        if (total === 0) expect(redacted).toBe(text);
      }),
    );
  });
});

test("a long text is read in steps, and a secret across two steps is found", () => {
  const secret = `ghp_${some(alnum, 36)}`;
  const text = "a ".repeat(2 ** 15 - 8) + secret + " b".repeat(2 ** 15);
  const steps = redactSecretsInSteps(text);
  let pauses = 0;
  for (let step = steps.next(); step.done !== true; step = steps.next()) pauses += 1;
  expect(pauses).toBe(1);
  expect(redactSecrets(text).counts).toEqual({ github_token: 1 });
});

/**
 * Starts of texts that are slow if a regular expression reads the rest again at each match. Of the many starts of two letters or two
 * digits, one each.
 */
const hostile = [
  ...new Set([...secretRules, ...personalDataRules].flatMap(({ starts }) => starts)),
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN PRIVATE KEY-----\nA: ",
  "-----BEGIN PRIVATE KEY-----\nAb: c\n",
  "secret_access_key = ",
  "://a:",
  "eyJhbGciOiJIUzI1NiJ9.",
  "eyJ-eyJ.",
  "\\neyJ",
  "sq0aaa-",
  "xox.xox-",
  "4 1 ",
  "4111-",
  "@a",
  "a@a.",
  "AA00 0000 ",
  "%41",
].filter((start) => !/^[A-Z]{2}$|^\d\d$/.test(start) || start === "AA" || start === "41");

test.each([
  ["secrets", redactSecrets],
  ["personal data", redactPersonalData],
])("%s: hostile texts take linear time", (_, redact) => {
  const timeOf = (text: string) => {
    // Processor time, because other processes delay the wall time.
    const started = process.threadCpuUsage();
    redact(text);
    return process.threadCpuUsage(started).user / 1000;
  };
  for (const start of hostile) {
    for (const make of [
      (length: number) => start.repeat(length / start.length),
      (length: number) => start + "a".repeat(length),
      (length: number) => `${start}aA1bB2cC3 `.repeat(length / (start.length + 10)),
    ]) {
      // Linear time is a few milliseconds, quadratic time is seconds.
      expect(timeOf(make(60_000)), start).toBeLessThan(500);
    }
  }
});
