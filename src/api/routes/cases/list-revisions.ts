import * as z from 'zod';
import type { CaseRow } from '../../../cases/case.ts';
import { manifestBeside, manifestName } from '../../../cases/folders.ts';
import { revisionOf } from '../../../cases/following/attempts.ts';
import { mapBounded } from '../../../connectors/map-bounded.ts';
import { count, instant, sha256, text } from '../../../shapes/primitives.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { Signature, signatureOf } from './signature.ts';
import { CasePath, theCase } from './the-case.ts';

const Revision = z.object({
  revision: count,
  filedAt: instant,
  outcome: text,
  report: text.meta({ description: 'blob in the container `evidence`' }),
  ...Signature,
});

const AT_ONCE = 8;

/** The reports that a case has filed, newest first. While it is read again, its row still names the report before. */
function revisionsOf(row: CaseRow): Omit<z.output<typeof Revision>, keyof typeof Signature>[] {
  const { revisions = [], state, filedAt, outcome, report } = row;
  const earlier = revisions.map(({ attempt: _, ...each }, index) => ({ revision: index + 1, ...each }));
  const isNewest = state === 'filed' && filedAt !== undefined && outcome !== undefined && report !== undefined;
  const newest = isNewest ? [{ revision: revisionOf(row), filedAt, outcome, report }] : [];
  return [...earlier, ...newest].reverse();
}

export const listRevisions = defineRoute({
  id: 'listRevisions',
  method: 'GET',
  path: '/api/cases/{id}/revisions',
  summary: 'The reports that a case has filed, newest first',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: z.object({ revisions: z.array(Revision) }) },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const revisions = await mapBounded(revisionsOf(row), AT_ONCE, async (each) => ({
      ...each,
      ...(await signatureOf(vendors, row.caseId, each.revision)),
    }));
    return { status: 200, value: { revisions } };
  },
});

const Sealed = z.object({
  outcome: text,
  files: z.array(z.object({ name: text, sha256: text, bytes: count })),
  previous: z.exactOptional(z.object({ name: text, sha256: text })),
});

const Evidence = Sealed.extend({
  manifest: z
    .object({ name: text, sha256 })
    .meta({ description: 'what seals these files, to be told to whoever verifies them' }),
  ...Signature,
});

export const listEvidence = defineRoute({
  id: 'listEvidence',
  method: 'GET',
  path: '/api/cases/{id}/evidence',
  summary: 'The files of the newest report, each with the digest that its manifest seals',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: Evidence },
  problems: ['not-found', 'evidence-altered'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const { report, state, caseId } = row;
    const seal = report === undefined ? undefined : await vendors.storage.readSeal(manifestBeside(report));
    if (seal === undefined) return problem('not-found', { detail: `The case is ${state}; nothing of it is sealed.` });
    // While it is read again, its row still names the report before.
    const filed = state === 'filed' ? row : { ...row, revisions: row.revisions?.slice(0, -1) ?? [] };
    const { outcome, files, previous, manifest: beside } = seal;
    const manifest = { ...beside, name: manifestName(filed) };
    const signed = await signatureOf(vendors, caseId, revisionOf(filed));
    return { status: 200, value: { outcome, files, ...(previous && { previous }), manifest, ...signed } };
  },
});
