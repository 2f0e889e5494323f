import type { Finding, Severity } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { counted } from '../../../../cases/words/wording.ts';
import type { OwnedObject } from '../../../../connectors/graph/applications/application-owners.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { removeApplicationOwner } from '../../remedies/remove-application-owner.ts';
import { evidenceOf, nameOf, reachOf, STEP, typeOf, type WorkloadContext } from './workload-context.ts';
import { roleFindings, tokenFindings } from './workload-role-findings.ts';
import { addedFinding, perhapsFinding } from './workload-secret-findings.ts';
import type { Ties, Workload } from './workloads.ts';

/**
 * What the leaver can do by a workload that they own, made, or added a secret to. Such an application acts without any
 * person, so that nothing that happens to the leaver's account stops it: with a role on the gateway it is the shortest way
 * back in.
 */
export function workloadFindings(workload: Workload, ties: Ties, context: WorkloadContext): Finding[] {
  return [
    ...ties.added.map(({ credential, change }) => addedFinding(workload, credential, change.at, context)),
    ...(ties.perhaps.length === 0 ? [] : [perhapsFinding(workload, ties, context)]),
    ...ties.owns.map((object) => ownerFinding(workload, object, context)),
    ...(isWayIn(workload, ties) ? [...roleFindings(workload, ties, context), ...tokenFindings(workload, context)] : []),
  ];
}

/** Whether the leaver may be able to sign in as it now, without an account. */
function isWayIn({ roles, isManagedIdentity }: Workload, { added, perhaps, owns }: Ties): boolean {
  return roles.length > 0 && (added.length > 0 || perhaps.length > 0 || (isManagedIdentity && owns.length > 0));
}

/** An owner can add a secret at any time, as long as the account signs in. */
function ownerFinding(workload: Workload, object: OwnedObject, { leaver, present }: WorkloadContext): Finding {
  const who = nameOf(leaver);
  const id = findingId(STEP, 'application-owner', `${object.id}/${leaver.oid}`);
  const others = object.owners.filter((owner) => owner !== leaver.oid);
  const staying = others.filter((owner) => present.has(owner));
  const safe = staying.length > 0;
  const call = {
    kind: 'remove-application-owner',
    set: object.set,
    objectId: object.id,
    name: object.name,
    expected: { owner: leaver.oid, anotherStays: others.length > 0 },
  } as const;
  const what = object.set === 'applications' ? 'app registration' : 'service principal';
  const shut = leaver.state === 'soft-deleted' || leaver.state === 'gone' || leaver.state === 'disabled';
  const severity: Severity = workload.roles.length === 0 ? 'low' : shut ? 'medium' : 'high';
  const left = safe
    ? `${counted(staying.length, 'other owner stays', 'other owners stay')}.`
    : 'Nobody else owns it: name another owner first, so that somebody is there to renew what it signs in with.';
  return {
    id,
    step: STEP,
    kind: 'application-owner',
    title: `${who} owns the ${what} ${object.name}`,
    resource: { system: 'entra', type: typeOf(object), id: object.id, name: object.name },
    severity,
    status: safe ? 'planned' : 'awaiting-decision',
    reason: `An owner may add a secret at any time and sign in with it as ${workload.name}; ${shut ? 'the account cannot now, and could again once it is restored or enabled' : 'the account still can'}. ${reachOf(workload)} ${left}`,
    evidence: { ...evidenceOf(workload), owners: object.owners.length, othersStaying: staying.length },
    remedy: remedyOf(removeApplicationOwner, id, call, { who }, { risk: safe ? 'safe' : 'disruptive' }),
  };
}
