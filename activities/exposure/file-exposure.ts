import * as z from 'zod';
import { withPolicy } from '../../src/cases/decisions/decision-policy.ts';
import { withImpact } from '../../src/cases/decisions/impact.ts';
import { type ActivityContext, defineActivity } from '../../src/durable/activity.ts';
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
    output: z.strictObject({ gaps: z.number() }),
  },
  async ({ at, parts }, { vendors: { storage }, settings, log }) => {
    const told =
      settings.EXPOSURE.length === 0 ? { gaps: 0 } : await file(at, parts as PartId[], { storage, settings });
    for (const part of parts) await storage.replaceLatest(partName(part as PartId, at), { at, ...NOTHING_READ });
    // No number of people or of things, here and in what the history keeps: both have more readers than the figures.
    log.info('what everybody holds was read', told);
    return told;
  },
);

type Filing = Pick<ActivityContext, 'settings'> & Pick<ActivityContext['vendors'], 'storage'>;

async function file(
  at: string,
  parts: readonly PartId[],
  { storage, settings }: Filing,
): Promise<{ readonly gaps: number }> {
  const last = await lastKept(storage);
  // One that began later may have ended before, and stands.
  if (last !== undefined && last.readAt > at) return { gaps: last.notRead.length };
  // The first delivery stands: a second one finds the parts empty.
  const kept = last?.readAt === at ? last : await putTogether(at, parts, { storage, settings });
  if (settings.EXPOSURE.includes('company')) {
    const { day, ...figures } = figuresOfDay(kept);
    const point = { metric: EXPOSURE_METRIC, day, runId: at, ...figures, terms: { ...figures.terms } };
    await storage.enterMetrics([point]);
    await storage.forgetMetric(EXPOSURE_METRIC, firstKeptDay(at));
  }
  return { gaps: kept.notRead.length };
}

async function putTogether(at: string, parts: readonly PartId[], { storage, settings }: Filing): Promise<KeptExposure> {
  const read = await Promise.all(parts.map((part) => partOf(storage, part, at)));
  const kept = KeptExposureSchema.parse(keptOf(at, read, settings));
  await storage.replaceLatest(KEPT, kept);
  return kept;
}

/** What was kept last; what another version wrote in a shape of its own is replaced. */
async function lastKept({ getText }: Filing['storage']): Promise<KeptExposure | undefined> {
  const kept = await getText('inventory', KEPT);
  return kept === undefined ? undefined : KeptExposureSchema.safeParse(JSON.parse(kept)).data;
}

/** A part of this reading; one that broke is told as not read. */
async function partOf(
  { getText }: { readonly getText: (container: 'inventory', name: string) => Promise<string | undefined> },
  part: PartId,
  at: string,
): Promise<Part> {
  const kept = await getText('inventory', partName(part, at));
  const read = kept === undefined ? undefined : PartSchema.safeParse(JSON.parse(kept)).data;
  if (read?.at === at) return read as Part;
  const gap: Gap = { reason: 'error', source: part, detail: 'It was not read: the log says why.' };
  return { at, ...NOTHING_READ, gaps: [gap] };
}

/** Only what the setting names: lists where people see their own, figures where figures are made. */
function keptOf(
  at: string,
  parts: readonly Part[],
  { DECISION_POLICY: policy, EXPOSURE }: ActivityContext['settings'],
): KeptExposure {
  const isOwn = EXPOSURE.includes('own');
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
    ...(isOwn ? { people: paths } : {}),
    linked: isOwn ? [...new Set(parts.flatMap(({ accounts }) => accounts).map(({ oid }) => oid.toLowerCase()))] : [],
    ...(EXPOSURE.includes('company')
      ? { published: withhold(countPeople(Object.values(paths), working.length > 0)) }
      : {}),
  };
}
