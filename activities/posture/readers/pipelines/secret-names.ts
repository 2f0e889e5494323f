import type { AssessedOrganisation } from '../../../../src/connectors/assessor/github.ts';
import type { RepositoryContents } from '../../../../src/connectors/github/repositories/repository-node.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { ReadFault } from '../../reader.ts';

/** Where a secret is kept: the organisation, one of its repositories, or an environment of one. */
interface Scope {
  readonly repository?: string;
  readonly environment?: string;
}

interface SecretNames {
  readonly names: readonly { readonly scope: Scope; readonly name: string }[];
  readonly failures: readonly ReadFault[];
}

const IN_FLIGHT = 8;

/** Each takes a call, of which GitHub allows 900 a minute, and the whole reading has five. */
const MOST_SCOPES = 3_000;

/**
 * The names of the secrets of an organisation, of its repositories and of their environments. A permission that is missing
 * is missing everywhere: it is met once, and named once.
 */
export async function readSecretNames(
  client: AssessedOrganisation,
  repositories: readonly { readonly name: string; readonly nodeId: string }[],
  contents: ReadonlyMap<string, RepositoryContents>,
): Promise<SecretNames> {
  const environments = repositories.map(({ name, nodeId }) => ({ name, ...environmentsOf(contents.get(nodeId)) }));
  const kinds: readonly (readonly Scope[])[] = [
    [{}],
    repositories.map(({ name }) => ({ repository: name })),
    environments.flatMap(({ name, known }) => known.map((environment) => ({ repository: name, environment }))),
  ];
  const left = Math.max(kinds.flat().length - MOST_SCOPES, 0);
  let room = MOST_SCOPES;
  const read: SecretNames[] = [];
  for (const scopes of kinds) {
    read.push(await namesOf(client, scopes.slice(0, room)));
    room -= Math.min(scopes.length, room);
  }
  return {
    names: read.flatMap(({ names }) => names),
    failures: [
      ...read.flatMap(({ failures }) => failures),
      ...environments.flatMap(({ name, failures }) =>
        failures.map((failure) => ({ which: `${client.name}/${name}`, failure })),
      ),
      ...(left === 0 ? [] : [{ which: client.name, failure: tooMany(client.name, left) }]),
    ],
  };
}

/** Of scopes of one kind, which take the same permission. */
async function namesOf(client: AssessedOrganisation, [first, ...rest]: readonly Scope[]): Promise<SecretNames> {
  if (first === undefined) return { names: [], failures: [] };
  const one = await namesIn(client, first);
  const isDenied = one.failures.some(
    ({ failure }) => failure.kind === 'denied' && failure.missingPermission !== undefined,
  );
  const others = isDenied ? [] : await mapBounded(rest, IN_FLIGHT, (scope) => namesIn(client, scope));
  return {
    names: [one, ...others].flatMap(({ names }) => names),
    failures: [one, ...others].flatMap(({ failures }) => failures),
  };
}

async function namesIn(client: AssessedOrganisation, scope: Scope): Promise<SecretNames> {
  const { name: organisation } = client;
  const { repository, environment } = scope;
  const { items, failure } = await client.listSecretNames(
    repository === undefined
      ? { type: 'organisation', organisation }
      : environment === undefined
        ? { type: 'repository', organisation, repository }
        : { type: 'environment', organisation, repository, environment },
  );
  const which = [organisation, repository, environment].filter((each) => each !== undefined).join('/');
  return {
    names: items.map(({ name }) => ({ scope, name })),
    failures: failure === undefined ? [] : [{ which, failure }],
  };
}

function environmentsOf(contents: RepositoryContents | undefined): {
  readonly known: readonly string[];
  readonly failures: readonly VendorFailure[];
} {
  const listed = contents?.environments;
  const unlisted = contents?.unlisted?.environments;
  // What could not be read of a whole repository is told with its workflows.
  if (listed === undefined) return { known: [], failures: [] };
  if ('kind' in listed) return { known: [], failures: [listed] };
  return { known: listed, failures: unlisted === undefined ? [] : [unlisted] };
}

function tooMany(organisation: string, left: number): VendorFailure {
  const message = `${organisation} has more repositories and environments than a run can ask for their secrets: ${left} were not asked.`;
  return { kind: 'incomplete', status: 200, message };
}
