import type { CaseMode } from '../../src/cases/case.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { revokeSessions } from '../../src/intake/containing/revoke-sessions.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { sessionsFinding } from '../../src/steps/containment/rules/containment-findings.ts';
import type { Contained } from './contained.ts';

const REVOKE = 'Revoke the leaver’s sign-in sessions and refresh tokens.';

/** Ends the leaver’s sign-in sessions, or says that it would. */
export async function revoke(
  vendors: Pick<Vendors, 'graph'>,
  leaver: Leaver,
  mode: CaseMode,
  now: () => Date,
): Promise<Contained> {
  const isThere = leaver.state !== 'soft-deleted' && leaver.state !== 'gone';
  if (mode === 'plan' && isThere) return { finding: sessionsFinding(leaver, { kind: 'planned' }) };
  const source = 'entra/sign-in-sessions';
  const revoked = await revokeSessions(vendors, leaver);
  const at = now().toISOString();
  if (revoked.kind === 'deleted') return { finding: sessionsFinding(leaver, { kind: 'deleted' }) };
  if (revoked.kind === 'done') {
    return {
      finding: sessionsFinding(leaver, { kind: 'done' }),
      coverage: { source, state: 'complete', looked: { count: 1, unit: 'accounts' } },
      action: {
        remedyId: 'containment',
        result: 'done',
        what: REVOKE,
        at,
        ...(revoked.requestId === undefined ? {} : { requestId: revoked.requestId }),
      },
    };
  }
  const { failure } = revoked;
  return {
    finding: sessionsFinding(leaver, { kind: 'failed', why: failure.message }),
    coverage: coverageOf(source, NOTHING_READ, [failure]),
    action: { remedyId: 'containment', result: 'failed', what: REVOKE, at, error: failure.message },
    failure,
  };
}
