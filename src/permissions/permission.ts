import type { StepName } from '../cases/finding.ts';
import type { RemedyKind } from '../cases/remedy.ts';

/** Who holds a permission. `host` is the Functions runtime itself: its locks, keys and task hub. */
export const PERMISSION_IDENTITIES = ['reader', 'remover', 'ingestor', 'host'] as const;
export type PermissionIdentity = (typeof PERMISSION_IDENTITIES)[number];

export const PERMISSION_SYSTEMS = [
  'graph',
  'azure',
  'key-vault',
  'logs',
  'azure-devops',
  'github',
  'storage',
  'event-hub',
  'ingestion',
  'telemetry',
] as const;
export type PermissionSystem = (typeof PERMISSION_SYSTEMS)[number];

/** Where in Azure a role is assigned. `subscriptions` stands for each of those that are searched. */
export type AzureScope =
  | 'subscriptions'
  | 'gateway'
  | 'workspace'
  | 'key'
  | 'storage'
  | 'event-hub'
  | 'data-collection-rule'
  | 'application-insights'
  | 'webhook-secret';

/** The permission itself, as its vendor names it. Actions with one `role` are granted by one custom role. */
export type Grant =
  | { readonly kind: 'graph-application-permission'; readonly name: string }
  | { readonly kind: 'azure-action'; readonly action: string; readonly scope: AzureScope; readonly role: string }
  | { readonly kind: 'azure-data-action'; readonly action: string; readonly scope: AzureScope; readonly role: string }
  | { readonly kind: 'azure-built-in-role'; readonly name: string; readonly scope: AzureScope; readonly role: string }
  | { readonly kind: 'devops-scope'; readonly name: string }
  /** The App holds one level per name: `write` contains `read`. */
  | { readonly kind: 'github-app-permission'; readonly name: string; readonly level: 'read' | 'write' };

/** What no longer works without the permission. */
export type Dependent =
  /**
   * A line of the report's coverage says `denied`, in a plan for an active account; `source` is without the part
   * after the colon.
   */
  | { readonly kind: 'coverage'; readonly step: StepName; readonly source: string }
  /** Remedies of this kind fail; `of` names the sort of target where the kind has more than one. */
  | { readonly kind: 'remedy'; readonly remedy: RemedyKind; readonly of?: string }
  /** An act of containment fails. */
  | { readonly kind: 'containment'; readonly finding: 'gateway-deny-list' | 'sign-in-sessions' }
  /** Anything else that the app does, in a few words. */
  | { readonly kind: 'function'; readonly what: string };

/** One row of the table that Terraform grants, the documentation explains, and the doctor probes. */
export interface Permission {
  /** `<identity>/<system>/<permission>`: stable, and unique in the table. */
  readonly id: string;
  readonly system: PermissionSystem;
  readonly identity: PermissionIdentity;
  readonly grant: Grant;
  /** One sentence: what it is needed for. */
  readonly why: string;
  /** Where the vendor says so. */
  readonly source: string;
  readonly neededFor: readonly Dependent[];
  /** What somebody could do with it who takes over the identity, where that is more than its purpose. */
  readonly risk?: string;
  /** Whoever holds it can make themselves an administrator of the tenant. */
  readonly tier0?: true;
  /** Why the doctor cannot ask for it, and how its absence shows. */
  readonly unasked?: string;
  /** Comes with what it belongs to and cannot be taken away by itself. */
  readonly inherent?: true;
}

/** The permission as an operator looks for it: `User.Read.All`, `actions=write`, `Storage Blob Data Owner`. */
export function nameOfGrant(grant: Grant): string {
  switch (grant.kind) {
    case 'graph-application-permission':
    case 'azure-built-in-role':
    case 'devops-scope':
      return grant.name;
    case 'azure-action':
    case 'azure-data-action':
      return grant.action;
    case 'github-app-permission':
      return `${grant.name}=${grant.level}`;
    default:
      return grant satisfies never;
  }
}
