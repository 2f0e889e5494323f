import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { text } from '../../shapes/primitives.ts';

/**
 * Something that was read and may use what a remedy ends: a workflow, for example. Each remedy that knows a kind says
 * what of it would stop; nobody else looks into it. It is kept with the results of steps and stands in no report.
 */
export const UseSchema = z.looseObject({ kind: text });
export type Use = Immutable<z.output<typeof UseSchema>>;
