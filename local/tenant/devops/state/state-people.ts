/** How Azure DevOps names a person in other objects. `id` is the storage key, `uniqueName` the UPN. */
export interface IdentityRef {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
}

/** A group, and who is in it by themselves. */
export interface Group {
  readonly descriptor: string;
  readonly principalName: string;
  readonly displayName: string;
  readonly origin: 'vsts' | 'aad';
  readonly members: readonly string[];
}

export interface User {
  readonly descriptor: string;
  readonly storageKey: string;
  readonly origin: 'aad' | 'msa';
  /** Entra object id. */
  readonly originId: string;
  readonly principalName: string;
  readonly mailAddress: string;
  readonly displayName: string;
  /** Another tenant than the organisation's, by its id. */
  readonly domain?: string;
  /** Whether it is a member still; one that was removed stays in the list of users for a while. */
  active?: boolean;
}

/** A personal access token or (`isPublic`) an SSH key. The value is nowhere: the service keeps a hash. */
export interface PersonalToken {
  readonly authorizationId: string;
  readonly descriptor: string;
  readonly displayName: string;
  readonly scope: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly isPublic: boolean;
  /** Storage key of its owner, where it is not the account that it is listed for. */
  readonly userId?: string;
  revokedAt?: Date;
}
