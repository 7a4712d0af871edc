import { redactPersonalDataInSteps, redactSecretsInSteps, type Redacted } from "../secrets/redact.ts";

/** Replaces secrets without a pause. */
export const redactSecrets = (text: string) => lastOf(redactSecretsInSteps(text));
/** Replaces personal data without a pause. */
export const redactPersonalData = (text: string) => lastOf(redactPersonalDataInSteps(text));

function lastOf<Kind extends string>(steps: Generator<void, Redacted<Kind>>): Redacted<Kind> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
