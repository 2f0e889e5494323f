import * as z from 'zod';
import type { Immutable } from '../../../../../shapes/immutable.ts';
import { isMap } from '../../code/code-reference.ts';
import { webUrl } from '../web-url.ts';
import { readWorkflow } from './read-workflow.ts';

/** What a workflow rests on, from its file on the default branch. */
export const WorkflowUseSchema = z.strictObject({
  kind: z.literal('github-workflow'),
  organisation: z.string(),
  repository: z.string(),
  /** From the root: `.github/workflows/nightly.yml`. */
  path: z.string(),
  url: z.string(),
  /** Names that stand after `vars.`, in capital letters, as GitHub keeps them. */
  variables: z.array(z.string()),
  /** It computes which variable it takes, or takes all. */
  anyVariable: z.boolean().default(false),
  /** Those of them that the repository has itself, so that it does not take the organisation's. */
  ownVariables: z.array(z.string()),
  /** Names of environments, in small letters; null where one is known only when it runs. */
  environments: z.nullable(z.array(z.string())),
  /** What each of its jobs asks of its runner, in small letters; a job whose labels are computed is not among them. */
  runsOn: z.array(z.array(z.string())),
  /** A job computes what it asks of its runner. */
  anyRunner: z.boolean().default(false),
  /** What starts it besides a schedule. */
  events: z.array(z.string()),
  crons: z.array(z.string()),
  /** Paths of workflows of the same repository that it calls. */
  calls: z.array(z.string()),
});
export type WorkflowUse = Immutable<z.output<typeof WorkflowUseSchema>>;

interface WorkflowFile extends Pick<WorkflowUse, 'organisation' | 'repository' | 'path'> {
  readonly text: string;
}

/**
 * What a workflow file rests on; undefined where it cannot be read as one.
 * Source: docs.github.com/actions, "Workflow syntax" and "Contexts" (vars).
 */
export function workflowUse(
  { text, ...file }: WorkflowFile,
  variablesOfRepository: ReadonlySet<string>,
  apiEndpoint: string,
): WorkflowUse | undefined {
  const content = readWorkflow(text);
  if (content === undefined) return undefined;
  const jobs = Object.values(isMap(content.jobs) ? content.jobs : {}).filter(isMap);
  const variables = variablesIn(text);
  const environments = jobs.flatMap(({ environment }) => nameOf(environment) ?? []);
  const on = content.on ?? content.true;
  return {
    kind: 'github-workflow',
    ...file,
    url: webUrl(apiEndpoint, `/${file.organisation}/${file.repository}/blob/HEAD/${file.path}`),
    variables,
    anyVariable: ANY_VARIABLE.test(withoutComments(text)),
    ownVariables: variables.filter((name) => variablesOfRepository.has(name)),
    environments: environments.some(isComputed) ? null : unique(environments.map((name) => name.toLowerCase())),
    runsOn: jobs.flatMap((job) => labelsOf(job['runs-on'])),
    anyRunner: jobs.some((job) => askedOf(job['runs-on']).some(isComputed)),
    events: eventsOf(on).filter((event) => event !== 'schedule'),
    crons: cronsOf(on),
    calls: unique(
      jobs.flatMap(({ uses }) => (typeof uses === 'string' && uses.startsWith('./') ? [uses.slice(2)] : [])),
    ),
  };
}

/** `vars[matrix.name]`, `toJSON(vars)`, `vars.*`: not a name that stands there. */
const ANY_VARIABLE = /\bvars(?:\s*[),]|\.\*|\[\s*[^'\s])/;

/** Lines that are comments as a whole do nothing. */
function withoutComments(text: string): string {
  return text.replace(/^\s*#.*/gm, '');
}

function variablesIn(text: string): string[] {
  const code = withoutComments(text);
  const named = [...code.matchAll(/\bvars(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[\s*'([^']{1,255})'\s*\])/g)];
  return unique(named.map(([, dotted, quoted = '']) => (dotted ?? quoted).toUpperCase()));
}

function nameOf(environment: unknown): string | undefined {
  const name = isMap(environment) ? environment.name : environment;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** One list of labels for a job that says it in any of its three spellings; none where they are computed. */
function labelsOf(runsOn: unknown): string[][] {
  const labels = askedOf(runsOn);
  return labels.length === 0 || labels.some(isComputed) ? [] : [labels.map((label) => label.toLowerCase())];
}

function askedOf(runsOn: unknown): string[] {
  const asked = isMap(runsOn) ? runsOn.labels : runsOn;
  return (Array.isArray(asked) ? asked : [asked]).filter((label) => typeof label === 'string');
}

function eventsOf(on: unknown): string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.filter((event) => typeof event === 'string');
  return isMap(on) ? Object.keys(on) : [];
}

function cronsOf(on: unknown): string[] {
  const schedule = isMap(on) ? on.schedule : undefined;
  if (!Array.isArray(schedule)) return [];
  return schedule.flatMap((entry) => (isMap(entry) && typeof entry.cron === 'string' ? [entry.cron] : []));
}

function isComputed(text: string): boolean {
  return text.includes('${{');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
