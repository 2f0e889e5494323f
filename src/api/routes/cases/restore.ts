import * as z from 'zod';
import { revisionOf } from '../../../cases/following/attempts.ts';
import { FindingIdSchema } from '../../../cases/ids.ts';
import type { RemedyCall } from '../../../cases/remedies/remedy.ts';
import { RestoreSchema } from '../../../cases/remedies/restore.ts';
import { isTheirs } from '../../../intake/deciding/own-affair.ts';
import { cutOf, restoreCase as restore } from '../../../intake/deciding/restore-case.ts';
import { count } from '../../../shapes/primitives.ts';
import { remedyDefinition } from '../../../steps/registry.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { whyNot } from './decide.ts';
import { CasePath, theCase } from './the-case.ts';

const undoneBy = (call: RemedyCall) => remedyDefinition(call).restore.by;

const Cut = RestoreSchema.shape.wanted.element.pick({ findingId: true, what: true, undo: true, by: true });

export const listCut = defineRoute({
  id: 'listCut',
  method: 'GET',
  path: '/api/cases/{id}/restore',
  summary: 'What a case has cut and was not given back since, and who gives it back: the app, a person, or nobody',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: z.object({ revision: count, cut: z.array(Cut) }) },
  problems: ['not-found', 'evidence-altered'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const cut = await cutOf(vendors, row, { undoneBy });
    const told = [...cut.values()].map(({ findingId, what, undo, by }) => ({ findingId, what, undo, by }));
    return { status: 200, value: { revision: revisionOf(row), cut: told } };
  },
});

const Wanted = Decision.extend({
  revision: z.int().min(1).meta({ description: 'number of the report that was looked at, from 1' }),
  findings: z
    .array(FindingIdSchema)
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'findings whose cut is undone; each must be one that the app can give back' }),
  all: z
    .literal(true)
    .optional()
    .meta({ description: 'the whole case: everything that it cut, and the person is let in again' }),
}).refine(({ findings, all }) => (findings === undefined) !== (all === undefined), {
  message: 'name findings, or say "all": true',
  path: ['findings'],
});

export const restoreCase = defineRoute({
  id: 'restoreCase',
  method: 'POST',
  path: '/api/cases/{id}/restore',
  summary:
    'Gives back what a case cut, whole or by finding; what came of it is read back and filed as the next revision',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  params: CasePath,
  body: Wanted,
  answers: { 202: CaseView },
  problems: ['not-found', 'nothing-to-decide', 'changed', 'own-affair'],
  async handle({ params, caller, body }, { vendors, log, now }) {
    if (caller.isApp)
      return problem('own-affair', { detail: 'A person has access given back, signed in as themselves.' });
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    if (await isTheirs(vendors, row.oid, caller.oid))
      return problem('own-affair', { detail: 'Ask another operator to give back what your own case cut.' });
    const { reason, revision, findings = [], all } = body;
    const what = all === true ? 'all' : findings;
    const undone = await restore(vendors, row, { by: caller.oid, reason, revision, what, undoneBy }, now());
    if (undone.kind !== 'restoring') return whyNot(undone);
    const { caseId, oid } = row;
    const { whole, wanted } = undone.restore;
    const about = { caseId, oid, caller: caller.oid, reason, whole: whole === true, wanted: wanted.length };
    const code = 'access-given-back';
    // An error, because it alerts: whoever leaves gets access by it, by one person's word.
    log.error('what a case cut is given back', { code, ...about });
    return { status: 202, value: caseView(undone.stored.row), headers: { location: `/api/cases/${caseId}` } };
  },
});
