import type { Finding } from '../cases/finding.ts';
import { findingId } from '../cases/stable-id.ts';
import { type AccountEvidence, confidenceOf } from '../people/evidence/evidence.ts';

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
 * only called like the leaver, the other's object id settles it; where it is proved for both, or only was proved for
 * another before, people decide.
 */
export function contradictedAccount(account: NamedAccount, evidence: readonly AccountEvidence[]): Finding {
  const contradictions = evidence.filter(({ code }) => code.startsWith('X'));
  // What was proved before settles nothing by itself, and unsettles nothing that the vendor says today.
  const says = (...codes: readonly string[]) => contradictions.filter(({ code }) => codes.includes(code)).length;
  const settled =
    says('X1', 'X2', 'X5') > 0 &&
    says('X1', 'X2', 'X3', 'X5') === contradictions.length &&
    !evidence.some(({ code }) => /^(P|S[3-6])/.test(code));
  const told = contradictions.map(({ what, source }) => `${what} (${source})`).join(' ');
  const whose = contradictions.every(({ code }) => code === 'X5') ? 'no person’s' : 'another person’s';
  return {
    ...common(account, evidence, 'account-of-another'),
    title: `The ${VENDOR[account.vendor]} account ${account.name} looks like the leaver’s and is ${whose}`,
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
    reason: `${told} That proves nothing, so nothing was cut by it. Find out whose it is, and answer it on the case: ${howToAnswer(account)}`,
  };
}

/**
 * Single sign-on of an organisation knows the leaver, or somebody of the leaver's name, and no GitHub account yet. There
 * is nothing to cut; whoever takes the invitation up is let in as that identity.
 */
export function openInvitation(
  organisation: string,
  guid: string,
  name: string,
  evidence: readonly AccountEvidence[],
): Finding {
  const proved = confidenceOf(evidence) === 'proved';
  const account = { vendor: 'github', id: `${organisation}/${guid}`, name } as const;
  return {
    ...common(account, evidence, 'open-invitation'),
    resource: { system: 'github', type: 'external-identity', id: account.id, name },
    title: `An invitation of ${organisation} for ${name} ${proved ? 'is' : 'may be'} the leaver’s, and is still open`,
    severity: 'medium',
    status: 'manual-action',
    reason:
      `${evidence.map(({ what }) => what).join(' ')} No GitHub account is linked to it yet. Whoever takes it up becomes a ` +
      'member: take the invitation back, and the assignment that provisions it.',
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
  const [name = oid] = names;
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
    evidence: inEvidence(evidence),
  };
}

/** The command and the call; the next revision takes the answer into account. */
function howToAnswer({ vendor, id }: NamedAccount): string {
  return (
    `offboard case answer <case> account --vendor ${vendor} --account-id ${id} (POST /api/cases/{id}/answers), with ` +
    '--statement is-not where it is somebody else’s; a second person confirms it.'
  );
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
    evidence: inEvidence(evidence),
  };
}

/** What speaks for whose an account is, by its codes and in words. */
function inEvidence(evidence: readonly AccountEvidence[]): Finding['evidence'] {
  return {
    codes: [...new Set(evidence.map(({ code }) => code))].sort(),
    because: evidence.map(({ code, source, what }) => `${code} ${source}: ${what}`),
  };
}
