// Examples from specifications and vendors' documentation. They were collected after the rules were written.
// A `~` hides an example from scanners of repositories; the tests remove it.
import { expect, test } from "vitest";
import { redactPersonalData, redactSecrets } from "../testing/redact-at-once.ts";

const read = (example: string) => example.replaceAll("~", "");

test.each([
  [
    "RFC 7515, A.1",
    "jwt",
    "eyJ0~eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  ],
  [
    "RFC 7519, 6.1",
    "jwt",
    "eyJh~bGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
  ],
  [
    "RFC 7468, 10",
    "private_key",
    "-----BEGIN ~PRIVATE KEY-----\nMIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgVcB/UNPxalR9zDYAjQIf\njojUDiQuGnSJrFEEzZPT/92hRANCAASc7UJtgnF/abqWM60T3XNJEzBv5ez9TdwK\nH0M6xpM2q+53wmsN/eYLdgtjgBd3DBmHtPilCkiFICXyaA8z9LkJ\n-----END ~PRIVATE KEY-----",
  ],
  ["AWS", "aws_key", "AKIA~IOSFODNN7EXAMPLE"],
  ["Standard Webhooks", "webhook_secret", "whsec~_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ["Stripe", "stripe_key", "sk_te~st_4eC39HqLyjWDarjtT1zdp7dc"],
])("%s: %s %s", (_, kind, example) => {
  expect(redactSecrets(`It is ${read(example)}, see above`).text).toBe(
    `It is [redacted: ${kind}], see above`,
  );
});

test.each([
  "4242424242424242",
  "4000056655665556",
  "4012888888881881",
  "4242 4242 4242 4242",
  "5555555555554444",
  "2223003122003222",
  "5200828282828210",
  "5105105105105100",
  "378282246310005",
  "371449635398431",
  "3782 822463 10005",
  "6011111111111117",
  "6011000990139424",
  "3056930009020004",
  "36227206271667",
  "38520000023237",
  "3566002020360505",
  "6200000000000005",
  "6205500000000000004",
  "6759649826438453",
])("a test card of Stripe, PayPal or Adyen: %s", (number) => {
  expect(redactSecrets(`It is ${number}, see above`).text).toBe("It is [redacted: card_number], see above");
});

test.each([
  ["aws_secret_access_key = ", "wJalrXUtnFEMI/K7MDENG/bPxRfi~CYEXAMPLEKEY", "", "aws_key"],
  [
    "https://api.telegram.org/bot110201543:",
    "AAHd~qTcvCH1vGWJxfSe1ofSAs0K5PALDsaw",
    "/getMe",
    "telegram_token",
  ],
  ["postgresql://user:", "secret", "@localhost", "url_password"],
  [
    "postgresql://other:",
    "se~cret",
    "@localhost/otherdb?connect_timeout=10&application_name=myapp",
    "url_password",
  ],
  [
    "mongodb://myDatabaseUser:",
    "D1fficultP%40ssw0rd",
    "@mongodb0.example.com:27017/?authSource=admin",
    "url_password",
  ],
  ["redis://alice:", "foobared", "@awesome.redis.server:6380", "url_password"],
  ["amqp://user:", "pass", "@host:10000/vhost", "url_password"],
  ["mysqlx://user:", "password", "@[2001:db8::1]:33060/test", "url_password"],
])("%s…%s", (before, secret, after, kind) => {
  expect(redactSecrets(before + read(secret) + after).text).toBe(`${before}[redacted: ${kind}]${after}`);
});

test.each([
  [
    "RFC 3986, 1.1.2",
    "ftp://ftp.is.co.za/rfc/rfc1808.txt http://www.ietf.org/rfc/rfc2396.txt ldap://[2001:db8::7]/c=GB?objectClass?one mailto:John.Doe@example.com news:comp.infosystems.www.servers.unix tel:+1-816-555-1212 telnet://192.0.2.16:80/ urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
  ],
  [
    "PostgreSQL",
    "postgresql://localhost:5433 postgresql://user@localhost postgresql://host1:123,host2:456/somedb?target_session_attrs=any&application_name=myapp postgresql://%2Fvar%2Flib%2Fpostgresql/dbname",
  ],
  [
    "RFC 9562, A",
    "C232AB00-9414-11EC-B3C8-9F6BDECED846 5df41881-3aed-3515-88a7-2f4a814cf09e 919108f7-52d1-4320-9bac-f847db4148a8 017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
  ],
  [
    "FIPS 180-4",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  ],
  ["Luhn's algorithm", "17893729974 1789372997 79927398713"],
  ["GSMA", "IMEI 490154203237518, TAC 49015420, ICCID 89310410106543789301"],
  ["GS1", "GTIN 9506000134352, (01)09506000134352, SSCC 106141411234567897, GLN 9501101020917"],
  ["ISBN", "978-0-306-40615-7 9780306406157 ISBN 0-306-40615-2"],
  ["Semantic Versioning", "1.0.0-alpha.beta+exp.sha.5114f85 1.0.0+20130313144700 1.0.0-0.3.7"],
  [
    "AWS",
    "arn:aws:iam::123456789012:user/Development/product_1234/* arn:aws:s3:::amzn-s3-demo-bucket/* i-1234567890abcdef0 ami-0abcdef1234567890",
  ],
  [
    "Stripe",
    "pk_te~st_TYooMQauvdEDq54NiTphI7jx cus_NffrFeUfNV2Hib pi_3MtwBwLkdIwHu7ix28a3tqPa ch_3MmlLrLkdIwHu7ix0snN0B15 evt_1NG8Du2eZvKYlo2CUI79vXWy",
  ],
  [
    "Docker",
    "alpine@sha256:1304f174557314a7ed9eddb4eab12fed12cb0cd9809e4c28f29af86979a3c870 postgres:18.1-alpine3.22",
  ],
  [
    "Subresource Integrity",
    'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"',
  ],
  ["ISO 8601", "2026-11-22T10:00:00.123456789Z 20261122T100000Z 2026-W47-7"],
  [
    "Bitcoin and Ethereum",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045",
  ],
  ["GeoJSON and money", '{"coordinates":[102.0123456789012345,0.5]} EUR 4,000.00 USD 5500000.00'],
  [
    "Slack and GitHub",
    "T0123456789 C0123456789 U0123456789 1234567890.123456 gh-pages ghcr.io/owner/image gho.st",
  ],
  [
    "a public key of OpenSSH",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl git@github.com",
  ],
])("%s: nothing is replaced", (_, examples) => {
  expect(redactSecrets(read(examples))).toEqual({ text: read(examples), counts: {} });
});

test.each([
  "AD12 0001 2030 2003 5910 0100",
  "BE68 5390 0754 7034",
  "CH93 0076 2011 6238 5295 7",
  "DE89 3704 0044 0532 0130 00",
  "ES91 2100 0418 4502 0005 1332",
  "FR14 2004 1010 0505 0001 3M02 606",
  "GB29 NWBK 6016 1331 9268 19",
  "IT60 X054 2811 1010 0000 0123 456",
  "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
  "NL91 ABNA 0417 1643 00",
  "NO93 8601 1117 947",
  "PL61 1090 1014 0000 0712 1981 2874",
  "SA03 8000 0000 6080 1016 7519",
])("an example of the registry of IBANs: %s", (iban) => {
  for (const example of [iban, iban.replaceAll(" ", "")])
    expect(redactPersonalData(`It is ${example} BIC, see above`).text).toBe(
      "It is [redacted: iban] BIC, see above",
    );
});

test.each([
  ["phone_number", "+22 607 123 4567"],
  ["phone_number", "+1-816-555-1212"],
  ["phone_number", "+44 20 7946 0958"],
  ["phone_number", "(0607) 123 4567"],
  ["phone_number", "+33 1 42 68 53 00"],
  ["email_address", "john.q.public@example.com"],
  ["email_address", "jdoe@one.test"],
])("%s %s", (kind, example) => {
  expect(redactPersonalData(`It is ${example}, see above`).text).toBe(`It is [redacted: ${kind}], see above`);
});
