import * as z from 'zod';
import { defineActivity } from '../../src/durable/activity.ts';
import { NOTHING_READ, type PartId, PartIdSchema, PartSchema, partName } from '../../src/exposure/part.ts';
import { instant } from '../../src/shapes/primitives.ts';
import { connectionsOfPeople } from './connections-of-people.ts';
import { directoryOfPeople } from './directory-of-people.ts';
import { gitHubOfPeople } from './github-of-people.ts';
import type { PartOf, PartReading } from './part-reading.ts';
import { applicationTrusts, identityTrusts } from './trusts-of-people.ts';

/**
 * Reads one part of what everybody holds, once for all, and keeps it for the putting together. Nobody is asked about, so
 * that it costs the same for one person as for a thousand.
 */
export const readExposurePart = defineActivity(
  'readExposurePart',
  { input: z.strictObject({ at: instant, part: PartIdSchema }), output: z.strictObject({ gaps: z.number() }) },
  async ({ at, part }, context) => {
    // It was turned off while the reading went on.
    if (context.settings.EXPOSURE.length === 0) return { gaps: 0 };
    const read = PartSchema.parse({ at, ...NOTHING_READ, ...(await readerOf(part as PartId)({ ...context, at })) });
    await context.vendors.storage.replaceLatest(partName(part as PartId, at), read);
    // Not how much was found: whoever reads the log would know of how few people it is.
    context.log.info('a part of exposure was read', { part, gaps: read.gaps.length });
    return { gaps: read.gaps.length };
  },
);

function readerOf(part: PartId): (context: PartReading) => Promise<PartOf> {
  switch (part) {
    case 'github':
      return gitHubOfPeople;
    case 'entra':
      return directoryOfPeople;
    case 'applications':
      return applicationTrusts;
    case 'azure-devops':
      return connectionsOfPeople;
    default:
      return (context) => identityTrusts(context, part.slice('subscription:'.length));
  }
}
