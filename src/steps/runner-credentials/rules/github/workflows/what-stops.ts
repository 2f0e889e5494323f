import type { Finding } from '../../../../../cases/finding.ts';
import type { Impact } from '../../../../../cases/remedies/remedy.ts';
import type { Use } from '../../../../../cases/remedies/use.ts';
import type { VariableScope } from '../../../../../connectors/github/actions/variables.ts';
import { type WorkflowUse, WorkflowUseSchema } from './workflow-use.ts';

interface Repository {
  readonly organisation: string;
  readonly repository: string;
}

/** Workflows that name a variable and take it from this scope; those that compute its name only may. */
export function stopsWithoutVariable(scope: VariableScope, name: string, uses: readonly Use[]): Impact[] {
  const variable = name.toUpperCase();
  return workflowsIn(uses)
    .filter((each) => takesFrom(scope, variable, each))
    .flatMap((each) => {
      if (each.variables.includes(variable)) return [impactOf(each, whereOf(each))];
      return each.anyVariable ? [{ ...impactOf(each, whereOf(each)), perhaps: true as const }] : [];
    });
}

function takesFrom(scope: VariableScope, variable: string, use: WorkflowUse): boolean {
  switch (scope.type) {
    case 'organisation':
      return same(scope.organisation, use.organisation) && !use.ownVariables.includes(variable);
    case 'repository':
      return isIn(use, scope);
    case 'environment':
      return isIn(use, scope) && (use.environments?.includes(scope.environment.toLowerCase()) ?? true);
    default:
      return scope satisfies never;
  }
}

/** What else starts the file of a schedule: its other events, its schedules, and workflows that call it. */
export function stopsWithWorkflow(place: Repository & { readonly path: string }, uses: readonly Use[]): Impact[] {
  const near = workflowsIn(uses).filter((each) => isIn(each, place));
  const own = near.filter(({ path }) => path === place.path);
  return [
    ...own.flatMap((each) => each.events.map((event) => impactOf(each, `${whereOf(each)} on ${event}`))),
    ...own.flatMap((each) => each.crons.map((cron) => impactOf(each, `${whereOf(each)} at ${cron}`))),
    ...near.filter(({ calls }) => calls.includes(place.path)).map((each) => impactOf(each, whereOf(each))),
  ];
}

/** Labels that every self-hosted runner of its kind has: docs.github.com/actions, "Using labels". */
const DEFAULT_LABELS = new Set(['self-hosted', 'linux', 'windows', 'macos', 'x64', 'arm', 'arm64']);

/**
 * Workflows with a job that asks for a label of this runner's own. What asks for no more than a self-hosted machine
 * may run on another one, so that it only may stop.
 */
export function stopsWithoutRunner(
  { organisation, repository }: { readonly organisation: string; readonly repository?: string | undefined },
  customLabels: readonly string[],
  uses: readonly Use[],
): Impact[] {
  const own = new Set(customLabels.map((label) => label.toLowerCase()).filter((label) => !DEFAULT_LABELS.has(label)));
  const inPlace = (use: WorkflowUse): boolean =>
    repository === undefined ? same(organisation, use.organisation) : isIn(use, { organisation, repository });
  return workflowsIn(uses)
    .filter(inPlace)
    .flatMap((use) => {
      const fitting = use.runsOn.filter((labels) =>
        labels.every((label) => own.has(label) || DEFAULT_LABELS.has(label)),
      );
      if (fitting.some((labels) => labels.some((label) => own.has(label)))) return [impactOf(use, whereOf(use))];
      const anywhere = use.anyRunner || fitting.some((labels) => labels.includes('self-hosted'));
      return anywhere ? [{ ...impactOf(use, whereOf(use)), perhaps: true as const }] : [];
    });
}

/** Where else a token stands, and the workflows that read it there: all of that stops where the token itself ends. */
export function stopsWithToken(
  sha256: string,
  { findings, uses }: { readonly findings: readonly Finding[]; readonly uses: readonly Use[] },
): Impact[] {
  const places = findings.filter(({ evidence, status }) => evidence.sha256 === sha256 && status !== 'nothing-to-do');
  const files = new Set(places.flatMap(({ resource }) => (resource.type === 'workflow-file' ? [resource.id] : [])));
  return [
    ...places.map(({ id, resource: { id: what, url } }) => ({
      what,
      finding: id,
      ...(url === undefined ? {} : { link: url }),
    })),
    ...workflowsIn(uses).flatMap((use) => (files.has(whereOf(use)) ? [impactOf(use, whereOf(use))] : [])),
  ];
}

function workflowsIn(uses: readonly Use[]): WorkflowUse[] {
  return uses.flatMap((use) => {
    const read = WorkflowUseSchema.safeParse(use);
    return read.success ? [read.data] : [];
  });
}

function isIn(use: WorkflowUse, { organisation, repository }: Repository): boolean {
  return same(use.organisation, organisation) && same(use.repository, repository);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function whereOf({ organisation, repository, path }: WorkflowUse): string {
  return `${organisation}/${repository}/${path}`;
}

function impactOf({ url }: WorkflowUse, what: string): Impact {
  return { what, link: url };
}
