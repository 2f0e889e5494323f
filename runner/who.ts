import type { PlatformPath } from 'node:path';
import type { MachineReport } from '../src/machines/report.ts';
import { isJson, type Json, looseJson, textOf } from './labels/loose-json.ts';
import type { Disk } from './look/disk.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who this runner or agent is, by its own settings and then by the job's variables. Names are not yet safe to show. */
export interface Who {
  readonly vendor: MachineReport['vendor'];
  readonly job: string;
  readonly name: string;
  readonly number?: number;
  readonly registeredAt: string;
  readonly pool?: string;
  readonly ephemeral?: boolean;
  readonly workFolder: string;
}

const MOST_OF_SETTINGS = 64 * 1_024;

/**
 * Undefined where the folder is that of neither vendor and no job runs. `chance` names a job of which nothing tells it from
 * others: a report of the same job is taken once.
 */
export function whoIs(
  runner: string,
  env: Environment,
  disk: Disk,
  path: PlatformPath,
  chance: () => string,
): Who | undefined {
  const settings = (name: string): Json | undefined => {
    const read = disk.read(path.join(runner, name), MOST_OF_SETTINGS);
    const value = 'bytes' in read ? looseJson(read.bytes.toString('utf8')) : undefined;
    return isJson(value) ? value : undefined;
  };
  const github = settings('.runner');
  if (github !== undefined) return githubRunner(github, env, chance);
  const agent = settings('.agent');
  if (agent !== undefined) return devopsAgent(agent, env, chance);
  if (env.GITHUB_ACTIONS !== undefined) return githubRunner({}, env, chance);
  return env.TF_BUILD === undefined ? undefined : devopsAgent({}, env, chance);
}

function githubRunner(settings: Json, env: Environment, chance: () => string): Who {
  const name = textOf(settings.agentName) ?? env.RUNNER_NAME ?? 'unknown';
  const { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB, RUNNER_TRACKING_ID = '' } = env;
  // A matrix runs one job several times; only the runner’s own number of the job tells them apart, and jobs set it to 0.
  const own = /^github_./.test(RUNNER_TRACKING_ID) ? RUNNER_TRACKING_ID : undefined;
  return {
    vendor: 'github',
    job: jobOf(['github', GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB, name, own ?? chance()]),
    name,
    registeredAt: addressOf(
      textOf(settings.gitHubUrl) ??
        `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY_OWNER ?? 'unknown'}`,
    ),
    ...common(settings),
    ...(typeof settings.ephemeral === 'boolean' ? { ephemeral: settings.ephemeral } : {}),
  };
}

function devopsAgent(settings: Json, env: Environment, chance: () => string): Who {
  const name = textOf(settings.agentName) ?? env.AGENT_NAME ?? 'unknown';
  return {
    vendor: 'azure-devops',
    job: jobOf(['azure-devops', ...devopsJob(env, chance), name]),
    name,
    registeredAt: addressOf(textOf(settings.serverUrl) ?? env.SYSTEM_COLLECTIONURI ?? 'unknown'),
    ...common(settings),
  };
}

/**
 * A job's own id is made of its names, so that it is the same in each run: only with the run and all attempts is it one
 * job. Classic releases have no build, and a plan of their own for each attempt.
 */
function devopsJob(env: Environment, chance: () => string): (string | undefined)[] {
  const { BUILD_BUILDID, SYSTEM_PLANID, SYSTEM_STAGEATTEMPT, SYSTEM_JOBATTEMPT, SYSTEM_JOBID } = env;
  const run = SYSTEM_PLANID ?? BUILD_BUILDID;
  if (run === undefined || SYSTEM_JOBID === undefined) return [run, chance()];
  return [run, SYSTEM_STAGEATTEMPT, SYSTEM_JOBATTEMPT, SYSTEM_JOBID];
}

function common({ agentId, poolName, workFolder }: Json): Pick<Who, 'number' | 'pool' | 'workFolder'> {
  const pool = textOf(poolName);
  return {
    ...(Number.isSafeInteger(agentId) && Number(agentId) >= 0 ? { number: Number(agentId) } : {}),
    ...(pool === undefined ? {} : { pool }),
    workFolder: textOf(workFolder) ?? '_work',
  };
}

function jobOf(parts: readonly (string | undefined)[]): string {
  return parts.map((part) => part ?? '-').join('/');
}

function addressOf(text: string): string {
  return text.replace(/\/+$/, '');
}
