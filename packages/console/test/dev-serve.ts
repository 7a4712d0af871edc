import { startTestServer } from "@memlane/server/testing";
const s = await startTestServer({ apiKey: "mlk_console_dev_key_0123456789", orgId: "org_demo", port: 8811, environment: { MEMLANE_BOOTSTRAP_KEYS: "org_demo:mlk_console_dev_key_0123456789" } });
console.log(s.url, s.pid);
process.on("SIGTERM", () => void s.stop().then(() => process.exit(0)));
setInterval(() => {}, 1e6);
