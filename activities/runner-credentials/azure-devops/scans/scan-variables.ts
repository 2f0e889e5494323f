import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { Config } from '../../../../src/config.ts';
import { type Together, together } from '../../../../src/connectors/azure-devops/list-all.ts';
import type { DevOpsProject, PipelineDefinition } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { pipelineVariablePlace } from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { inProjects, type Projects, withoutProjects } from '../read-projects.ts';
import { type CountingFor, type TokenScan, UNCOUNTED } from '../scan.ts';
import { type Holder, pipeline, unique, variableGroup } from '../variable-holders.ts';

/** What was read of variables, with the pipelines that it was read from. */
export interface VariableScan extends TokenScan {
  readonly pipelines: readonly ProjectPipeline[];
  /** Why these pipelines are not all. */
  readonly unlisted: readonly VendorFailure[];
}

/** A pipeline, with its project. */
export interface ProjectPipeline {
  readonly project: DevOpsProject;
  readonly definition: PipelineDefinition;
}

/** The variables of every pipeline and variable group of an organisation, project by project. */
export async function scanVariables(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  projects: Projects,
  leaver: Leaver,
  counting: CountingFor = UNCOUNTED,
): Promise<VariableScan> {
  const { organisation } = projects;
  const progress = counting(sourceOf('pipeline-variables', organisation), 'projects');
  await progress.begin(projects.items.length);
  const sources = (['pipeline-variables', 'variable-groups'] as const).map((what) => sourceOf(what, organisation));
  const none = withoutProjects(projects, sources);
  if (none !== undefined) {
    return { findings: [], located: [], uses: [], coverage: none, failures: [], pipelines: [], unlisted: [] };
  }
  const [definitions, groups] = await Promise.all([
    inProjects(vendors, projects, 'pipelines', async (project) => {
      const listed = await vendors.devops.listDefinitions(organisation, project);
      if (listed.failure === undefined) await progress.one();
      return each(listed, (definition) => ({ project, definition }));
    }),
    inProjects(vendors, projects, 'variable groups', async (project) =>
      each(await vendors.devops.listVariableGroups(organisation, project), (one) =>
        variableGroup(settings, organisation, project, one),
      ),
    ),
  ]);
  const pipelines = definitions.items;
  const lists: readonly Together<Holder>[] = [
    each(definitions, ({ project, definition }) => pipeline(settings, organisation, project, definition)),
    groups,
  ];
  const both = together(lists);
  const units = ['pipelines', 'variable groups'];
  const holders = unique(both.items);
  return {
    findings: holders.flatMap((holder) => secretsOf(holder, organisation, leaver)),
    located: holders.flatMap((holder) => tokensOf(holder, organisation)),
    uses: holders.flatMap(({ use }) => use ?? []),
    coverage: lists.map((list, at) => coverageOfList(sources[at] ?? '', units[at] ?? '', list, secretNote(list))),
    failures: both.failures,
    ...(both.slowDownMs === undefined ? {} : { slowDownMs: both.slowDownMs }),
    pipelines,
    unlisted: definitions.failures,
  };
}

/** The same list, of what each row stands for. */
function each<L extends { readonly items: readonly unknown[] }, To>(
  list: L,
  to: (item: L['items'][number]) => To,
): Omit<L, 'items'> & { readonly items: readonly To[] } {
  return { ...list, items: list.items.map(to) };
}

const sourceOf = (what: 'pipeline-variables' | 'variable-groups', organisation: string): string =>
  `azure-devops/${what}:${organisation}`;

/** What cannot be read is reported, so that "all were looked at" does not claim too much. */
function secretNote(list: Listing<Holder>): string | undefined {
  const secrets = list.items.flatMap(({ variables }) =>
    Object.values(variables ?? {}).filter(({ isSecret }) => isSecret === true),
  );
  return secrets.length === 0
    ? undefined
    : `${counted(secrets.length, 'secret value')} among them can be read by nobody.`;
}

function tokensOf(holder: Holder, organisation: string): LocatedTokens[] {
  const source = sourceOf(
    holder.kind === 'token-in-variable-group' ? 'variable-groups' : 'pipeline-variables',
    organisation,
  );
  return Object.entries(holder.variables ?? {}).map(([variable, { value }]) => ({
    place: pipelineVariablePlace(holder, variable),
    source,
    within: organisation,
    tokens: findTokens(value ?? '', variable),
  }));
}

/** Secret variables that the leaver may have filled: they cannot be read, so a person has to say what they are. */
function secretsOf(holder: Holder, organisation: string, leaver: Leaver): Finding[] {
  const descriptors = leaver.devops.map(({ descriptor }) => descriptor);
  const known = new Set([...descriptors, leaver.userPrincipalName?.toLowerCase()]);
  const authors = [...holder.writtenBy, ...holder.lastEditedBy];
  if (!authors.some((author) => known.has(author) || known.has(author.toLowerCase()))) return [];
  const secrets = Object.entries(holder.variables ?? {}).flatMap(([name, { isSecret }]) =>
    isSecret === true ? [name] : [],
  );
  return secrets.length === 0 ? [] : [secretsFinding(holder, organisation, secrets)];
}

function secretsFinding(
  { what, name, resource, evidence }: Holder,
  organisation: string,
  secrets: readonly string[],
): Finding {
  return {
    id: findingId('runner-credentials', 'secret-of-leaver', resource.id),
    step: 'runner-credentials',
    kind: 'secret-of-leaver',
    title: `Secret variables of ${what} ${name} may hold the leaver’s credentials`,
    resource,
    severity: 'medium',
    status: 'manual-action',
    reason: `The leaver wrote this ${resource.type === 'pipeline' ? 'pipeline' : 'group'} in ${organisation}, and nobody can read its secrets. Ask its team what they are, and rotate them.`,
    evidence: { ...evidence, secrets },
  };
}
