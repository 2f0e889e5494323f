import * as z from 'zod';

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

/** A folder in the answer. */
export const FolderShape: z.ZodType<Folder> = z.lazy(() =>
  z.object({
    entries: z
      .array(z.object({ name: z.string(), type: z.string(), oid: z.string(), object: FolderShape.nullish() }))
      .nullish(),
  }),
);

/** A file or folder in the answer; of a file that is read at once, with its text. */
export const EntryShape = z.object({
  name: z.string(),
  type: z.string(),
  oid: z.string(),
  object: z.unknown().optional(),
});

const BlobShape = z.object({
  text: z.string().nullish(),
  isTruncated: z.boolean().optional(),
  isBinary: z.boolean().nullish(),
});

/** Folders of one CI system each, of which every YAML file counts. */
const CI_SYSTEMS = [
  ['circle', '.circleci/'],
  ['azure', '.azure-pipelines/'],
  ['devops', '.azuredevops/'],
  ['buildkite', '.buildkite/'],
  ['woodpecker', '.woodpecker/'],
] as const;

/** The fields of the query that hold folders of files that CI reads. */
export const CI_FOLDERS = ['root', 'actions', ...CI_SYSTEMS.map(([field]) => field)] as const;

/** At the root: an action, compose files, Azure’s pipelines, submodules, and what other CI systems read. */
const AT_ROOT =
  /^(?:action\.ya?ml|(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml|\.?azure-pipelines[\w.-]*\.ya?ml|\.gitlab-ci\.ya?ml|bitbucket-pipelines\.ya?ml|\.(?:travis|drone|woodpecker|cirrus|pre-commit-config)\.ya?ml|\.?appveyor\.ya?ml|(?:buildspec|cloudbuild)[\w.-]*\.ya?ml|jenkinsfile[\w.-]*|(?:docker|container)file(?:[.-][\w.-]+)?|[\w.-]+\.dockerfile|\.gitmodules)$/i;

/** In the folder of an action: what it is, and the image that it is built from. */
const IN_ACTION = /^(?:action\.ya?ml|dockerfile)$/i;

/** The files that CI reads, from the folders of a repository. */
export function ciFilesOf(
  folders: Readonly<Partial<Record<(typeof CI_FOLDERS)[number], Folder | null | undefined>>>,
): Pick<WorkflowFile, 'name' | 'oid'>[] {
  return [
    ...blobsIn(folders.root, '', AT_ROOT),
    ...CI_SYSTEMS.flatMap(([field, folder]) => blobsIn(folders[field], folder, /\.ya?ml$/i)),
    ...blobsIn(folders.actions, '.github/actions/', IN_ACTION),
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
export function fileOf(entry: unknown): WorkflowFile | undefined {
  const file = EntryShape.safeParse(entry).data;
  if (file?.type !== 'blob') return undefined;
  const blob = BlobShape.safeParse(file.object).data;
  const text = blob === undefined || blob.isTruncated === true ? undefined : (blob.text ?? undefined);
  const { name, oid } = file;
  return { name, oid, binary: blob?.isBinary === true, ...(text === undefined ? {} : { text }) };
}
