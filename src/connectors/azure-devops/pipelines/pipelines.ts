import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import type { Listing } from '../../listing.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { named, textual, withOdd } from '../odd-values.ts';
import { QUERIES } from '../queries.ts';

const Project = z.object({ id: z.string().min(1), name: z.string() });
export type DevOpsProject = z.output<typeof Project>;

/** Whoever made or changed something. */
export const Person = z
  .object({
    /** The storage key, which the graph calls its own. */
    id: z.string().nullish().catch(null),
    uniqueName: z.string().nullish(),
    descriptor: z.string().nullish(),
  })
  .nullish();
export type DevOpsPerson = z.output<typeof Person>;
/** A variable; the value of a secret one is null for everybody. Other values may be credentials: never file them. */
export const Variable = z.object({ value: textual, isSecret: z.boolean().nullish() });
const Variables = named(Variable);

/** Source: BuildDefinition and AgentPoolQueue in build.json of github.com/MicrosoftDocs/vsts-rest-api-specs, 7.1. */
const Queue = z.object({ pool: z.object({ id: z.number() }).nullish() });
/** Made on the page: type 1, and each of its phases may have a queue of its own. A YAML file's is type 2. */
const Designer = z.object({
  type: z.literal(1),
  phases: z.array(z.object({ target: z.object({ queue: Queue.nullish() }).nullish() })).nullish(),
});

/** A YAML file of a repository of Azure Repos; those of GitHub and elsewhere have another type. */
const Yaml = z.object({ type: z.literal(2), yamlFilename: z.string().min(1) });
const AzureRepository = z.object({
  id: z.string().min(1),
  type: z.literal('TfsGit'),
  name: z.string().nullish().catch(null),
  defaultBranch: z.string().nullish().catch(null),
});

/** Where its file lies, where it has one and that is in Azure Repos. */
function yamlOf(process: unknown, repository: unknown): YamlFile | undefined {
  const file = Yaml.safeParse(process).data;
  const where = AzureRepository.safeParse(repository).data;
  if (file === undefined || where === undefined) return undefined;
  const branch = where.defaultBranch?.replace(/^refs\/heads\//, '');
  return {
    repositoryId: where.id,
    repository: where.name ?? where.id,
    path: file.yamlFilename.replace(/^\/+/, ''),
    ...(branch === undefined || branch === '' ? {} : { branch }),
  };
}

/** The file that a pipeline is, from the root of its repository. */
export interface YamlFile {
  readonly repositoryId: string;
  readonly repository: string;
  readonly path: string;
  readonly branch?: string;
}

/** In which pools it runs, and whether a file may say otherwise. */
function runsIn(
  process: unknown,
  own: number | undefined,
): { readonly poolIds: readonly number[]; readonly byFile: boolean } {
  const designer = Designer.safeParse(process).data;
  const phases = (designer?.phases ?? []).flatMap(({ target }) => target?.queue?.pool?.id ?? []);
  return { poolIds: [...new Set([...(own === undefined ? [] : [own]), ...phases])], byFile: designer === undefined };
}

const Definition = z
  .object({
    id: z.number().int(),
    name: z.string(),
    authoredBy: Person,
    variables: Variables,
    // What only says where it runs keeps nobody from reading the rest.
    queue: Queue.nullish().catch(undefined),
    variableGroups: z
      .array(z.object({ id: z.number() }))
      .nullish()
      .catch(undefined),
    // What references, which have no variables, lack.
    process: z.unknown().optional(),
    repository: z.unknown().optional(),
  })
  .transform(({ process, repository, variables, queue, variableGroups, ...definition }) => ({
    ...definition,
    ...runsIn(process, queue?.pool?.id),
    yaml: yamlOf(process, repository),
    /** Its file lies where another vendor, or nobody, is asked for it. */
    yamlElsewhere: Yaml.safeParse(process).success && yamlOf(process, repository) === undefined,
    /** Ids of the groups that it names itself; those that a file names are not among them. */
    groupIds: (variableGroups ?? []).map(({ id }) => id),
    variables: variables.values,
    /** Variables that could not be read. */
    odd: variables.odd,
    /** A reference in place of the definition: what variables it has is not known. */
    shallow: (process ?? repository ?? undefined) === undefined,
  }));
export type PipelineDefinition = z.output<typeof Definition>;

const VariableGroup = z
  .object({
    id: z.number().int(),
    name: z.string(),
    type: z.string().nullish(),
    createdBy: Person,
    modifiedBy: Person,
    variables: Variables,
  })
  .transform(({ variables, ...group }) => ({ ...group, variables: variables.values, odd: variables.odd }));
export type VariableGroup = z.output<typeof VariableGroup>;

/** Every project that the app may see. One that it may not see is not listed, and nothing says so. */
export async function listProjects(
  settings: DevOpsSettings,
  organisation: string,
  identity: IdentityName = 'reader',
): Promise<Listing<DevOpsProject>> {
  return listAll(settings, {
    ...QUERIES.projects(),
    identity,
    organisation,
    what: `list the projects of ${organisation}`,
    row: Project,
    keyOf: ({ id }) => id,
  });
}

/** Every pipeline of a project with its variables (those of YAML files are in the repositories). */
export async function listDefinitions(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<PipelineDefinition>> {
  const what = `list the pipelines of project ${project.name} in ${organisation}`;
  const listing = await listAll(settings, {
    ...QUERIES.definitions(project.id),
    identity: 'reader',
    organisation,
    what,
    row: Definition,
    keyOf: ({ id }) => id,
  });
  // The declared item of this list is the reference; only the text of the parameter promises the definition.
  const shallow = listing.items.filter((each) => each.shallow && Object.keys(each.variables).length === 0);
  if (shallow.length > 0 && listing.failure === undefined) {
    const message = `Azure DevOps was asked to ${what} and gave ${shallow.length} of them without their variables.`;
    return { ...listing, failure: { kind: 'incomplete', status: 200, message } };
  }
  return withOdd(listing, what, ({ odd }) => odd);
}

/**
 * Every variable group of a project, by rising ids, each page from the last id on: the answer names no next page.
 * Source: the examples of taskAgent.json in github.com/MicrosoftDocs/vsts-rest-api-specs
 */
export async function listVariableGroups(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<VariableGroup>> {
  const what = `list the variable groups of project ${project.name} in ${organisation}`;
  const listing = await listAll(settings, {
    ...QUERIES.variableGroups(project.id),
    identity: 'reader',
    organisation,
    what,
    row: VariableGroup,
    keyOf: ({ id }) => id,
    after: ({ id }) => String(id),
  });
  return withOdd(listing, what, ({ odd }) => odd);
}
