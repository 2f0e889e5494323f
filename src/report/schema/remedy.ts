import * as z from 'zod';
import type { RemedyId } from '../../cases/ids.ts';
import { REMEDIES } from '../../steps/registry.ts';
import { branded, count, instant, sha256, text } from './primitives.ts';

export const remedyId = branded<RemedyId>(z.string().regex(/^R-[0-9a-f]{12}$/));

const [first, ...others] = REMEDIES;
/** The calls of all declared remedies. */
const Call = z.discriminatedUnion('kind', [first.call, ...others.map(({ call }) => call)]);

export const RemedySchema = z
  .strictObject({
    id: remedyId,
    risk: z.enum(['safe', 'disruptive']),
    what: text,
    undo: text,
    serialKey: z.exactOptional(text),
    call: Call,
  })
  .meta({ id: 'Remedy', description: 'What would close a finding, what it risks and what undoes it.' });

const BlobRef = z.strictObject({
  container: z.enum(['work', 'evidence']),
  name: text,
  sha256,
  bytes: count,
});

export const ActionSchema = z
  .strictObject({
    remedyId: z.union([remedyId, z.literal('containment')]),
    result: z.enum(['done', 'queued', 'nothing-to-do', 'failed']),
    what: text,
    at: instant,
    requestId: z.exactOptional(text),
    beforeImage: z.exactOptional(BlobRef),
    error: z.exactOptional(text),
  })
  .meta({ id: 'Action', description: 'A remedy, or an act of containment, that was carried out.' });
