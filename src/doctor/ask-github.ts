import type { Config } from '../config.ts';
import { type GitHubInstallation, installationOf } from '../connectors/github/client.ts';
import { failureOf } from '../connectors/github/failure.ts';
import { proveSigning } from '../connectors/github/sign-app-jwt.ts';
import { failed, ok, type VendorResult } from '../connectors/result.ts';
import { KEY_VAULT_PERMISSIONS } from '../permissions/azure-permissions.ts';
import { GITHUB_PERMISSIONS } from '../permissions/github-permissions.ts';
import type { Permission } from '../permissions/permission.ts';
import { type Answers, answerOf } from './answer-of.ts';
import { type DoctorAnswer, type DoctorCheck, worstAnswer } from './diagnosis.ts';

/** Whether each identity may sign as the GitHub App. */
export function askKeyVault(config: Config): Promise<Answers> {
  return Promise.all(
    KEY_VAULT_PERMISSIONS.map(async ({ id, identity }) => {
      const signed = await signAs(config, identity === 'reader' ? 'reader' : 'remover');
      return [id, answerOf(signed)] as const;
    }),
  );
}

async function signAs(config: Config, identity: 'reader' | 'remover'): Promise<VendorResult<undefined>> {
  try {
    await proveSigning(config, identity);
    return ok(undefined);
  } catch (error) {
    return failed(failureOf(error, { what: 'a test', where: 'this app' }, Date.now()));
  }
}

interface Installed {
  readonly organisation: string;
  readonly installation: VendorResult<GitHubInstallation>;
}

/** By GitHub's own account of what each organisation granted the App, and of which repositories it sees. */
export async function askGitHub(
  config: Config,
): Promise<{ readonly answers: Answers; readonly checks: DoctorCheck[] }> {
  const installed = await Promise.all(
    config.GITHUB_ORGANISATIONS.map(
      async (organisation): Promise<Installed> => ({
        organisation,
        installation: await installationOf(config, 'reader', organisation),
      }),
    ),
  );
  return {
    answers: GITHUB_PERMISSIONS.flatMap((row) =>
      installed.length === 0 ? [] : [[row.id, worstAnswer(installed.map((each) => granted(row, each)))] as const],
    ),
    checks: installed.map(selectionOf),
  };
}

function granted({ grant }: Permission, { organisation, installation }: Installed): DoctorAnswer {
  if (!installation.ok) return { state: 'could-not-check', detail: installation.failure.message };
  if (grant.kind !== 'github-app-permission')
    return { state: 'could-not-check', detail: 'not a permission of the App' };
  const held = installation.value.permissions[grant.name];
  if (held !== undefined && (grant.level === 'read' || held !== 'read')) return { state: 'granted' };
  const has = held === undefined ? 'nothing of it' : held;
  return { state: 'missing', detail: `${organisation} granted the App ${has}.` };
}

function selectionOf({ organisation, installation }: Installed): DoctorCheck {
  const check = `github-installation:${organisation}`;
  if (!installation.ok) {
    const { failure } = installation;
    const whatToDo = 'Install the GitHub App on the organisation, on all repositories.';
    if (failure.kind === 'denied' && failure.status === 404)
      return { check, state: 'fails', detail: failure.message, whatToDo };
    return { check, state: 'could-not-check', detail: failure.message };
  }
  if (installation.value.repositorySelection === 'all')
    return { check, state: 'passes', detail: 'The App is installed on all repositories.' };
  return {
    check,
    state: 'fails',
    detail:
      'The App is installed on selected repositories only: the others are invisible to it, and reports stay incomplete.',
    whatToDo: `An owner of ${organisation} sets the installation’s repository access to all repositories.`,
  };
}
