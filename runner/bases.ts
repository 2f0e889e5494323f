import type { PlatformPath } from 'node:path';
import type { Base, Os } from './places.ts';

/** Of the process and the machine, what says where things stand. */
export interface Surroundings {
  readonly os: Os;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string | undefined;
  /** The folder of the runner or agent. */
  readonly runner: string;
  /** Of its own settings: the name of its folder for work. */
  readonly workFolder: string;
  readonly path: PlatformPath;
}

/** The folders that paths of `places.ts` begin with; one that this machine has not is absent. */
export function basesOf({ os, env, home, runner, workFolder, path }: Surroundings): Partial<Record<Base, string>> {
  const under = (...parts: readonly string[]): string | undefined =>
    home === undefined ? undefined : path.join(home, ...parts);
  const windows = os === 'windows';
  const data = windows ? (env.APPDATA ?? under('AppData', 'Roaming')) : undefined;
  const config = env.XDG_CONFIG_HOME ?? under('.config');
  const work = path.resolve(runner, workFolder);
  const all: Record<Exclude<Base, 'named-by'>, string | undefined> = {
    home,
    config,
    'application-data': data ?? (os === 'macos' ? under('Library', 'Application Support') : config),
    'local-data': windows ? (env.LOCALAPPDATA ?? under('AppData', 'Local')) : undefined,
    runner,
    work,
    temp: env.RUNNER_TEMP ?? env.AGENT_TEMPDIRECTORY ?? path.join(work, '_temp'),
    system: windows ? env.ProgramData : '/etc',
    azure: env.AZURE_CONFIG_DIR ?? under('.azure'),
    docker: env.DOCKER_CONFIG ?? under('.docker'),
    gh: env.GH_CONFIG_DIR ?? (data === undefined ? config && path.join(config, 'gh') : path.join(data, 'GitHub CLI')),
    gcloud:
      env.CLOUDSDK_CONFIG ?? (data === undefined ? config && path.join(config, 'gcloud') : path.join(data, 'gcloud')),
    claude: env.CLAUDE_CONFIG_DIR ?? under('.claude'),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, folder]) => folder !== undefined && folder !== '' && path.isAbsolute(folder)),
  );
}

/** A path as it is shown: `~` for the home of the account. */
export function fromHome(file: string, { home, path, os }: Pick<Surroundings, 'home' | 'path' | 'os'>): string {
  if (home === undefined || path.dirname(home) === home) return file;
  const same = os === 'windows' ? file.toLowerCase().startsWith(home.toLowerCase()) : file.startsWith(home);
  const rest = file.slice(home.length);
  return same && (rest.startsWith('/') || rest.startsWith(path.sep)) ? `~${rest}` : file;
}
