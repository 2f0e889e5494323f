import { recheckCase as recheck } from '../../../intake/deciding/decide-case.ts';
import { isTheirs } from '../../../intake/deciding/own-affair.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { Decision } from '../../decision.ts';
import { IfMatch, theCaseAsSeen } from '../../if-match.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { whyNot } from './decide.ts';
import { CasePath } from './the-case.ts';

export const recheckCase = defineRoute({
  id: 'recheckCase',
  method: 'POST',
  path: '/api/cases/{id}/recheck',
  summary:
    'Has a filed case read again: everything is read, what needs no decision is cut, and the next revision is filed',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  params: CasePath,
  headers: IfMatch,
  body: Decision,
  answers: { 202: CaseView },
  problems: ['not-found', 'nothing-to-decide', 'changed', 'own-affair'],
  async handle({ params, headers, caller, body }, { settings, log, now, ...tools }) {
    const found = await theCaseAsSeen(tools.vendors, params, headers);
    if ('answer' in found) return found.answer;
    const { vendors, stored } = found;
    const { row } = stored;
    if (await isTheirs(vendors, row.oid, caller.oid))
      return problem('own-affair', { detail: 'Ask another operator to look at your own case again.' });
    const asked = await recheck(vendors, settings, row, now());
    if (asked.kind !== 'decided') return whyNot(asked);
    log.warn('a case is read again', { caseId: row.caseId, oid: row.oid, caller: caller.oid, reason: body.reason });
    return { status: 202, value: caseView(asked.stored.row), headers: { location: `/api/cases/${row.caseId}` } };
  },
});
