/** Who holds a permission. `host` is the Functions runtime itself: its locks, keys and task hub. */
export const PERMISSION_IDENTITIES = ['reader', 'remover', 'ingestor', 'assessor', 'host'] as const;
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
  /** The named values of the gateway that hold its deny list, each for itself. */
  | 'deny-list'
  | 'workspace'
  | 'key'
  /** The key of the GitHub App that only reads. */
  | 'assessor-key'
  | 'evidence-key'
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

/** A permission of ours at one vendor. What rests on it is declared by sources and remedies (`src/permissions/`). */
export interface PermissionRow {
  /** `<identity>/<system>/<permission>`: stable, and unique in the table. */
  readonly id: string;
  readonly system: PermissionSystem;
  readonly identity: PermissionIdentity;
  readonly grant: Grant;
  /** One sentence: what it is needed for. */
  readonly why: string;
  /** Where the vendor says so. */
  readonly source: string;
  /** What the app does with it besides what steps, sources and remedies declare, each in a few words. */
  readonly duties?: readonly string[];
  /** What somebody could do with it who takes over the identity, where that is more than its purpose. */
  readonly risk?: string;
  /** An identity with it can make itself an administrator of the tenant. */
  readonly tier0?: true;
  /** Why the doctor cannot ask for it, and how its absence shows. */
  readonly unasked?: string;
  /** Narrower permissions of the same identity, by their ids, that it opens as well: each of them can be missed without it only. */
  readonly contains?: readonly string[];
  /** The setting that has to be `on` for it: it is granted where the firm turns that on, and asked of nobody else. */
  readonly optIn?: 'WORKSTATION_HUNTING';
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
