import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { failed, ok, type VendorFailure } from '../result.ts';
import type { GitHubClient } from './client.ts';
import { type Asked, blocked, shapeFailure } from './failure.ts';
import { type GraphqlFault, query, wasTooMuch } from './graphql.ts';
import { type Row, stableListing, unreadableRows } from './stable-listing.ts';

/** A file that CI reads. */
export interface WorkflowFile {
  /** Without the folder, of a workflow; from the root, of every other file. */
  readonly name: string;
  /** Git object id. */
  readonly oid: string;
  /** Undefined where GraphQL gave no text or only its beginning. */
  readonly text?: string;
  readonly binary: boolean;
}

/** What one query tells about a repository; a failure stands in the place of what could not be read. */
export interface RepositoryContents {
  readonly nodeId: string;
  /** The commit of the default branch; null in an empty repository, absent where it could not be read. */
  readonly head?: string | null;
  readonly workflows: readonly WorkflowFile[] | VendorFailure;
  /** Actions of its own, compose files and what other CI systems read; their texts are read by themselves. */
  readonly ciFiles: readonly Pick<WorkflowFile, 'name' | 'oid'>[] | VendorFailure;
  readonly environments: readonly string[] | VendorFailure;
  /** Why some files or environments are not in these lists, which have the others. */
  readonly unlisted?: { readonly workflows?: VendorFailure; readonly environments?: VendorFailure };
}

const CONTENTS = `query ($ids: [ID!]!, $environments: Boolean!, $files: Boolean!) {
  nodes(ids: $ids) {
    ... on Repository {
      id
      nameWithOwner
      isDisabled
      environments(first: 100) @include(if: $environments) { nodes { name } pageInfo { hasNextPage endCursor } }
      head: object(expression: "HEAD") { oid }
      workflows: object(expression: "HEAD:.github/workflows") @include(if: $files) {
        ... on Tree { entries { name type oid object { ... on Blob { text isTruncated isBinary } } } }
      }
      root: object(expression: "HEAD:") @include(if: $files) { ... on Tree { entries { name type oid } } }
      circle: object(expression: "HEAD:.circleci") @include(if: $files) { ... on Tree { entries { name type oid } } }
      azure: object(expression: "HEAD:.azure-pipelines") @include(if: $files) { ... on Tree { entries { name type oid } } }
      devops: object(expression: "HEAD:.azuredevops") @include(if: $files) { ... on Tree { entries { name type oid } } }
      buildkite: object(expression: "HEAD:.buildkite") @include(if: $files) { ... on Tree { entries { name type oid } } }
      woodpecker: object(expression: "HEAD:.woodpecker") @include(if: $files) { ... on Tree { entries { name type oid } } }
      actions: object(expression: "HEAD:.github/actions") @include(if: $files) {
        ... on Tree { entries { name type oid object {
          ... on Tree { entries { name type oid object {
            ... on Tree { entries { name type oid } }
          } } }
        } } }
      }
    }
  }
}`;

