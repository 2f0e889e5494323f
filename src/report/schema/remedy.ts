import * as z from 'zod';
import { RemedyIdSchema } from '../../cases/ids.ts';
import { ActionSchema, RemedySchema } from '../../cases/remedies/remedy.ts';
import { REMEDIES, STEPS } from '../../steps/registry.ts';

const [first, ...others] = REMEDIES;

/** A remedy of this version: its call has the shape that its kind declares. */
export const ReportedRemedySchema = RemedySchema.extend({
  call: z.discriminatedUnion('kind', [first.call, ...others.map(({ call }) => call)]),
}).meta({ id: 'Remedy', description: 'What would close a finding, what it risks and what undoes it.' });

/** Steps that do something by themselves, without a plan. */
const actors = STEPS.filter(({ acts }) => acts.length > 0).map(({ name }) => name);

export const ReportedActionSchema = ActionSchema.extend({
  remedyId: z.union([RemedyIdSchema, z.literal(actors)]),
}).meta({ id: 'Action', description: 'A remedy, or what a step does by itself, that was carried out.' });
