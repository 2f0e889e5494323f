/**
 * A resource in the portal, at one of its blades: `users` is Access control (IAM). A gateway's own parts have no link of
 * their own, so that theirs leads to the service.
 */
export function portalUrl(tenantId: string, resourceId: string, blade = 'overview'): string {
  return `https://portal.azure.com/#@${tenantId}/resource${resourceId}/${blade}`;
}
