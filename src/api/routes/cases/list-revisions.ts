import * as z from 'zod';
import { revisionOf } from '../../../cases/attempts.ts';
import type { CaseRow } from '../../../cases/case.ts';
import { manifestBeside } from '../../../cases/folders.ts';
import { count, instant, text } from '../../../shapes/primitives.ts';
import { problem } from '../../problem.ts';
import { defineRoute } from '../../route.ts';
import { CasePath, theCase } from './the-case.ts';

const Revision = z.object({
  revision: count,
  filedAt: instant,
  outcome: text,
  report: text.meta({ description: 'blob in the container `evidence`' }),
});

/** The reports that a case has filed, newest first. While it is read again, its row still names the report before. */
function revisionsOf(row: CaseRow): z.output<typeof Revision>[] {
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
    return 'answer' in found ? found.answer : { status: 200, value: { revisions: revisionsOf(found.stored.row) } };
  },
});

const Sealed = z.object({
  outcome: text,
  files: z.array(z.object({ name: text, sha256: text, bytes: count })),
  previous: z.exactOptional(z.object({ name: text, sha256: text })),
});

export const listEvidence = defineRoute({
  id: 'listEvidence',
  method: 'GET',
  path: '/api/cases/{id}/evidence',
  summary: 'The files of the newest report, each with the digest that its manifest seals',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: Sealed },
  problems: ['not-found', 'evidence-altered'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { report, state } = found.stored.row;
    const seal = report === undefined ? undefined : await vendors.storage.readSeal(manifestBeside(report));
    if (seal === undefined) return problem('not-found', { detail: `The case is ${state}; nothing of it is sealed.` });
    const { outcome, files, previous } = seal;
    return { status: 200, value: { outcome, files, ...(previous === undefined ? {} : { previous }) } };
  },
});
