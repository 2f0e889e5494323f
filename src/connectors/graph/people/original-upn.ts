/**
 * The UPN as it was before a soft delete, which puts the object id without hyphens in front of it
 * (`7e06b566…john@contoso.com`; `mail` stays as it was). Anything else is returned unchanged: a name may well
 * begin with hexadecimal digits.
 */
export function originalUpn(userPrincipalName: string, oid: string): string {
  const prefix = oid.replaceAll('-', '').toLowerCase();
  return userPrincipalName.toLowerCase().startsWith(prefix)
    ? userPrincipalName.slice(prefix.length)
    : userPrincipalName;
}
