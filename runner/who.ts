import type { PlatformPath } from 'node:path';
import type { MachineReport } from '../src/machines/report.ts';
import type { Disk } from './disk.ts';
import { isJson, type Json, looseJson, textOf } from './labels/loose-json.ts';

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

/** Undefined where the folder is that of neither vendor and no job runs. */
export function whoIs(runner: string, env: Environment, disk: Disk, path: PlatformPath): Who | undefined {
  const settings = (name: string): Json | undefined => {
    const read = disk.read(path.join(runner, name), MOST_OF_SETTINGS);
    const value = 'bytes' in read ? looseJson(read.bytes.toString('utf8')) : undefined;
    return isJson(value) ? value : undefined;
  };
  const github = settings('.runner');
  if (github !== undefined) return githubRunner(github, env);
  const agent = settings('.agent');
  if (agent !== undefined) return devopsAgent(agent, env);
  if (env.GITHUB_ACTIONS !== undefined) return githubRunner({}, env);
  return env.TF_BUILD === undefined ? undefined : devopsAgent({}, env);
}

function githubRunner(settings: Json, env: Environment): Who {
  const name = textOf(settings.agentName) ?? env.RUNNER_NAME ?? 'unknown';
  const { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB, RUNNER_TRACKING_ID } = env;
  return {
    vendor: 'github',
    // A matrix runs one job several times; only the runner’s own number of the job tells them apart.
    job: jobOf(['github', GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB, name, RUNNER_TRACKING_ID]),
    name,
    registeredAt: addressOf(
      textOf(settings.gitHubUrl) ??
        `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY_OWNER ?? 'unknown'}`,
    ),
    ...common(settings),
    ...(typeof settings.ephemeral === 'boolean' ? { ephemeral: settings.ephemeral } : {}),
  };
}

function devopsAgent(settings: Json, env: Environment): Who {
  const name = textOf(settings.agentName) ?? env.AGENT_NAME ?? 'unknown';
  return {
    vendor: 'azure-devops',
    job: jobOf(['azure-devops', env.BUILD_BUILDID, env.SYSTEM_JOBATTEMPT, env.SYSTEM_JOBID ?? env.AGENT_JOBNAME, name]),
    name,
    registeredAt: addressOf(textOf(settings.serverUrl) ?? env.SYSTEM_COLLECTIONURI ?? 'unknown'),
    ...common(settings),
  };
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
