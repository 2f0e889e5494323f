import * as z from 'zod';
import { withPolicy } from '../../src/cases/decision-policy.ts';
import { withImpact } from '../../src/cases/impact.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { EXPOSURE_METRIC, figuresOfDay, firstKeptDay } from '../../src/exposure/company-figures.ts';
import { countPeople } from '../../src/exposure/count-people.ts';
import { indexPaths } from '../../src/exposure/index-paths.ts';
import { KEPT, type KeptExposure, KeptExposureSchema } from '../../src/exposure/kept.ts';
import { NOTHING_READ, type Part, type PartId, PartIdSchema, PartSchema, partName } from '../../src/exposure/part.ts';
import { withhold } from '../../src/exposure/withhold.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { instant } from '../../src/shapes/primitives.ts';
import { isByImpact, stopsIn } from '../../src/steps/registry.ts';

/**
 * Puts the parts together: everybody’s paths in one document that replaces the last one, and the figures of the day. The
 * parts name accounts, and are left empty.
 */
export const fileExposure = defineActivity(
  'fileExposure',
  {
    input: z.strictObject({ at: instant, parts: z.array(PartIdSchema) }),
    output: z.strictObject({ people: z.number(), paths: z.number(), gaps: z.number() }),
  },
  async ({ at, parts }, { vendors: { storage }, settings, log }) => {
    const read = await Promise.all(parts.map((part) => partOf(storage, part as PartId, at)));
    const kept = KeptExposureSchema.parse(keptOf(at, read, settings.DECISION_POLICY));
    await storage.replaceLatest(KEPT, kept);
    const { day, ...figures } = figuresOfDay(kept);
    if (settings.EXPOSURE.includes('company')) {
      const point = { metric: EXPOSURE_METRIC, day, runId: at, ...figures, terms: { ...figures.terms } };
      await storage.enterMetrics([point]);
      await storage.forgetMetric(EXPOSURE_METRIC, firstKeptDay(at));
    }
    for (const part of parts) await storage.replaceLatest(partName(part as PartId), { at, ...NOTHING_READ });
    const paths = Object.values(kept.people).reduce((sum, own) => sum + own.length, 0);
    const told = { people: Object.keys(kept.people).length, paths, gaps: kept.notRead.length };
    log.info('what everybody holds was read', told);
    return told;
  },
);

/** A part of this reading; one that broke, or stands there from another reading, is told as not read. */
async function partOf(
  { getText }: { readonly getText: (container: 'inventory', name: string) => Promise<string | undefined> },
  part: PartId,
  at: string,
): Promise<Part> {
  const kept = await getText('inventory', partName(part));
  const read = kept === undefined ? undefined : PartSchema.safeParse(JSON.parse(kept)).data;
  if (read?.at === at) return read as Part;
  const gap: Gap = { reason: 'error', source: part, detail: 'It was not read: the log says why.' };
  return { at, ...NOTHING_READ, gaps: [gap] };
}

function keptOf(at: string, parts: readonly Part[], policy: Parameters<typeof withPolicy>[1]): KeptExposure {
  const uses = parts.flatMap((part) => part.uses);
  const index = indexPaths(
    parts.flatMap(({ holdings }) => holdings),
    (findings) => withPolicy(withImpact(findings, stopsIn({ findings, uses }), isByImpact), policy),
  );
  const working = parts.flatMap((part) => part.people ?? []).map((oid) => oid.toLowerCase());
  // Who has left is the sweep’s to find; where it is not known who works here, everybody counts who holds something.
  const people = working.length > 0 ? [...new Set(working)] : [...index.keys()];
  const paths = Object.fromEntries(people.map((oid) => [oid, index.get(oid) ?? []]));
  return {
    schemaVersion: '1.0',
    readAt: at,
    notRead: parts.flatMap(({ gaps }) => gaps),
    people: paths,
    linked: [...new Set(parts.flatMap(({ accounts }) => accounts).map(({ oid }) => oid.toLowerCase()))],
    published: withhold(countPeople(Object.values(paths), working.length > 0)),
  };
}
