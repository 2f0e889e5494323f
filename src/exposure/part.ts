import * as z from 'zod';
import { UseSchema } from '../cases/remedies/use.ts';
import { OidSchema } from '../people/oid.ts';
import { GapSchema } from '../posture/reading.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { instant } from '../shapes/primitives.ts';
import { HoldingSchema } from './holding.ts';

/** What a reading of exposure is made of. The first is needed by those that ask for the trusts of identities. */
const PARTS = ['github', 'entra', 'applications', 'azure-devops'] as const;
/** One of these, or a subscription whose identities are read: `subscription:<id>`. */
export type PartId = (typeof PARTS)[number] | `subscription:${string}`;
export const PartIdSchema = z.string().regex(/^(github|entra|applications|azure-devops|subscription:[0-9a-f-]{36})$/);

/** The parts in the order in which they are read: each list side by side. */
export function partsOf(subscriptions: readonly string[]): readonly (readonly PartId[])[] {
  return [
    ['github'],
    ['entra', 'azure-devops', 'applications', ...subscriptions.map((id): PartId => `subscription:${id}`)],
  ];
}

/** Where a part of a reading is kept until everything is put together, which leaves it empty. */
export const partName = (part: PartId, at: string): string => `exposure/parts/${at}/${part.replace(':', '-')}.json`;

export const PartSchema = z.strictObject({
  at: instant,
  gaps: z.array(GapSchema),
  holdings: z.array(HoldingSchema),
  /** Of `github`: the accounts that are proved to be somebody’s. */
  accounts: z.array(z.strictObject({ id: z.number(), login: z.string(), oid: OidSchema })),
  /** Of `entra`: everybody who works here, by object id; null where the list was not read to its end. */
  people: z.nullable(z.array(z.string())),
  /** Of `github`: what runs with what, by which the impact of a remedy is told. */
  uses: z.array(UseSchema),
});
export type Part = Immutable<z.output<typeof PartSchema>>;
export const NOTHING_READ: Omit<Part, 'at'> = { gaps: [], holdings: [], accounts: [], people: null, uses: [] };
