import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Settings } from '../src/config.ts';
import { NAMEABLE } from '../src/coverage-settings.ts';
import { DECIDABLE } from '../src/decision-policy-setting.ts';
import { SHARED_ISSUERS } from '../src/steps/federated-credentials/rules/trust-context.ts';

/** Beside what Node knows under one name, those of the tz database that are other names of the same zones. */
const KNOWN = new URL('../infra/modules/offboarding/accepted.json', import.meta.url);

/** Shape of the zones that the root's input takes. */
const ZONE = /^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z0-9_+-]+){1,2})$/;

const Range = z.object({ type: z.literal('integer'), minimum: z.number(), maximum: z.number() });

/**
 * What the app accepts where no pattern says so, as Terraform reads it: a plan refuses what the app would refuse when
 * it starts, after everything was built.
 */
export function acceptedSettings(): object {
  const ranges = Object.entries(Settings.shape).flatMap(([name, schema]) => {
    const { success, data } = Range.safeParse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
    return success ? [[name, { from: data.minimum, to: data.maximum }] as const] : [];
  });
  const known = z.object({ timeZones: z.array(z.string()) }).parse(JSON.parse(readFileSync(KNOWN, 'utf8'))).timeZones;
  const zones = new Set([...known, ...Intl.supportedValuesOf('timeZone')]);
  return {
    numbers: Object.fromEntries(ranges),
    exemptSources: NAMEABLE.exempt,
    acknowledgedLimits: NAMEABLE.limits,
    decidable: DECIDABLE,
    // Terraform's expressions are RE2's, which know these.
    sharedIssuers: SHARED_ISSUERS.map(({ source }) => source.replaceAll('\\/', '/')),
    timeZones: [...zones]
      .filter((zone) => ZONE.test(zone) && Settings.shape.BUSINESS_TIME_ZONE.safeParse(zone).success)
      .sort(),
  };
}
