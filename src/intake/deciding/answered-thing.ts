import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { OWNER_UNSURE } from '../../cases/decisions/owner-answers.ts';
import { FindingIdSchema } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { readSealed } from './read-sealed.ts';

const Filed = z.object({
  steps: z.array(
    z.object({
      findings: z.array(
        z.object({
          id: FindingIdSchema,
          kind: z.string(),
          status: z.string(),
          incident: z.boolean().optional(),
          resource: z.object({ id: z.string(), name: z.string().optional() }),
        }),
      ),
    }),
  ),
});

/** The thing of a finding of the newest report whose owner a person may tell. */
export async function thingOf(
  vendors: Pick<Vendors, 'storage'>,
  row: CaseRow | undefined,
  findingId: string,
): Promise<{ readonly thing: string } | { readonly kind: 'refused'; readonly why: string }> {
  const sealed = row === undefined ? undefined : await readSealed(vendors, row);
  const all = sealed === undefined ? [] : Filed.parse(JSON.parse(sealed.report)).steps.flatMap((step) => step.findings);
  const finding = all.find(({ id }) => id === findingId);
  if (finding === undefined) return { kind: 'refused', why: `The newest report has no finding ${findingId}.` };
  const { kind, status, incident, resource } = finding;
  if (!OWNER_UNSURE.has(kind) || status !== 'manual-action' || incident === true) {
    const why = `Nobody has to say whose the thing of a finding ${kind} is that stands as ${status}: decide about it, or accept it.`;
    return { kind: 'refused', why };
  }
  return { thing: resource.name ?? resource.id };
}
