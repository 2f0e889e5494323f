import type { PlatformPath } from 'node:path';
import type { Base, Os } from './places.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of the process and the machine, what says where things stand. */
export interface Surroundings {
  readonly os: Os;
  readonly env: Environment;
  /** The home that the system has for the account, whatever the job's environment says; absent where it has none. */
  readonly accountHome: string | undefined;
  /** The folder of the runner or agent. */
  readonly runner: string;
  /** Of its own settings: the name of its folder for work. */
  readonly workFolder: string;
  readonly path: PlatformPath;
}

/** Folders that paths of `places.ts` begin with; one that this machine has not is absent. */
export type Folders = Partial<Record<Base, string>>;

/** Folders, and the variables that may name files beside them. */
export interface Root {
  readonly folders: Folders;
  readonly named: Environment;
}

/**
 * Where is looked, in this order. What a job cannot move comes first: the runner's own folder, the system's, and the home
 * of the account with what its tools keep there. Then what this job's own variables say.
 */
export function rootsOf(around: Surroundings): readonly Root[] {
  const { os, env, accountHome, runner, workFolder, path } = around;
  const work = path.resolve(runner, workFolder);
  const ofTheJob = {
    ...foldersOfHome(homeOfJob(around), env, around),
    work,
    temp: env.RUNNER_TEMP ?? env.AGENT_TEMPDIRECTORY ?? path.join(work, '_temp'),
  };
  const roots: readonly [Record<string, string | undefined>, Environment][] = [
    [{ runner, system: os === 'windows' ? env.ProgramData : '/etc' }, {}],
    [foldersOfHome(accountHome, {}, around), {}],
    [ofTheJob, env],
  ];
  return roots.map(([folders, named]) => ({
    folders: Object.fromEntries(
      Object.entries(folders).filter(([, folder]) => folder !== undefined && path.isAbsolute(folder)),
    ),
    named,
  }));
}

/** The home of the account, or where the system has none for it, that of the job. */
export function homeOf(around: Pick<Surroundings, 'accountHome' | 'env' | 'os'>): string | undefined {
  return around.accountHome ?? homeOfJob(around);
}

function homeOfJob({ os, env }: Pick<Surroundings, 'env' | 'os'>): string | undefined {
  return os === 'windows' ? env.USERPROFILE : env.HOME;
}

type OfHome = Exclude<Base, 'named-by' | 'runner' | 'system' | 'temp' | 'work'>;

/** Where tools keep what is the account's, unless these variables say otherwise. */
function foldersOfHome(
  home: string | undefined,
  env: Environment,
  { os, path }: Pick<Surroundings, 'os' | 'path'>,
): Record<OfHome, string | undefined> {
  const under = (...parts: readonly string[]): string | undefined =>
    home === undefined ? undefined : path.join(home, ...parts);
  const windows = os === 'windows';
  const data = windows ? (env.APPDATA ?? under('AppData', 'Roaming')) : undefined;
  const config = env.XDG_CONFIG_HOME ?? under('.config');
  return {
    home,
    config,
    'application-data': data ?? (os === 'macos' ? under('Library', 'Application Support') : config),
    'local-data': windows ? (env.LOCALAPPDATA ?? under('AppData', 'Local')) : undefined,
    azure: env.AZURE_CONFIG_DIR ?? under('.azure'),
    docker: env.DOCKER_CONFIG ?? under('.docker'),
    gh: env.GH_CONFIG_DIR ?? (data === undefined ? config && path.join(config, 'gh') : path.join(data, 'GitHub CLI')),
    gcloud:
      env.CLOUDSDK_CONFIG ?? (data === undefined ? config && path.join(config, 'gcloud') : path.join(data, 'gcloud')),
    claude: env.CLAUDE_CONFIG_DIR ?? under('.claude'),
  };
}

/** A path as it is shown: `~` for the home of the account. What stands in another home of the job's keeps its whole path. */
export function fromHome(file: string, around: Pick<Surroundings, 'accountHome' | 'env' | 'path' | 'os'>): string {
  const { path, os } = around;
  const home = homeOf(around)?.replace(/[\\/]+$/, '');
  if (home === undefined || home === '' || !path.isAbsolute(home) || path.dirname(home) === home) return file;
  const same = os === 'windows' ? file.toLowerCase().startsWith(home.toLowerCase()) : file.startsWith(home);
  const rest = file.slice(home.length);
  return same && (rest.startsWith('/') || rest.startsWith(path.sep)) ? `~${rest}` : file;
}
