import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { counted, listed } from '../../../../cases/words/wording.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { removeClientSecret, secretState } from '../../remedies/remove-client-secret.ts';
import { evidenceOf, nameOf, reachOf, STEP, typeOf, type WorkloadContext } from './workload-context.ts';
import type { Ties, Workload, WorkloadCredential } from './workloads.ts';

/** A secret or certificate that the leaver added: the audit log names the person and the key. */
export function addedFinding(
  workload: Workload,
  credential: WorkloadCredential,
  addedAt: string,
  { leaver }: WorkloadContext,
): Finding {
  const who = nameOf(leaver);
  const { on, keyId, type } = credential;
  const id = findingId(STEP, 'application-credential', `${on.id}/${keyId}`);
  const label = labelOf(credential);
  const base = {
    id,
    step: STEP,
    kind: 'application-credential',
    title: `${who} added the ${type} ${label} to ${workload.name}, and it is still good`,
    resource: { system: 'entra', type: typeOf(on), id: `${on.id}/${keyId}`, name: workload.name },
    severity: workload.roles.length > 0 ? 'critical' : 'medium',
    evidence: { ...evidenceOf(workload), keyId, type, addedAt, ...between(credential) },
  } as const satisfies Partial<Finding>;
  const reach = reachOf(workload);
  if (type === 'certificate') {
    const reason = `Whoever holds the key of the certificate signs in as ${workload.name} without any account. ${reach} Entra lets nobody remove one certificate without a proof of the key: take it away in the portal, once another one is in use.`;
    return { ...base, status: 'manual-action', reason };
  }
  const call = {
    kind: 'remove-client-secret',
    set: on.set,
    objectId: on.id,
    application: workload.name,
    keyId,
    expected: secretState(credential),
  } as const;
  return {
    ...base,
    status: 'awaiting-decision',
    reason: `Whoever adds a secret sees it, and signs in with it as ${workload.name} without any account. ${reach} Removing it cannot be undone: Entra shows the value to nobody, so add a new secret first.`,
    remedy: remedyOf(removeClientSecret, id, call, { label }),
  };
}

/** Secrets of which nobody can tell who added them, while the leaver may have. */
export function perhapsFinding(workload: Workload, { perhaps, why, owns }: Ties, { leaver }: WorkloadContext): Finding {
  const who = nameOf(leaver);
  const keys = counted(perhaps.length, 'secret or certificate', 'secrets and certificates');
  const [first] = workload.objects;
  return {
    id: findingId(STEP, 'application-credentials-perhaps', first?.appId ?? workload.name),
    step: STEP,
    kind: 'application-credentials-perhaps',
    title: `${who} may know ${keys} of ${workload.name}`,
    resource: { system: 'entra', type: 'application', id: first?.appId ?? workload.name, name: workload.name },
    severity: workload.roles.length > 0 ? 'high' : owns.length > 0 ? 'low' : 'medium',
    status: 'manual-action',
    reason: `Entra keeps no author of a secret but in its audit log, which names nobody alone for ${perhaps.length === 1 ? 'this one' : 'these'}, and ${listed([...why])}. ${reachOf(workload)} Add new ones, and remove ${perhaps.length === 1 ? 'it' : 'them'}; a value that is gone cannot be brought back.`,
    evidence: {
      ...evidenceOf(workload),
      why: [...why],
      credentials: perhaps.map((each) => `${each.type} ${labelOf(each)} (${each.keyId}), from ${each.from ?? '?'}`),
    },
  };
}

function between({ from, until }: WorkloadCredential): { readonly from: string | null; readonly until: string | null } {
  return { from: from ?? null, until: until ?? null };
}

function labelOf({ name, keyId }: WorkloadCredential): string {
  return name === undefined ? keyId.slice(0, 8) : `“${name}”`;
}
