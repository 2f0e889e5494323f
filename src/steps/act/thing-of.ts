import type { ReportFinding } from '../../cases/finding.ts';

/** What a person acts on: one machine, repository, identity or account, whatever was found about it. */
export interface Thing {
  /** The same for everything that is about it. */
  readonly key: string;
  readonly kind: 'machine' | 'identity' | 'repository' | 'account' | 'calls' | 'other';
  /** As people call it. */
  readonly name: string;
}

/** Which thing each finding is about. Tokens and calls of an identity belong to it, by the ids that other findings give. */
export function thingsOf(findings: readonly ReportFinding[]): (finding: ReportFinding) => Thing {
  const parents = new Map(
    findings.flatMap(({ resource, evidence }) =>
      typeof evidence.parent === 'string' && resource.type === 'servicePrincipal'
        ? [[resource.id.toLowerCase(), evidence.parent.toLowerCase()] as const]
        : [],
    ),
  );
  const named = Map.groupBy(
    findings.filter(({ resource }) => resource.type === 'federatedIdentityCredential').map(thingOf),
    ({ name }) => name,
  );
  return (finding) => {
    const thing = thingOf(finding);
    if (thing.kind !== 'identity') return thing;
    const parent = parents.get(thing.key.replace(/^identity /, ''));
    if (parent !== undefined) return { ...thing, key: `identity ${parent}` };
    // The log knows an identity by its name alone: it is the one that has the name, where only one has.
    const keys = new Set(named.get(thing.name)?.map(({ key }) => key));
    const [only] = keys;
    return finding.resource.system === 'log-analytics' && only !== undefined && keys.size === 1
      ? { ...thing, key: only }
      : thing;
  };
}

function thingOf(finding: ReportFinding): Thing {
  const { resource, evidence } = finding;
  const { id, type, system } = resource;
  const name = resource.name ?? id;
  if (type === 'runner' || type === 'agent' || type === 'machine')
    return { key: `machine ${name.toLowerCase()}`, kind: 'machine', name };
  if (type === 'federatedIdentityCredential') return identityOf(id, name);
  if (system === 'log-analytics' && typeof evidence.oid === 'string' && typeof evidence.identity === 'string')
    return { key: `identity ${evidence.oid.toLowerCase()}`, kind: 'identity', name: evidence.identity };
  if (system === 'log-analytics') return { key: `calls ${id}`, kind: 'calls', name: 'the leaver’s calls' };
  if (type === 'servicePrincipal' || type === 'application')
    return { key: `identity ${id.toLowerCase()}`, kind: 'identity', name };
  if (system === 'entra' && (type === 'user' || type === 'accessToken'))
    return { key: `user ${id}`, kind: 'account', name: 'the leaver’s account in Entra' };
  const repository = system === 'github' ? repositoryIn(id) : undefined;
  if (repository !== undefined) return { key: `repository ${repository}`, kind: 'repository', name: repository };
  const organisation = /^([^/#\s]+)\//.exec(id)?.[1];
  if (OF_THE_ACCOUNT.has(type) && organisation !== undefined)
    return {
      key: `account ${system} ${organisation}`,
      kind: 'account',
      name: `the leaver’s account in ${organisation}`,
    };
  return { key: `${system} ${id}`, kind: 'other', name };
}

/** What a person holds in an organisation, whatever it is called there. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set([
  'personalAccessToken',
  'sshKey',
  'fine-grained-token',
  'sso-credential',
  'membership',
  'entitlement',
  'member',
]);

/** A credential is called `<identity>/<credential>`, and its id begins with the identity’s. */
function identityOf(id: string, name: string): Thing {
  const parent = id.split(/\/federatedIdentityCredentials\//i)[0] ?? id;
  const owner = parent.startsWith('/') ? parent : (parent.split('/')[0] ?? parent);
  return { key: `identity ${owner.toLowerCase()}`, kind: 'identity', name: name.split('/')[0] ?? name };
}

/** `organisation/repository`, out of an id such as `environment production of org/repo#NAME` or `org/repo/workflows/7`. */
function repositoryIn(id: string): string | undefined {
  const place = id.replace(/^.* of /, '');
  const found = /^([^/#\s]+\/[^/#\s]+)(?:[/#].+)$/.exec(place)?.[1];
  return found === undefined || /\/(?:runners|invitations|members|keys|hooks)$/.test(found) ? undefined : found;
}

/** What is done about a thing of which several things were found, to begin a line with. */
const HANDLE: Readonly<Record<Thing['kind'], (name: string) => string>> = {
  machine: (name) => `Secure ${name} and keep its logs`,
  identity: (name) => `Clean up who may act as ${name}`,
  repository: (name) => `Clean up ${name}`,
  account: (name) => `End the access of ${name}`,
  calls: (name) => `Look into ${name}`,
  other: (name) => `See to ${name}`,
};

export function handle({ kind, name }: Thing): string {
  return HANDLE[kind](name);
}
