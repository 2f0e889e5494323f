import * as z from 'zod';
import type { CaseRow } from '../../../cases/case.ts';
import { partiesOf, whyBarred } from '../../../cases/decisions/barred.ts';
import { FindingIdSchema } from '../../../cases/ids.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { type DecidedCase, decideCase as decide } from '../../../intake/deciding/decide-case.ts';
import type { RestoredCase } from '../../../intake/deciding/restore-case.ts';
import type { Oid } from '../../../people/oid.ts';
import { sha256 } from '../../../shapes/primitives.ts';
import { type Caller, may } from '../../access/caller.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { Decision } from '../../decision.ts';
import { IfMatch, theCaseAsSeen } from '../../if-match.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { CasePath } from './the-case.ts';

const findings = z.array(FindingIdSchema).max(500).default([]);

const Said = Decision.extend({
  planHash: sha256.meta({ description: 'hash of the plan that was looked at, from the report or the findings' }),
  approve: findings.meta({ description: 'findings whose remedy is to be carried out' }),
  reject: findings.meta({ description: 'findings whose remedy is not to be carried out' }),
  emergency: z
    .literal(true)
    .optional()
    .meta({ description: 'no approver can decide: somebody who administers the app does, and everybody hears of it' }),
}).refine(({ approve, reject }) => approve.length + reject.length > 0, {
  message: 'name a finding to approve, or one to reject',
  path: ['approve'],
});

export const decideCase = defineRoute({
  id: 'decideCase',
  method: 'POST',
  path: '/api/cases/{id}/decisions',
  summary:
    'Decides about remedies that wait; what is approved is carried out, read back and filed as the next revision',
  tag: 'Cases',
  access: { kind: 'decide', right: 'approve' },
  params: CasePath,
  headers: IfMatch,
  body: Said,
  answers: { 202: CaseView },
  problems: ['not-found', 'nothing-to-decide', 'changed', 'evidence-altered', 'own-affair', 'missing-role'],
  async handle({ params, headers, caller, body }, tools) {
    const { settings, log, now } = tools;
    const emergency = body.emergency === true;
    const refused = whyNotThey(caller, emergency);
    if (refused !== undefined) return refused;
    const found = await theCaseAsSeen(tools.vendors, params, headers);
    if ('answer' in found) return found.answer;
    const { vendors, stored } = found;
    const { row } = stored;
    if (await concerns(vendors, row, caller.oid)) {
      const detail = 'You asked for this case, or it is about you: somebody else decides about it.';
      return problem('own-affair', { detail });
    }
    const { planHash, approve, reject, reason } = body;
    const said = { by: caller.oid, planHash, approve, reject, reason, emergency };
    const decided = await decide(vendors, settings, row, said, now());
    if (decided.kind !== 'decided') return whyNot(decided);
    const about = {
      caseId: row.caseId,
      oid: row.oid,
      caller: caller.oid,
      approved: approve.length,
      rejected: reject.length,
    };
    // An error, because it alerts: the rule of two people rests on approvers alone as a rule.
    if (emergency) {
      const code = 'decided-in-emergency';
      log.error('a case was decided without an approver', { code, ...about, reason });
    } else log.warn('a case was decided', about);
    return { status: 202, value: caseView(decided.stored.row), headers: { location: `/api/cases/${row.caseId}` } };
  },
});

/** Approving takes the role for it; in an emergency that of who administers the app. An application approves nothing. */
function whyNotThey(caller: Caller, emergency: boolean): Response | undefined {
  if (caller.isApp) return problem('own-affair', { detail: 'A person decides, signed in as themselves.' });
  const right = emergency ? 'administer' : 'decide';
  if (may(caller, right)) return undefined;
  const detail = emergency
    ? 'An emergency is decided by somebody with the role Offboarding.Administer.'
    : 'Deciding takes the role Offboarding.Approve. Where no approver can decide, say "emergency": true.';
  return problem('missing-role', { detail });
}

/** Whether somebody asked for the case, or is the one who leaves. */
export async function concerns({ storage }: Pick<Vendors, 'storage'>, row: CaseRow, caller: Oid): Promise<boolean> {
  return whyBarred(partiesOf(row), caller, await storage.listAnswers()) !== undefined;
}

/** The answer to who decided nothing. */
export function whyNot(
  decided: Exclude<DecidedCase, { readonly kind: 'decided' }> | Exclude<RestoredCase, { readonly kind: 'restoring' }>,
): Response {
  switch (decided.kind) {
    case 'nothing':
      return problem('nothing-to-decide', { detail: decided.why });
    case 'changed':
      return problem('changed', { detail: decided.why });
    case 'faults': {
      const errors = decided.faults.map(({ findingId, why }) => ({ parameter: findingId, detail: why }));
      return problem('nothing-to-decide', { detail: 'Nothing was done: some findings cannot be.', errors });
    }
    case 'waits':
      return problem('unavailable', {
        detail: `Nothing was done. ${decided.why}`,
        headers: { 'retry-after': '60' },
      });
    default:
      return decided satisfies never;
  }
}
