import type { GatewayApp, Right } from './readings/gateway/gateway-apps.ts';

/** What tools can be used for, each with a right of its own. */
export const RIGHTS = ['read', 'write', 'admin', 'secrets'] as const;
export type RightName = (typeof RIGHTS)[number];

const VALUE = /^mcp\.tools\.(read|write|admin|secrets)(\.app)?$/;

/** Which right a value stands for; `.app` stands behind those that people and applications have apart. */
export function rightOf(value: string): RightName | undefined {
  const name = VALUE.exec(value.trim().toLowerCase())?.[1];
  return RIGHTS.find((each) => each === name);
}

/** Whether a person can be given it: a scope always, a role unless it is for applications and nothing else. */
export function isForPeople({ kind, for: members }: Right): boolean {
  return kind === 'scope' || members.length !== 1 || members[0] !== 'application';
}

/** Where Entra’s pages show an application. */
export function appLink(appId: string): string {
  return `https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/${appId}`;
}

/** Where Entra’s pages show its service principal: who is assigned, and whether somebody has to be. */
export function principalLink(appId: string, objectId: string): string {
  return `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Properties/objectId/${objectId}/appId/${appId}`;
}

/** A stable name of a right that an application publishes. */
export function rightResource({ appId }: Pick<GatewayApp, 'appId'>, { kind, value, id }: Right): string {
  return `applications/${appId}/${kind === 'scope' ? 'scopes' : 'appRoles'}/${value === '' ? id : value}`;
}
