import type { Finding, Severity } from '../../../cases/finding.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { counted, lasting, listed } from '../../../cases/wording.ts';
import type { OwnedObject } from '../../../connectors/graph/application-owners.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { parseOid } from '../../../people/oid.ts';
import { remedyOf } from '../../define-remedy.ts';
import { denyIdentity } from '../../federated-credentials/remedies/deny-identity.ts';
import { assignmentState } from '../remedies/delete-app-role-assignment.ts';
import { deleteWorkloadRole } from '../remedies/delete-workload-role.ts';
import { removeApplicationOwner } from '../remedies/remove-application-owner.ts';
import { removeClientSecret, secretState } from '../remedies/remove-client-secret.ts';
import { APPLICATION_TOKEN_MINUTES, MANAGED_IDENTITY_TOKEN_MINUTES } from './token-minutes.ts';
import type { Ties, Workload, WorkloadCredential } from './workloads.ts';

/** What the findings about one workload rest on besides. */
export interface WorkloadContext {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  /** Whether there is a gateway that could refuse it. */
  readonly isRefusable: boolean;
  /** Owners who are people of the directory today, or applications: whoever is deleted keeps nothing in order. */
  readonly present: ReadonlySet<string>;
}

const STEP = 'consent';

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

/** A secret or certificate that the leaver added: the audit log names the person and the key. */
function addedFinding(
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

/** Secrets whose author nobody knows, of an application that the leaver had in hand. */
function perhapsFinding(workload: Workload, { perhaps, why, owns }: Ties, { leaver }: WorkloadContext): Finding {
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

/** The roles by which the workload reaches the gateway. Taking them away stops everything else that runs as it. */
function roleFindings(workload: Workload, { added }: Ties, { leaver }: WorkloadContext): Finding[] {
  const who = nameOf(leaver);
  return workload.roles.map(({ role, assignment, group }): Finding => {
    const id = findingId(STEP, 'workload-role', `${assignment.id}/${workload.principalId ?? ''}`);
    const base = {
      id,
      step: STEP,
      kind: 'workload-role',
      title: `${workload.name}, as which ${who} may sign in, has the role ${role} on the gateway`,
      resource: { system: 'entra', type: 'appRoleAssignment', id: assignment.id, name: role },
      severity: added.length > 0 ? 'critical' : 'high',
      evidence: evidenceOf(workload),
    } as const satisfies Partial<Finding>;
    if (group !== undefined) {
      const reason = `It has the role from the group “${group}”. Take it out of the group, or give it new secrets: the deny list holds people, and does not stop it.`;
      return { ...base, status: 'manual-action', reason };
    }
    const call = {
      kind: 'delete-workload-role',
      servicePrincipalId: assignment.resourceId,
      assignmentId: assignment.id,
      holder: workload.isManagedIdentity ? 'managed-identity' : 'application',
      expected: assignmentState(assignment),
    } as const;
    return {
      ...base,
      status: 'awaiting-decision',
      reason:
        'It acts without any person, so that nothing that happens to the leaver’s account stops it. Everything else that runs as it loses the role as well; where new secrets can be given out at once, that is the better cut, and this is then no longer needed.',
      remedy: remedyOf(deleteWorkloadRole, id, call, { role, name: workload.name }),
    };
  });
}

/** Tokens that were had before: only the gateway can refuse them, and it refuses everything that runs as the workload. */
function tokenFindings(workload: Workload, { caseId, isRefusable }: WorkloadContext): Finding[] {
  const oid = parseOid(workload.principalId ?? '');
  if (oid === undefined || !isRefusable) return [];
  const minutes = workload.isManagedIdentity ? MANAGED_IDENTITY_TOKEN_MINUTES : APPLICATION_TOKEN_MINUTES;
  const id = findingId(STEP, 'workload-tokens', oid);
  const call = { kind: 'deny-identity', caseId, oid, name: workload.name, minutes, expected: { oid } } as const;
  return [
    {
      id,
      step: STEP,
      kind: 'workload-tokens',
      title: `Tokens of ${workload.name} live on when its secrets or its roles are taken away`,
      resource: { system: 'entra', type: 'servicePrincipal', id: oid, name: workload.name },
      severity: 'medium',
      status: 'awaiting-decision',
      reason: `A token that was had before lives up to ${lasting(minutes)}. To refuse the identity at the gateway stops at once, and for as long, whatever else calls MCP servers as it.`,
      evidence: { ...evidenceOf(workload), tokenMinutes: minutes },
      remedy: remedyOf(denyIdentity, id, call, undefined, { risk: 'disruptive' }),
    },
  ];
}

function reachOf({ roles, name }: Workload): string {
  return roles.length === 0
    ? `${name} has no role on the gateway; what else it may do is not looked at.`
    : `It has ${roles.length === 1 ? 'the role' : 'the roles'} ${listed(roles.map(({ role }) => role))} on the gateway.`;
}

function evidenceOf({ roles, principalId, objects }: Workload): Finding['evidence'] {
  return {
    appId: objects[0]?.appId ?? null,
    principalId: principalId ?? null,
    roles: roles.map(({ role, group }) => (group === undefined ? role : `${role} (group ${group})`)),
  };
}

function between({ from, until }: WorkloadCredential): { readonly from: string | null; readonly until: string | null } {
  return { from: from ?? null, until: until ?? null };
}

function labelOf({ name, keyId }: WorkloadCredential): string {
  return name === undefined ? keyId.slice(0, 8) : `“${name}”`;
}

function typeOf({ set }: OwnedObject): string {
  return set === 'applications' ? 'application' : 'servicePrincipal';
}

function nameOf({ displayName, oid }: Leaver): string {
  return displayName ?? oid;
}