const ENVIRONMENTS = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Repository { environments(first: 100, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }
  }
}`;

const EnvironmentsShape = z.object({
  totalCount: z.number().optional(),
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
/** A folder without its texts, as deep as it was asked for. */
interface Folder {
  readonly entries?:
    | readonly {
        readonly name: string;
        readonly type: string;
        readonly oid: string;
        readonly object?: Folder | null | undefined;
      }[]
    | null
    | undefined;
}
const FolderShape: z.ZodType<Folder> = z.lazy(() =>
  z.object({
    entries: z
      .array(z.object({ name: z.string(), type: z.string(), oid: z.string(), object: FolderShape.nullish() }))
      .nullish(),
  }),
);
const NodeShape = z.object({
  id: z.string(),
  nameWithOwner: z.string().optional(),
  isDisabled: z.boolean().nullish(),
  root: FolderShape.nullish(),
  circle: FolderShape.nullish(),
  azure: FolderShape.nullish(),
  devops: FolderShape.nullish(),
  buildkite: FolderShape.nullish(),
  woodpecker: FolderShape.nullish(),
  actions: FolderShape.nullish(),
  environments: EnvironmentsShape.optional(),
  head: z.object({ oid: z.string() }).nullish(),
  workflows: z.object({ entries: z.array(z.unknown()).nullish() }).nullish(),
});
const EntryShape = z.object({ name: z.string(), type: z.string(), oid: z.string(), object: z.unknown().optional() });
const BlobShape = z.object({
  text: z.string().nullish(),
  isTruncated: z.boolean().optional(),
  isBinary: z.boolean().nullish(),
});
const EnvironmentShape = z.object({ name: z.string() });
/** One by one: a repository in an odd form costs no other one. */
const ContentsShape = z.object({ nodes: z.array(z.unknown()) });
const MoreShape = z.object({ node: z.object({ environments: EnvironmentsShape }) });

const asked = (organisation: string): Asked => ({ what: 'workflow files and environments', where: organisation });

/** Folders of one CI system each, of which every YAML file counts. */
const CI_SYSTEMS = [
  ['circle', '.circleci/'],
  ['azure', '.azure-pipelines/'],
  ['devops', '.azuredevops/'],
  ['buildkite', '.buildkite/'],
  ['woodpecker', '.woodpecker/'],
] as const;
const CI_FOLDERS = ['root', 'actions', ...CI_SYSTEMS.map(([field]) => field)] as const;

/** Each field takes a permission of its own. */
const askedAt =
  (organisation: string) =>
  (path: readonly (string | number)[]): Asked => {
    if (path[2] === 'environments') {
      return { what: 'environments', where: organisation, permission: 'environments=read' };
    }
    if (path[2] === 'workflows' || path[2] === 'head') {
      return { what: 'workflow files', where: organisation, permission: 'contents=read' };
    }
    if (CI_FOLDERS.some((each) => each === path[2])) {
      return { what: 'files of CI', where: organisation, permission: 'contents=read' };
    }
    return asked(organisation);
  };

/** How many repositories one query reads without running out of its ten seconds. */
const PER_QUERY = 50;

/** Workflow files and environments of repositories, fifty in a query. */
export async function readRepositoryContents(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<Map<string, RepositoryContents>> {
  return readAll(client, nodeIds, { environments: true, files: true });
}

/** What of a repository may have changed without its files, and the commit that tells whether these have. */
export type RepositoryHead = Pick<RepositoryContents, 'head' | 'environments'> & {
  readonly unlisted?: { readonly environments?: VendorFailure };
};

/** The heads and environments of repositories, fifty in a query of a few points: no tree and no text is read. */
export function readRepositoryHeads(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<ReadonlyMap<string, RepositoryHead>> {
  return readAll(client, nodeIds, { environments: true, files: false });
}

/** Which parts a query has. */
interface Parts {
  readonly environments: boolean;
  readonly files: boolean;
}

async function readAll(
  client: GitHubClient,
  nodeIds: readonly string[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const queries = Array.from({ length: Math.ceil(nodeIds.length / PER_QUERY) }, (_, index) =>
    readSome(client, nodeIds.slice(index * PER_QUERY, (index + 1) * PER_QUERY), parts),
  );
  const read = await Promise.all(queries);
  return new Map(read.flatMap((some) => [...some]));
}

/** GitHub stops a query after ten seconds and charges for it: the next one asks for half as much. */
async function readSome(
  client: GitHubClient,
  nodeIds: readonly string[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const { organisation } = client.installation;
  const about = asked(organisation);
  const variables = { ids: nodeIds, ...parts };
  const answer = await query(client, about, CONTENTS, variables, ContentsShape, askedAt(organisation));
  const { data, faults } = answer;
  if (data === undefined) {
    const failure = faults[0]?.failure ?? shapeFailure(about, 200);
    if (!wasTooMuch(answer)) return new Map(nodeIds.map((id) => [id, unread(id, failure)]));
    if (nodeIds.length === 1) return new Map(nodeIds.map((id) => [id, unread(id, aloneTooMuch(failure))]));
    const middle = Math.ceil(nodeIds.length / 2);
    // One after the other: a query that was too heavy must not come back as two at once.
    const first = await readSome(client, nodeIds.slice(0, middle), parts);
    const second = await readSome(client, nodeIds.slice(middle), parts);
    return new Map([...first, ...second]);
  }
  const contents = await Promise.all(
    nodeIds.map(async (id, index) => [id, await contentsOf(client, id, index, data.nodes[index], faults)] as const),
  );
  const read = new Map(contents);
  if (!parts.environments || !faults.some(({ path }) => path[2] === 'environments')) return read;
  return withoutEnvironments(client, nodeIds, read, faults, parts);
}

function aloneTooMuch(failure: VendorFailure): VendorFailure {
  const message = `${failure.message} It asked for one repository alone: where the next attempts end so too, its files of CI and its environments have to be looked at by hand.`;
  return { ...failure, message };
}

/** The schema does not let environments be null: where they are refused, the whole repository is missing. */
async function withoutEnvironments(
  client: GitHubClient,
  nodeIds: readonly string[],
  read: ReadonlyMap<string, RepositoryContents>,
  faults: readonly GraphqlFault[],
  parts: Parts,
): Promise<Map<string, RepositoryContents>> {
  const refused = nodeIds.flatMap((id, index) => {
    const failure = faults.find(({ path }) => path[1] === index && path[2] === 'environments')?.failure;
    return failure === undefined ? [] : [{ id, failure }];
  });
  const rest = await readSome(
    client,
    refused.map(({ id }) => id),
    { ...parts, environments: false },
  );
  const repaired = refused.map(({ id, failure }): [string, RepositoryContents] => {
    const { workflows, ciFiles, unlisted, head } = rest.get(id) ?? unread(id, failure);
    const files = unlisted?.workflows;
    const missing = files === undefined ? {} : { unlisted: { workflows: files } };
    const known = head === undefined ? {} : { head };
    return [id, { nodeId: id, ...known, environments: failure, workflows, ciFiles, ...missing }];
  });
  return new Map([...read, ...repaired]);
}

async function contentsOf(
  client: GitHubClient,
  nodeId: string,
  index: number,
  row: unknown,
  faults: readonly GraphqlFault[],
): Promise<RepositoryContents> {
  const about = asked(client.installation.organisation);
  const node = NodeShape.safeParse(row).data;
  if (node === undefined || node.id !== nodeId)
    return unread(nodeId, faultAt(faults, index) ?? shapeFailure(about, 200));
  // Nobody documents what GraphQL has of such a repository: nothing in it may not pass for an empty one.
  if (node.isDisabled === true) return unread(nodeId, blocked({ ...about, where: node.nameWithOwner ?? about.where }));
  const entries = node.workflows?.entries ?? [];
  const known = entries.filter((entry) => EntryShape.safeParse(entry).success);
  const environments = await environmentsOf(client, nodeId, node.environments);
  const { items, failure } = environments;
  const refused = faultAt(faults, index, 'environments');
  const headless = faultAt(faults, index, 'head') !== undefined;
  const unlisted = {
    ...(known.length === entries.length ? {} : { workflows: unreadableRows(about, known.length, entries.length) }),
    ...(failure === undefined || refused !== undefined ? {} : { environments: failure }),
  };
  return {
    nodeId,
    ...(headless ? {} : { head: node.head?.oid ?? null }),
    environments: refused ?? items,
    // No such folder is null without an error beside it.
    workflows: faultAt(faults, index, 'workflows') ?? entries.flatMap((entry) => fileOf(entry) ?? []),
    ciFiles: CI_FOLDERS.flatMap((folder) => faultAt(faults, index, folder) ?? [])[0] ?? ciFilesOf(node),
    ...(Object.keys(unlisted).length === 0 ? {} : { unlisted }),
  };
}

/** At the root: an action, compose files, Azure’s pipelines, submodules, and what other CI systems read. */
const AT_ROOT =
  /^(?:action\.ya?ml|(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml|\.?azure-pipelines[\w.-]*\.ya?ml|\.gitlab-ci\.ya?ml|bitbucket-pipelines\.ya?ml|\.(?:travis|drone|woodpecker|cirrus|pre-commit-config)\.ya?ml|\.?appveyor\.ya?ml|(?:buildspec|cloudbuild)[\w.-]*\.ya?ml|jenkinsfile[\w.-]*|(?:docker|container)file(?:[.-][\w.-]+)?|[\w.-]+\.dockerfile|\.gitmodules)$/i;
/** In the folder of an action: what it is, and the image that it is built from. */
const IN_ACTION = /^(?:action\.ya?ml|dockerfile)$/i;

function ciFilesOf(node: z.output<typeof NodeShape>): Pick<WorkflowFile, 'name' | 'oid'>[] {
  return [
    ...blobsIn(node.root, '', AT_ROOT),
    ...CI_SYSTEMS.flatMap(([field, folder]) => blobsIn(node[field], folder, /\.ya?ml$/i)),
    ...blobsIn(node.actions, '.github/actions/', IN_ACTION),
  ];
}

function blobsIn(
  folder: Folder | null | undefined,
  under: string,
  wanted: RegExp,
): Pick<WorkflowFile, 'name' | 'oid'>[] {
  return (folder?.entries ?? []).flatMap(({ name, type, oid, object }) =>
    type === 'blob'
      ? wanted.test(name)
        ? [{ name: `${under}${name}`, oid }]
        : []
      : blobsIn(object, `${under}${name}/`, wanted),
  );
}

/** A file; undefined for a folder. A text in an odd form is fetched by itself. */
function fileOf(entry: unknown): WorkflowFile | undefined {
  const file = EntryShape.safeParse(entry).data;
  if (file?.type !== 'blob') return undefined;
  const blob = BlobShape.safeParse(file.object).data;
  const text = blob === undefined || blob.isTruncated === true ? undefined : (blob.text ?? undefined);
  const { name, oid } = file;
  return { name, oid, binary: blob?.isBinary === true, ...(text === undefined ? {} : { text }) };
}

/** Of more than a page, all pages are read anew: the first one may be older than the others. */
async function environmentsOf(
  client: GitHubClient,
  nodeId: string,
  first: z.output<typeof EnvironmentsShape> | undefined,
): Promise<Listing<string>> {
  const about: Asked = { ...asked(client.installation.organisation), what: 'environments' };
  if (first === undefined) return { items: [], failure: shapeFailure(about, 200) };
  return stableListing<string, { readonly after: string | null }>(about, { after: null }, async ({ after }) => {
    if (!first.pageInfo.hasNextPage) return ok({ rows: first.nodes.map(rowOf) });
    const { data, faults } = await query(client, about, ENVIRONMENTS, { id: nodeId, after }, MoreShape);
    const failure = faults[0]?.failure;
    if (data === undefined || failure !== undefined) return failed(failure ?? shapeFailure(about, 200));
    const { nodes, totalCount, pageInfo } = data.node.environments;
    const { hasNextPage, endCursor } = pageInfo;
    if (hasNextPage && (endCursor === null || endCursor === after)) return failed(shapeFailure(about, 200));
    const next = hasNextPage ? { next: { after: endCursor } } : {};
    return ok({ rows: nodes.map(rowOf), total: totalCount, cutShort: after !== null && nodes.length === 0, ...next });
  });
}

function rowOf(row: unknown): Row<string> {
  const name = EnvironmentShape.safeParse(row).data?.name;
  return { id: name, item: name };
}

function unread(nodeId: string, failure: VendorFailure): RepositoryContents {
  return { nodeId, workflows: failure, ciFiles: failure, environments: failure };
}

/** The fault of one node, or of one field of it; a fault without a path concerns everything. */
function faultAt(faults: readonly GraphqlFault[], index: number, field?: string): VendorFailure | undefined {
  return faults.find(
    ({ path }) =>
      path.length === 0 ||
      (path[0] === 'nodes' && path[1] === index && (path.length === 2 || field === undefined || path[2] === field)),
  )?.failure;
}

/** A file by its repository and its git object id. */
export interface FileRef {
  readonly nodeId: string;
  readonly oid: string;
}

/**
 * The texts of files, fifty in a query of one point; in the order of the question. Undefined where GraphQL gave no text
 * or only its beginning: those are read by themselves.
 */
export async function readFileTexts(
  client: GitHubClient,
  files: readonly FileRef[],
): Promise<(string | undefined | VendorFailure)[]> {
  const named = files.map(({ nodeId, oid }) => ({ nodeId, name: oid }));
  const blobs = await blobsBy(client, 'oid', named);
  return blobs.map((blob) => (blob !== undefined && 'kind' in blob ? blob : blob?.text));
}

/** A file by its repository and its path from the root. */
export interface FilePath {
  readonly nodeId: string;
  readonly path: string;
}

/** What stands at a path: nothing, or a file; a text that GraphQL cut short is read by the object id. */
export type FileAtPath = { readonly oid: string; readonly text?: string } | undefined;

/**
 * The files at paths of the default branch, fifty in a query of one point; in the order of the question. Undefined where
 * no file stands there: a folder, a binary file, or nothing.
 */
export function readFilesAt(client: GitHubClient, files: readonly FilePath[]): Promise<(FileAtPath | VendorFailure)[]> {
  const named = files.map(({ nodeId, path }) => ({ nodeId, name: `HEAD:${path}` }));
  return blobsBy(client, 'expression', named);
}

/** The two ways in which GraphQL takes the name of an object, and what it calls their types. */
const NAMED_BY = { oid: 'GitObjectID!', expression: 'String!' } as const;

const BlobsShape = z.record(
  z.string(),
  z
    .object({
      object: z
        .object({ oid: z.string().optional(), text: z.string().nullish(), isTruncated: z.boolean().optional() })
        .nullish(),
    })
    .nullish(),
);

async function blobsBy(
  client: GitHubClient,
  by: keyof typeof NAMED_BY,
  files: readonly { readonly nodeId: string; readonly name: string }[],
): Promise<(FileAtPath | VendorFailure)[]> {
  const asked: Asked = { what: 'files of CI', where: client.installation.organisation, permission: 'contents=read' };
  const queries = Array.from({ length: Math.ceil(files.length / PER_QUERY) }, async (_, index) => {
    const some = files.slice(index * PER_QUERY, (index + 1) * PER_QUERY);
    const parameters = some.map((__, at) => `$id${at}: ID!, $name${at}: ${NAMED_BY[by]}`).join(', ');
    const blob = '... on Blob { oid text isTruncated }';
    const fields = some.map(
      (__, at) => `f${at}: node(id: $id${at}) { ... on Repository { object(${by}: $name${at}) { ${blob} } } }`,
    );
    const variables = Object.fromEntries(
      some.flatMap(({ nodeId, name }, at) => [
        [`id${at}`, nodeId],
        [`name${at}`, name],
      ]),
    );
    const text = `query (${parameters}) { ${fields.join(' ')} }`;
    const { data, faults } = await query(client, asked, text, variables, BlobsShape, () => asked);
    if (data === undefined) return some.map(() => faults[0]?.failure ?? shapeFailure(asked, 200));
    return some.map((__, at): FileAtPath | VendorFailure => {
      const fault = faults.find(({ path }) => path.length === 0 || path[0] === `f${at}`)?.failure;
      if (fault !== undefined) return fault;
      const found = data[`f${at}`]?.object;
      if (found?.oid === undefined) return undefined;
      const whole = found.isTruncated === true ? undefined : (found.text ?? undefined);
      return { oid: found.oid, ...(whole === undefined ? {} : { text: whole }) };
    });
  });
  return (await Promise.all(queries)).flat();
}
