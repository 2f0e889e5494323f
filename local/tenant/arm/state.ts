import { type Collection, collection } from '../core/collection.ts';
import type { ArmIdentity } from './state-identities.ts';

export interface ArmNamedValue {
  /** ARM id of the API Management service, and the named value's own name. */
  readonly serviceId: string;
  readonly name: string;
  value: string;
  secret: boolean;
  /** Counted up by every write; the ETag is made from it. */
  version: number;
}

/** A role that somebody holds, or, `eligible`, may activate. */
export interface ArmRoleAssignment {
  readonly id: string;
  readonly eligible: boolean;
  readonly scope: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  /** `Unknown` once the directory has deleted the principal: the assignment stays. */
  principalType: 'User' | 'Group' | 'ServicePrincipal' | 'Unknown';
}

interface ArmRoleDefinition {
  readonly id: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

/** A resource of a subscription that is listed as a whole: a container group, a vault. */
export interface ArmResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: { readonly type: string };
  readonly systemData?: Readonly<Record<string, string>>;
  /** Of web apps: `app,linux,container`. */
  readonly kind?: string;
  readonly properties: Record<string, unknown>;
}

/** Something of Azure Policy or of a network: its type is in its id. */
export interface ArmObject {
  /** With its scope in front; Azure’s own begin with the provider. */
  readonly id: string;
  properties: Record<string, unknown>;
}

/** An alert that a rule raised. */
export interface ArmAlert {
  readonly id: string;
  readonly ruleId: string;
  readonly startedAt: Date;
  /** Whether a processing rule took its action groups away; Azure may leave it out. */
  readonly suppressed?: boolean;
  /** By what the rule splits its answer: one value of each. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** An entry of the activity log of a subscription. */
export interface ArmEvent {
  readonly subscriptionId: string;
  /** Of the resource that it is about. */
  readonly provider: string;
  readonly at: Date;
  readonly caller: string;
  readonly correlationId: string;
  readonly operation: string;
  readonly status: string;
  readonly resourceId: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Anything below the API Management service but its named values: `id` says what and where. */
export interface ArmGatewayObject {
  readonly id: string;
  readonly name: string;
  properties: Record<string, unknown>;
}

interface ArmTable {
  readonly workspaceId: string;
  readonly name: string;
  retentionInDays: number;
  totalRetentionInDays: number;
  /** Azure may leave it out. */
  plan: 'Analytics' | 'Basic' | undefined;
}

export interface ArmState {
  readonly subscriptions: Set<string>;
  readonly identities: Collection<ArmIdentity>;
  readonly namedValues: Collection<ArmNamedValue>;
  readonly tables: Collection<ArmTable>;
  readonly roleAssignments: Collection<ArmRoleAssignment>;
  readonly roleDefinitions: Collection<ArmRoleDefinition>;
  readonly containerGroups: Collection<ArmResource>;
  readonly vaults: Collection<ArmResource>;
  /** Whatever else runs programs, of every type in `RUNS_PROGRAMS`: the type is in the id. */
  readonly programs: Collection<ArmResource>;
  /** Alert rules, action groups and alert processing rules: the type is in the id. */
  readonly monitoring: Collection<ArmResource>;
  readonly diagnosticSettings: Collection<ArmResource>;
  readonly alerts: Collection<ArmAlert>;
  readonly events: ArmEvent[];
  /** Entries of the activity log per page. */
  eventPageSize: number;
  /** Alerts per page at most, whatever is asked for. */
  alertPageSize: number;
  /** Rows per page of the lists of a subscription. */
  resourcePageSize: number;
  /** Of every type in `policyRoutes`: the type is in the id. Every subscription is below every management group here. */
  readonly policyObjects: Collection<ArmObject>;
  /** Rows per page of a list of policies. */
  policyPageSize: number;
  /** How many resources do not comply, by the id of the assignment. */
  readonly nonCompliant: Map<string, number>;
  /** Subnets and security groups. */
  readonly networkObjects: Collection<ArmObject>;
  readonly gatewayObjects: Collection<ArmGatewayObject>;
  /** Whether the tenant has the licence for Privileged Identity Management. */
  hasPim: boolean;
  /** Assignments that only the question by principal shows: a list that leaves rows out. */
  readonly unlistedAssignments: Set<string>;
  /** Tier of the service: not every one has workspaces. */
  gatewayTier: string;
  /** Units of the service. */
  gatewayUnits: number;
  /** What the service says of its network: `virtualNetworkConfiguration`, `additionalLocations`. */
  gatewayNetwork: Readonly<Record<string, unknown>>;
  /** Rows per page of a list of API Management, which pages by offset. */
  gatewayPageSize: number;
  /** Identities, or federated credentials, per page of a list. */
  pageSize: number;
  /** Roles per page of what a caller may do. */
  permissionsPageSize: number;
  /** How a list of several pages goes wrong: the link on its first page leads to an empty page. */
  pages: 'honest' | 'empty-page';
  /** Called once a page of a list was made up: what changes meanwhile moves the rest of the list. */
  betweenPages: () => void;
  /** Federated credentials per page of an identity’s list. */
  credentialPageSize: number;
  /** Milliseconds that a write of a federated credential keeps its identity busy. */
  writeMs: number;
  /**
   * How a change of a named value is answered. `queued`: 202 with two places to ask. `in-progress`: 200 with a resource
   * that is not there yet, and one place. `fails`, `lost`: as `queued`, and nothing comes of it, said or unsaid.
   */
  namedValueWrites: 'immediate' | 'queued' | 'in-progress' | 'fails' | 'lost';
  /** Whether this cloud knows the preview api-versions, which alone carry matching expressions. */
  previewVersions: boolean;
  /** Queued changes by operation id. */
  readonly operations: Map<string, { readonly apply: () => boolean; pollsLeft: number }>;
}

/** A cloud without anything in it. */
export function emptyArm(): ArmState {
  return {
    subscriptions: new Set(),
    identities: collection<ArmIdentity>(({ id }) => id),
    namedValues: collection<ArmNamedValue>(({ serviceId, name }) => `${serviceId}/namedValues/${name}`),
    tables: collection<ArmTable>(({ workspaceId, name }) => `${workspaceId}/tables/${name}`),
    roleAssignments: collection<ArmRoleAssignment>(({ id }) => id),
    roleDefinitions: collection<ArmRoleDefinition>(({ id }) => id),
    containerGroups: collection<ArmResource>(({ id }) => id),
    vaults: collection<ArmResource>(({ id }) => id),
    programs: collection<ArmResource>(({ id }) => id),
    monitoring: collection<ArmResource>(({ id }) => id),
    diagnosticSettings: collection<ArmResource>(({ id }) => id),
    alerts: collection<ArmAlert>(({ id }) => id),
    alertPageSize: 250,
    events: [],
    eventPageSize: 200,
    resourcePageSize: 100,
    policyObjects: collection<ArmObject>(({ id }) => id),
    policyPageSize: 100,
    nonCompliant: new Map(),
    networkObjects: collection<ArmObject>(({ id }) => id),
    gatewayObjects: collection<ArmGatewayObject>(({ id }) => id),
    hasPim: true,
    unlistedAssignments: new Set(),
    gatewayTier: 'Premium',
    gatewayUnits: 1,
    gatewayNetwork: {},
    gatewayPageSize: 100,
    pageSize: 20,
    permissionsPageSize: 50,
    pages: 'honest',
    betweenPages: () => {},
    credentialPageSize: 20,
    writeMs: 5,
    namedValueWrites: 'immediate',
    previewVersions: true,
    operations: new Map(),
  };
}
