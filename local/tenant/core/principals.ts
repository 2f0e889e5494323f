/** An application identity of the tenant and everything it has been granted. Tests take single grants away. */
export interface Principal {
  readonly name: string;
  readonly clientId: string;
  readonly oid: string;
  /** Graph application permissions, e.g. `User.Read.All`. */
  readonly graph: Set<string>;
  /**
   * Azure RBAC actions, e.g. `Microsoft.ManagedIdentity/userAssignedIdentities/read`: everywhere, or with `@gateway`,
   * `@workspace` or `@subscriptions` behind them on that kind of resource only, or in a resource group by its name.
   */
  readonly azure: Set<string>;
  /** Azure DevOps scopes, e.g. `vso.agentpools`. */
  readonly devops: Set<string>;
  /** Key Vault data actions, e.g. `keys/sign`. */
  readonly vault: Set<string>;
  /** Log Analytics workspaces (customer ids) whose data may be read. */
  readonly logs: Set<string>;
  /** What may be done with the event hub: `send`, `receive`. */
  readonly eventHubs: Set<string>;
  /** Data collection rules (immutable ids) into which rows may be written. */
  readonly ingestion: Set<string>;
  /** App roles of the gateway's application, which its tokens carry. */
  readonly gateway: Set<string>;
}

export function principal(name: string, clientId: string, oid: string): Principal {
  return {
    name,
    clientId,
    oid,
    graph: new Set(),
    azure: new Set(),
    devops: new Set(),
    vault: new Set(),
    logs: new Set(),
    eventHubs: new Set(),
    ingestion: new Set(),
    gateway: new Set(),
  };
}
