import type { Finding } from '../cases/finding.ts';
import { findingId } from '../cases/stable-id.ts';
import type { AccountEvidence } from '../people/evidence.ts';

/** An account of a vendor, under the name that people know it by. */
interface NamedAccount {
  readonly vendor: 'github' | 'azure-devops';
  readonly id: string;
  readonly name: string;
}

const STEP = { github: 'federated-credentials', 'azure-devops': 'runner-credentials' } as const;
const VENDOR = { github: 'GitHub', 'azure-devops': 'Azure DevOps' } as const;

/**
 * An account that something makes the leaver's and something else another person's. Nothing is done to it. Where it is
 * only called like the leaver, the other's object id settles it; where it is proved for both, or was proved for another
 * before, people decide.
 */
export function contradictedAccount(account: NamedAccount, evidence: readonly AccountEvidence[]): Finding {
  const contradictions = evidence.filter(({ code }) => code.startsWith('X'));
  const settled =
    contradictions.every(({ code }) => code === 'X1' || code === 'X2') &&
    !evidence.some(({ code }) => /^(P|S[3-6])/.test(code));
  const told = contradictions.map(({ what, source }) => `${what} (${source})`).join(' ');
  return {
    ...common(account, evidence, 'account-of-another'),
    title: `The ${VENDOR[account.vendor]} account ${account.name} looks like the leaver’s and is another person’s`,
    severity: settled ? 'info' : 'high',
    status: settled ? 'nothing-to-do' : 'manual-action',
    reason: settled
      ? `${told} Nothing was done to it.`
      : `${told} Nothing was done to it. Find out whose it is; if it is the leaver’s, cut it by hand.`,
  };
}

/** An account of which little says that it is the leaver's. It is mentioned, with everything that does. */
export function weakAccount(account: NamedAccount, evidence: readonly AccountEvidence[]): Finding {
  const told = evidence.map(({ what }) => what).join(' ');
  return {
    ...common(account, evidence, 'account-may-be-leavers'),
    title: `The ${VENDOR[account.vendor]} account ${account.name} may be the leaver’s`,
    severity: 'medium',
    status: 'manual-action',
    reason: `${told} That proves nothing, so nothing was cut by it. Find out whose it is; if it is the leaver’s, cut it by hand.`,
  };
}

/** Another account of the directory that is likely, or perhaps, the same person's. It is told and never cut by itself. */
export function secondAccount(
  {
    oid,
    names,
    displayName,
  }: { readonly oid: string; readonly names: readonly string[]; readonly displayName?: string },
  evidence: readonly AccountEvidence[],
): Finding {
  const likely = evidence.some(({ code }) => code === 'S6');
  const name = names[0] ?? oid;
  return {
    id: findingId('consent', 'second-account', oid),
    step: 'consent',
    kind: 'second-account',
    title: `The account ${name} ${likely ? 'is likely' : 'may be'} a second one of the leaver’s`,
    resource: { system: 'entra', type: 'user', id: oid, name: displayName ?? name },
    severity: likely ? 'high' : 'medium',
    status: 'manual-action',
    reason:
      `${evidence.map(({ what }) => what).join(' ')} Nothing was cut of it. If it is the leaver’s, offboard it by its own ` +
      'object id: each account is a case of its own.',
    evidence: {
      codes: [...new Set(evidence.map(({ code }) => code))].sort(),
      because: evidence.map(({ code, source, what }) => `${code} ${source}: ${what}`),
    },
  };
}

function common(
  { vendor, id, name }: NamedAccount,
  evidence: readonly AccountEvidence[],
  kind: string,
): Pick<Finding, 'id' | 'step' | 'kind' | 'resource' | 'evidence'> {
  return {
    id: findingId(STEP[vendor], kind, `${vendor}/${id}`),
    step: STEP[vendor],
    kind,
    resource: { system: vendor, type: 'account', id, name },
    evidence: {
      codes: [...new Set(evidence.map(({ code }) => code))].sort(),
      because: evidence.map(({ code, source, what }) => `${code} ${source}: ${what}`),
    },
  };
}
