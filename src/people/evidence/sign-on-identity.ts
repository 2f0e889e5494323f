import { type Oid, parseGuid } from '../oid.ts';

/**
 * How an organisation's single sign-on knows somebody, as GitHub keeps it. Everything in it is what the identity provider
 * said when the person last signed in, or what was provisioned.
 */
export interface SignOnIdentity {
  /** GitHub's own id of the row. */
  readonly guid: string;
  readonly nameId?: string;
  /** User names and addresses, of sign-on and of provisioning. */
  readonly names: readonly string[];
  readonly givenName?: string;
  readonly familyName?: string;
  /** Values of the attributes that Entra sends with every sign-on. */
  readonly objectIds: readonly string[];
  readonly tenantIds: readonly string[];
  readonly provisioned?: Provisioned;
  /** Null for an invitation that nobody took up. */
  readonly account: { readonly login: string; readonly id: number } | null;
}

/** The same person as provisioning (SCIM) knows them. */
export interface Provisioned {
  /** Equal to `guid` of the identity that it belongs to. */
  readonly id: string;
  readonly externalId?: string;
  /** Instant. */
  readonly createdAt?: string;
  readonly names: readonly string[];
}

/** Which tenant a row of single sign-on speaks of. `unnamed`: neither it nor the provider says. */
export type NamedTenant = 'ours' | 'foreign' | 'unnamed';

/** Source: Entra's issuer of SAML tokens is `https://sts.windows.net/<tenant>/`. */
export function tenantOf(
  { tenantIds }: Pick<SignOnIdentity, 'tenantIds'>,
  issuer: string | undefined,
  tenantId: string,
): NamedTenant {
  const ours = parseGuid(tenantId);
  const named = new Set(tenantIds.flatMap((each) => parseGuid(each) ?? []));
  if (named.size > 0) return [...named].every((each) => each === ours) ? 'ours' : 'foreign';
  if (issuer === undefined) return 'unnamed';
  const [, tenant = ''] = /^https:\/\/sts\.windows\.net\/([^/]+)\/?$/i.exec(issuer.trim()) ?? [];
  const issuing = parseGuid(tenant);
  if (issuing === undefined) return 'unnamed';
  return issuing === ours ? 'ours' : 'foreign';
}

/** The object ids in the attributes of a row; several different ones are several truths. */
export function objectIdsOf({ objectIds }: Pick<SignOnIdentity, 'objectIds'>): readonly Oid[] {
  return [...new Set(objectIds.flatMap((each) => parseGuid(each) ?? []))];
}

/** Every name in a row, in lower case, each once. */
export function namesIn({ nameId, names, provisioned }: Omit<SignOnIdentity, 'account'>): readonly string[] {
  const all = [nameId, ...names, ...(provisioned?.names ?? [])];
  return [...new Set(all.flatMap((each) => (each ? [each.toLowerCase()] : [])))];
}

/** GUIDs in fields that may hold an object id: only the directory, or a mapping that is established, tells. */
export function possibleOids({ nameId, provisioned }: Pick<SignOnIdentity, 'nameId' | 'provisioned'>): readonly Oid[] {
  return [...new Set([nameId, provisioned?.externalId].flatMap((each) => (each && parseGuid(each)) || []))];
}
