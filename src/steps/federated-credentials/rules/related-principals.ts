import * as z from 'zod';
import type { Immutable } from '../../../shapes/immutable.ts';
import { text } from '../../../shapes/primitives.ts';

/** A service principal that acted, or could act, for the leaver: its rows belong into the audit. */
const RelatedPrincipalSchema = z.strictObject({ oid: text, name: text });
export type RelatedPrincipal = Immutable<z.output<typeof RelatedPrincipalSchema>>;

/** The `facts` of the step on federated credentials. */
export const RelatedPrincipalsSchema = z
  .strictObject({ relatedPrincipals: z.array(RelatedPrincipalSchema) })
  .meta({ id: 'RelatedPrincipals', description: 'The pipeline identities behind credentials that let the leaver in.' });
