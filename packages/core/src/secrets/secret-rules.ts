import { isCardNumber } from "./card-number.ts";
import { isJoseHeader } from "./jose-header.ts";
import type { RedactionRule } from "./redaction-rule.ts";

/** The fewest different characters of a key: `xxxxxxxx` and `12341234` are placeholders. */
const fewestCharacters = 6;
const isVaried = (value: string) => new Set(value.slice(4)).size >= fewestCharacters;

const countOf = (value: string, characters: RegExp) => value.match(characters)?.length ?? 0;
const isMixed = (value: string) =>
  isVaried(value) && /\d/.test(value.slice(4)) && /[A-Za-z]/.test(value.slice(4));

/** A rule for a key with a known prefix. Placeholders do not match. */
const keyOf = <const Kind extends string>(
  kind: Kind,
  starts: readonly string[],
  shape: RegExp,
  accepts: (value: string) => boolean = isVaried,
): RedactionRule<Kind> => ({ kind, starts, shape, accepts });

// A prefix may have several rules. A key of a fixed length must not be followed by more such characters.
const keys = [
  keyOf("memlane_key", ["mlk_"], /mlk_[\w-]{32}(?![\w-])/y),
  keyOf("webhook_secret", ["whsec_"], /whsec_[A-Za-z0-9+/]{24,}={0,2}/y),
  keyOf("aws_key", ["AKIA", "ASIA", "ABIA", "ACCA"], /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/y),
  keyOf("aws_key", ["IQoJb3JpZ2lu"], /IQoJb3JpZ2lu[A-Za-z0-9+/]{100,}={0,2}/y), // a session token
  keyOf("aws_key", ["ABSK"], /ABSK[A-Za-z0-9+/]{100,}={0,2}/y),
  keyOf("aws_key", ["bedrock-"], /bedrock-api-key-[A-Za-z0-9+/]{24,}={0,2}/y),
  keyOf(
    "aws_key",
    ["secret", "Secret", "SECRET", "aws", "Aws", "AWS"],
    /(?<kept>(?:secret|aws)[\w-]{0,24}["']?\s{0,4}(?:=>|[:=])\s{0,4}["']?)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/iy,
    (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && isVaried(value),
  ),
  keyOf("github_token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], /gh[pousr]_[A-Za-z0-9]{36,}/y),
  keyOf("github_token", ["github_pat_"], /github_pat_\w{60,}/y),
  keyOf(
    "gitlab_token",
    ["gl"],
    /gl(?:pat|dt|rt|rtr|ptt|cbt|ft|imt|agent|soat|oas|ffct|wt)-[\w-]{20,}(?:\.[\w-]{2,20}){0,3}/y,
  ),
  keyOf(
    "slack_token",
    ["xox"],
    /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9%-]{20,}/y,
    (value) => countOf(value, /\d/g) >= 4 && isVaried(value),
  ),
  keyOf("slack_token", ["xapp-"], /xapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-f0-9]{32,}/y),
  keyOf(
    "slack_webhook",
    ["hooks.slack.com/"],
    /(?<kept>hooks\.slack\.com\/)(?:services|workflows|triggers)\/[A-Z0-9]{6,14}\/[\w/]{24,}/y,
  ),
  keyOf("stripe_key", ["sk_", "rk_"], /[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,}/y),
  keyOf(
    "openai_key",
    ["sk-"],
    /sk-(?:(?:proj|svcacct|admin|service|None)-[\w-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20,})/y,
  ),
  keyOf("anthropic_key", ["sk-ant-"], /sk-ant-[a-z]{2,10}\d\d-[\w-]{32,}/y),
  keyOf("openrouter_key", ["sk-or-"], /sk-or-v\d-[a-f0-9]{64}/y),
  keyOf("langfuse_key", ["sk-lf-"], /sk-lf-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}/y),
  keyOf("api_key", ["sk-"], /sk-[A-Za-z0-9]{32,}/y, isMixed),
  keyOf("google_key", ["AIza"], /AIza[\w-]{35}(?![\w-])/y),
  keyOf("google_key", ["GOCSPX-"], /GOCSPX-[\w-]{28}/y),
  keyOf("google_key", ["ya29."], /ya29\.[\w-]{40,}/y, isMixed),
  keyOf("google_key", ["1//0"], /1\/\/0[\w-]{40,}/y, isMixed),
  keyOf("npm_token", ["npm_"], /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y),
  keyOf("npm_token", ["_auth"], /(?<=\/:)(?<kept>_auth(?:Token)? ?= ?["']?)[\w+/.-]{8,}={0,2}/y),
  keyOf("pypi_token", ["pypi-"], /pypi-[\w-]{100,}/y),
  keyOf("rubygems_key", ["rubygems_"], /rubygems_[a-f0-9]{48}(?![A-Za-z0-9])/y),
  keyOf("docker_token", ["dckr_"], /dckr_(?:pat|oat)_[\w-]{24,}/y),
  keyOf("huggingface_token", ["hf_"], /hf_[A-Za-z0-9]{34}(?!\w)/y),
  keyOf("huggingface_token", ["api_org_"], /api_org_[A-Za-z0-9]{34}(?!\w)/y),
  keyOf("groq_key", ["gsk_"], /gsk_[A-Za-z0-9]{48,}/y),
  keyOf("perplexity_key", ["pplx-"], /pplx-[A-Za-z0-9]{40,}/y),
  keyOf("xai_key", ["xai-"], /xai-[A-Za-z0-9]{60,}/y),
  keyOf("replicate_token", ["r8_"], /r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])/y),
  keyOf("nvidia_key", ["nvapi-"], /nvapi-[\w-]{60,}/y),
  keyOf("pinecone_key", ["pcsk_"], /pcsk_\w{50,}/y),
  keyOf("langsmith_key", ["lsv2_"], /lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}/y),
  keyOf("korely_key", ["kor_"], /kor_(?:live|self|test)_[\w-]{16,}/y),
  keyOf("sendgrid_key", ["SG."], /SG\.[\w-]{16,32}\.[\w-]{32,64}/y),
  keyOf("brevo_key", ["xkeysib-"], /xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}/y),
  keyOf("twilio_key", ["SK"], /SK[a-f0-9]{32}(?![A-Za-z0-9])/y, isMixed),
  keyOf("telegram_token", [":AA"], /(?<=(?<!\d)\d{8,10})(?<kept>:)AA[\w-]{33}(?![\w-])/y),
  keyOf(
    "discord_webhook",
    ["discord.com/", "discordapp.com/"],
    /(?<kept>discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/)[\w-]{60,}/y,
  ),
  keyOf("digitalocean_token", ["dop_v1_", "doo_v1_", "dor_v1_"], /do[opr]_v1_[a-f0-9]{64}/y),
  keyOf("shopify_token", ["shp"], /shp(?:at|ca|pa|ss|ua|tka)_[a-fA-F0-9]{32}(?![A-Za-z0-9])/y),
  keyOf("square_token", ["sq0"], /sq0[a-z]{3}-[\w-]{22,}/y, isMixed),
  keyOf("square_token", ["EAAA"], /EAAA[\w-]{60}(?![\w-])/y, isMixed),
  keyOf("postman_key", ["PMAK-"], /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/y),
  keyOf("linear_key", ["lin_"], /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/y),
  keyOf("notion_token", ["ntn_"], /ntn_[A-Za-z0-9]{40,}/y, isMixed),
  keyOf("notion_token", ["secret_"], /secret_[A-Za-z0-9]{43}(?!\w)/y, isMixed),
  keyOf("figma_token", ["figd_"], /figd_[\w-]{40,}/y),
  keyOf("atlassian_token", ["ATATT3", "ATCTT3", "ATBB"], /AT(?:ATT3|CTT3|BB)[\w=-]{32,}/y, isMixed),
  keyOf("databricks_token", ["dapi"], /dapi[A-Fa-f0-9]{32}(?![A-Za-z0-9])/y),
  keyOf(
    "grafana_token",
    ["glsa_", "glc_"],
    /gl(?:sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|c_[A-Za-z0-9+/]{32,}={0,2})/y,
  ),
  keyOf("doppler_token", ["dp."], /dp\.(?:pt|ct|sa|scim|audit|st(?:\.[\w-]{1,40})?)\.[A-Za-z0-9]{40,}/y),
  keyOf("vault_token", ["hvs.", "hvb.", "hvr."], /hv[sbr]\.[\w-]{24,}/y, isMixed),
  keyOf("pulumi_token", ["pul-"], /pul-[a-f0-9]{40}(?![A-Za-z0-9])/y),
  keyOf("sentry_token", ["sntry"], /sntry(?:u_[a-f0-9]{64}|s_eyJ[\w+/=]{60,})/y),
  keyOf("tailscale_key", ["tskey-"], /tskey-[a-z]{3,12}-[\w-]{20,}/y, isMixed),
  keyOf("supabase_key", ["sbp_", "sb_secret_"], /sb(?:p_[a-f0-9]{40}|_secret_[\w-]{30,})/y),
  keyOf("netlify_token", ["nfp_"], /nfp_[A-Za-z0-9]{36,}/y),
  keyOf("planetscale_token", ["pscale_"], /pscale_(?:tkn|oauth|pw)_[\w-]{32,}/y),
  keyOf("dynatrace_token", ["dt0"], /dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}/y),
  keyOf("new_relic_key", ["NRAK-"], /NRAK-[A-Z0-9]{27}(?![A-Za-z0-9])/y),
  keyOf("artifactory_key", ["AKCp"], /AKCp[A-Za-z0-9]{69}(?![A-Za-z0-9])/y),
  keyOf("age_key", ["AGE-SECRET-KEY-"], /AGE-SECRET-KEY-1[A-Z0-9]{58}/y),
  keyOf("onepassword_token", ["ops_eyJ"], /ops_eyJ[\w+/=-]{200,}/y),
  keyOf("azure_key", ["AccountKey="], /(?<kept>AccountKey=["']?)[A-Za-z0-9+/]{86}==/y),
  keyOf("azure_key", ["SharedAccessKey="], /(?<kept>SharedAccessKey=["']?)[A-Za-z0-9+/]{43}=/y),
] as const;

// White space, also in a string literal or a quoted mail.
const gap = String.raw`(?:\s|\\{1,2}[nrt]|["'>|])`;
const pemHeaders = String.raw`(?:${gap}{0,8}[A-Z][A-Za-z-]{1,30}: [^\r\n\\]{1,200}(?=[\r\n\\])){0,4}`;
const pemBody = String.raw`${gap}{0,24}[A-Za-z0-9+/=]{20,}(?:${gap}{1,24}[A-Za-z0-9+/=]{20,})*`;
const pemEnd = String.raw`(?:${gap}{1,24}[A-Za-z0-9+/=]{1,19})?${gap}{0,24}-----END [A-Z0-9 ]{1,60}-----`;

const others = [
  {
    kind: "private_key",
    starts: ["-BEGIN "],
    beginOf: (_, index) => index - 4,
    // A block without its end is replaced up to the end of the text.
    shape: new RegExp(
      `-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----${pemHeaders}${pemBody}(?:${pemEnd})?`,
      "y",
    ),
  },
  {
    kind: "jwt",
    starts: ["eyJ", "eyA", "ewo", "ew0"],
    // Signed: three parts, the last of which may be missing. Encrypted: five, the second of which may be empty.
    shape: /(?<![_-])e[\w-]{8,}\.(?:[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+|[\w-]{3,}(?:\.[\w-]*)?)/y,
    accepts: (value) => isJoseHeader(value.slice(0, value.indexOf("."))),
  },
  {
    kind: "card_number",
    starts: ["2", "3", "4", "5", "6"].flatMap((first) =>
      Array.from("0123456789", (second) => first + second),
    ),
    // In one piece or in groups as on a card; not inside an IBAN or a longer number.
    shape:
      /(?<![_./]|\w-|\b[A-Z]{2}\d\d )(?:\d{14,19}|\d{4}([ \u00a0\u202f-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ \u00a0\u202f-])\d{6}\2\d{4,5})(?!\w|\.\d|-\w)/y,
    accepts: isCardNumber,
  },
  {
    kind: "url_password",
    starts: ["://"],
    shape: /(?<kept>:\/\/[^\s:/?#@"'<>\\]{0,128}:)[^\s/?#"'<>\\]{1,256}(?=@[\w[%])/y,
    // Not placeholders: ${PASSWORD}, {{ password }}, $PASSWORD, %PASSWORD%, YOUR_PASSWORD, ***.
    accepts: (value) =>
      !/^(?:\$?\{.*\}|\$[A-Z_]+|[A-Z]+(?:_[A-Z]+)+|%[A-Z_]+%|\[.*\]|\*+|x+|X+|\.+)$/.test(value),
  },
] as const satisfies readonly RedactionRule[];

/** Every kind of secret. More exact rules come first. */
export const secretRules = [...keys, ...others];

/** The kinds of secrets that have a known format. */
export type SecretKind = (typeof secretRules)[number]["kind"];
