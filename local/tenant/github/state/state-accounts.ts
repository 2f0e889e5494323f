export interface User {
  readonly id: number;
  /** Changes with a rename: then the old one is free, and anybody may claim it. */
  login: string;
  readonly name: string;
  readonly type?: 'User' | 'Bot' | 'Organization';
  /** A managed user, which answers 404 to whoever is not of its enterprise. */
  hidden?: boolean;
}

/** An invitation that nobody has taken up: to an account, or to a mail address. */
export interface Invitation {
  readonly id: number;
  readonly login: string | null;
  readonly email: string | null;
  readonly inviterId: number;
  readonly role?: 'direct_member' | 'admin' | 'billing_manager';
}

/** What the identity provider says of somebody, and whom it means need not be the same in each field. */
export interface ExternalIdentity {
  readonly guid: string;
  /** Whatever the provider is configured to send: a UPN, a mail address, an object id. Null for managed users. */
  readonly nameId: string | null;
  readonly givenName?: string;
  readonly familyName?: string;
  /** As in the assertion, e.g. the object id and tenant that Entra always sends. */
  readonly attributes?: readonly { readonly name: string; readonly value: string }[];
  readonly scim?: ScimIdentity;
  /** Absent for an invitation that nobody has taken up. */
  readonly userId?: number;
}

export interface ScimIdentity {
  readonly userName: string;
  readonly externalId?: string;
  readonly mails?: readonly string[];
  readonly givenName?: string;
  readonly familyName?: string;
  readonly createdAt: string;
  readonly active?: boolean;
  /** Differs from the identity's guid only where GitHub left a stale row behind. */
  readonly id?: string;
}
