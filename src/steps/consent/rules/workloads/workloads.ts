import type { AppRoleAssignment } from '../../../../connectors/graph/applications/app-role-assignments.ts';
import type {
  ApplicationCredential,
  OwnedObject,
} from '../../../../connectors/graph/applications/application-owners.ts';
import type { DirectoryChange } from '../../../../connectors/graph/logs/directory-audit.ts';
import { carriesName } from '../../../../people/names/carries-name.ts';
import type { NamedPerson } from '../../../../people/names/whole-names.ts';

/** A role on the gateway that an application has without any person: its own, or that of a group it is in. */
export interface WorkloadRole {
  readonly role: string;
  readonly assignment: AppRoleAssignment;
  /** Name of the group that has it. */
  readonly group?: string;
}

/** A secret or certificate, and on which of both objects it stands. */
export interface WorkloadCredential extends ApplicationCredential {
  readonly on: OwnedObject;
}

/** An app registration and its service principal, which are one thing that acts by itself. */
export interface Workload {
  readonly name: string;
  /** Object id under which it acts, in lower case; absent where no service principal of it is here. */
  readonly principalId?: string;
  readonly isManagedIdentity: boolean;
  /** The registration, the service principal, or both: each can have owners and secrets of its own. */
  readonly objects: readonly OwnedObject[];
  readonly roles: readonly WorkloadRole[];
  /** Those that have not expired; Azure keeps those of managed identities to itself. */
  readonly credentials: readonly WorkloadCredential[];
}

/** How the leaver is tied to a workload. */
export interface Ties {
  /** The objects that the leaver owns. */
  readonly owns: readonly OwnedObject[];
  /** The change by which the leaver made it. */
  readonly made?: DirectoryChange;
  /** Secrets and certificates that the leaver added: the audit log names both. */
  readonly added: readonly { readonly credential: WorkloadCredential; readonly change: DirectoryChange }[];
  /** Those that nobody is known to have added, or the leaver and somebody else, and why the leaver may know them. */
  readonly perhaps: readonly WorkloadCredential[];
  readonly why: readonly string[];
}

/** Joins registrations and service principals by the id of their application. */
export function workloadsOf(
  objects: readonly OwnedObject[],
  roles: ReadonlyMap<string, readonly WorkloadRole[]>,
  now: Date,
): Workload[] {
  return [...Map.groupBy(objects, ({ appId }) => appId)].map(([appId, group]): Workload => {
    const principal = group.find(({ set }) => set === 'servicePrincipals');
    const principalId = principal?.id.toLowerCase();
    const isManagedIdentity = principal?.isManagedIdentity === true;
    const [{ name } = { name: appId }] = principal === undefined ? group : [principal];
    const credentials = group.flatMap((on) => on.credentials.map((credential) => ({ ...credential, on })));
    return {
      name,
      ...(principalId === undefined ? {} : { principalId }),
      isManagedIdentity,
      objects: group,
      roles: principalId === undefined ? [] : (roles.get(principalId) ?? []),
      credentials: isManagedIdentity ? [] : credentials.filter((credential) => isAlive(credential, now)),
    };
  });
}

/** One without an end that can be read may still be good. */
function isAlive({ until }: ApplicationCredential, now: Date): boolean {
  const end = until === undefined ? Number.NaN : Date.parse(until);
  return Number.isNaN(end) || end > now.getTime();
}

/** The changes by which each secret or certificate is known to have been added, by its id, the earliest first. */
export type Authors = ReadonlyMap<string, readonly DirectoryChange[]>;

/**
 * A key is added once, and whoever added it saw its value. A later row that adds it again (a list that was put back, a
 * certificate under its old id) tells of somebody who may know it as well; so the order in which rows come decides nothing.
 */
export function authorsIn(changes: readonly DirectoryChange[]): Authors {
  const byTime = changes.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const pairs = byTime.flatMap((change) => change.addedKeys.map((key) => ({ key, change })));
  const grouped = Map.groupBy(pairs, ({ key }) => key);
  return new Map([...grouped].map(([key, rows]) => [key, rows.map(({ change }) => change)]));
}

/** The leaver's change by which a key was added, where no row names anybody else: of two authors nobody knows whose it is. */
function addedByAlone(oid: string, authors: readonly DirectoryChange[] | undefined): DirectoryChange | undefined {
  return authors?.every(({ by }) => by === oid) === true ? authors[0] : undefined;
}

/** How the leaver is tied to a workload; undefined where nothing says that they are. */
export function tiesTo(
  workload: Workload,
  leaver: NamedPerson & { readonly oid: string },
  changes: readonly DirectoryChange[],
): Ties | undefined {
  const { objects, credentials } = workload;
  const authors = authorsIn(changes);
  const own = changes.filter(({ by }) => by === leaver.oid);
  const ids = new Set(objects.map(({ id }) => id.toLowerCase()));
  const about = own.filter(({ targets }) => targets.some(({ id }) => ids.has(id)));
  const owns = objects.filter(({ owners }) => owners.includes(leaver.oid));
  const made = about.find(({ activity }) => /^add (application|service principal)$/i.test(activity));
  // A row that changed secrets and names none of them tells of the application alone.
  const touched = about.some(({ activity, addedKeys }) => addedKeys.length === 0 && SECRETS.test(activity));
  const added = credentials.flatMap((credential) => {
    const change = addedByAlone(leaver.oid, authors.get(credential.keyId));
    return change === undefined ? [] : [{ credential, change }];
  });
  const alone = new Set(added.map(({ credential }) => credential));
  const shared = credentials.filter(
    (credential) => !alone.has(credential) && authors.get(credential.keyId)?.some(({ by }) => by === leaver.oid),
  );
  const unnamed = credentials.filter(({ keyId }) => !authors.has(keyId));
  const named = unnamed.filter(({ name }) => name !== undefined && NAMED.has(carriesName(name, leaver)));
  const why = [
    ...(owns.length === 0 ? [] : ['the leaver owns it']),
    ...(made === undefined ? [] : ['the leaver made it']),
    ...(touched ? ['the leaver changed its secrets'] : []),
    ...(added.length === 0 ? [] : ['the leaver added another one to it']),
    ...(shared.length === 0 ? [] : ['the log names the leaver and somebody else as who added one of them']),
    ...(named.length === 0 ? [] : ['one is named after the leaver']),
  ];
  if (why.length === 0) return undefined;
  const tied = owns.length > 0 || made !== undefined || touched || added.length > 0;
  const open = new Set([...shared, ...(tied ? unnamed : named)]);
  const perhaps = credentials.filter((credential) => open.has(credential));
  return { owns, ...(made === undefined ? {} : { made }), added, perhaps, why };
}

/** “Update application – Certificates and secrets management”, “Add service principal credentials”. */
const SECRETS = /secret|credential/i;
const NAMED: ReadonlySet<string> = new Set(['theirs', 'perhaps']);
