import type { Finding } from '../../../../cases/finding.ts';
import type { CaseId } from '../../../../cases/ids.ts';
import { listed } from '../../../../cases/words/wording.ts';
import type { OwnedObject } from '../../../../connectors/graph/applications/application-owners.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import type { Workload } from './workloads.ts';

/** What the findings about one workload rest on besides. */
export interface WorkloadContext {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  /** Whether there is a gateway that could refuse it. */
  readonly isRefusable: boolean;
  /** Owners who are people of the directory today, or applications: whoever is deleted keeps nothing in order. */
  readonly present: ReadonlySet<string>;
}

/** The step of which these findings are. */
export const STEP = 'consent';

/** What a workload can do by its roles. */
export function reachOf({ roles, name }: Workload): string {
  return roles.length === 0
    ? `${name} has no role on the gateway; what else it may do is not looked at.`
    : `It has ${roles.length === 1 ? 'the role' : 'the roles'} ${listed(roles.map(({ role }) => role))} on the gateway.`;
}

/** The evidence that every finding about a workload has. */
export function evidenceOf({ roles, principalId, objects }: Workload): Finding['evidence'] {
  return {
    appId: objects[0]?.appId ?? null,
    principalId: principalId ?? null,
    roles: roles.map(({ role, group }) => (group === undefined ? role : `${role} (group ${group})`)),
  };
}

/** The type that a finding’s resource has. */
export function typeOf({ set }: OwnedObject): string {
  return set === 'applications' ? 'application' : 'servicePrincipal';
}

/** The leaver, as sentences call them. */
export function nameOf({ displayName, oid }: Leaver): string {
  return displayName ?? oid;
}
