import type { Config } from '../../config.ts';
import { KEY_VAULT_PERMISSIONS } from '../../connectors/arm/permissions.ts';
import { ASSESSOR_GITHUB_PERMISSIONS } from '../../connectors/github/assessor-permissions.ts';
import type { GitHubInstallation } from '../../connectors/github/call/client.ts';
import { GITHUB_PERMISSIONS } from '../../connectors/github/permissions.ts';
import type { PermissionRow } from '../../connectors/permission.ts';
import type { VendorResult } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type DoctorAnswer, type DoctorCheck, worstAnswer } from '../diagnosis.ts';
import { type Answers, answerOf } from './answer-of.ts';

/** Whether each identity may sign as its GitHub App. */
export async function askKeyVault({ assessor, github }: Pick<Vendors, 'assessor' | 'github'>): Promise<Answers> {
  const rows = [
    ...KEY_VAULT_PERMISSIONS,
    ...ASSESSOR_GITHUB_PERMISSIONS.filter(({ system }) => system === 'key-vault'),
  ];
  const answers = await Promise.all(
    rows.map(async ({ id, identity }): Promise<Answers> => {
      if (identity !== 'assessor') {
        return [[id, answerOf(await github.trySigning(identity === 'reader' ? 'reader' : 'remover'))]];
      }
      const signed = await assessor.github?.trySigning();
      return signed === undefined ? [] : [[id, answerOf(signed)]];
    }),
  );
  return answers.flat();
}

interface Installed {
  readonly organisation: string;
  readonly installation: VendorResult<GitHubInstallation>;
}

/** By GitHub's own account of what each organisation granted the App, and of which repositories it sees. */
export async function askGitHub(
  vendors: Pick<Vendors, 'github'>,
  settings: Pick<Config, 'GITHUB_ORGANISATIONS'>,
): Promise<{ readonly answers: Answers; readonly checks: DoctorCheck[] }> {
  const installed = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map(
      async (organisation): Promise<Installed> => ({
        organisation,
        installation: await vendors.github.installationOf('reader', organisation),
      }),
    ),
  );
  return {
    answers: GITHUB_PERMISSIONS.flatMap((row) =>
      installed.length === 0 ? [] : [[row.id, worstAnswer(installed.map((each) => granted(row, each)))] as const],
    ),
    checks: [
      ...installed.map((each) => selectionOf(each, 'reader')),
      ...(await Promise.all(installed.map(({ organisation }) => readingOf(vendors, organisation)))),
    ],
  };
}

/** Whether an organisation granted it. */
export function granted({ grant }: PermissionRow, { organisation, installation }: Installed): DoctorAnswer {
  if (!installation.ok) return { state: 'could-not-check', detail: installation.failure.message };
  if (grant.kind !== 'github-app-permission')
    return { state: 'could-not-check', detail: 'not a permission of the App' };
  const held = installation.value.permissions[grant.name];
  if (held !== undefined && (grant.level === 'read' || held !== 'read')) return { state: 'granted' };
  const has = held === undefined ? 'nothing of it' : held;
  return { state: 'missing', detail: `${organisation} granted the App ${has}.` };
}

/**
 * One reading as a case makes it: what the installation is granted says nothing about an IP allow list, a suspension or
 * single sign-on. A permission that it lacks is told by its own row.
 */
async function readingOf(vendors: Pick<Vendors, 'github'>, organisation: string): Promise<DoctorCheck> {
  const connected = await vendors.github.organisation('reader', organisation);
  return readingThrough(organisation, 'reader', connected.ok ? await connected.value.tryReading() : connected);
}

/** Names of checks, by whose App it is; what is said of the assessor’s says so. */
const PREFIX = { reader: '', assessor: 'assessor-' } as const;
const APP = { reader: 'The App', assessor: 'The assessor’s GitHub App' } as const;
type AppOf = keyof typeof PREFIX;

/** What a reading that was tried comes to. */
export function readingThrough(organisation: string, whose: AppOf, read: VendorResult<unknown>): DoctorCheck {
  const check = `${PREFIX[whose]}github-reading:${organisation}`;
  if (read.ok) return { check, state: 'passes', detail: `${APP[whose]} reads ${organisation}.` };
  const { failure } = read;
  if (failure.kind !== 'denied' || failure.missingPermission !== undefined) {
    return { check, state: 'could-not-check', detail: failure.message };
  }
  const whatToDo = `An owner of ${organisation} lifts what GitHub names: a suspension, an IP allow list or single sign-on.`;
  return { check, state: 'fails', detail: failure.message, whatToDo };
}

/** Whether it is installed, on all repositories. */
export function selectionOf({ organisation, installation }: Installed, whose: AppOf): DoctorCheck {
  const check = `${PREFIX[whose]}github-installation:${organisation}`;
  if (!installation.ok) {
    const { failure } = installation;
    const app = whose === 'reader' ? 'the GitHub App' : 'the assessor’s GitHub App';
    const whatToDo = `Install ${app} on the organisation, on all repositories.`;
    if (failure.kind === 'denied' && failure.status === 404)
      return { check, state: 'fails', detail: failure.message, whatToDo };
    return { check, state: 'could-not-check', detail: failure.message };
  }
  const { suspendedAt } = installation.value;
  if (suspendedAt !== undefined) {
    const detail = `The installation on ${organisation} has been suspended since ${suspendedAt}: nothing there can be read.`;
    return { check, state: 'fails', detail, whatToDo: `An owner of ${organisation} lifts the suspension.` };
  }
  if (installation.value.repositorySelection === 'all')
    return { check, state: 'passes', detail: `${APP[whose]} is installed on all repositories.` };
  return {
    check,
    state: 'fails',
    detail: `${APP[whose]} is installed on selected repositories only: the others are invisible to it, and ${whose === 'reader' ? 'reports stay incomplete' : 'the checklist cannot say'}.`,
    whatToDo: `An owner of ${organisation} sets the installation’s repository access to all repositories.`,
  };
}

const PRIVATE = 'An owner sets its visibility to private, or SECURITY_REPOSITORY names another repository.';

/** Issues there say who left, what they held, and what is still open: nobody outside of the team may read them. */
export async function checkSecurityRepository(
  vendors: Pick<Vendors, 'github'>,
  { SECURITY_REPOSITORY: repository }: Pick<Config, 'SECURITY_REPOSITORY'>,
): Promise<DoctorCheck[]> {
  const check = 'security-repository';
  const [owner = ''] = repository.split('/');
  const connected = await vendors.github.organisation('reader', owner);
  const seen = connected.ok ? await connected.value.seenRepository(repository) : connected;
  if (!seen.ok) return [{ check, state: 'could-not-check', detail: seen.failure.message }];
  if (seen.value === undefined) {
    const detail = `The App does not see ${repository}: no case gets its issue.`;
    const whatToDo = 'Make it, private, and let the App see it; or correct SECURITY_REPOSITORY.';
    return [{ check, state: 'fails', detail, whatToDo }];
  }
  const { isPublic, isInternal } = seen.value;
  if (!isPublic && !isInternal) return [{ check, state: 'passes', detail: `${repository} is private.` }];
  const readers = isPublic ? 'everybody' : 'everybody in the enterprise';
  const detail = `${repository} is ${isPublic ? 'public' : 'internal'}: ${readers} reads there who left and what is still open.`;
  return [{ check, state: 'fails', detail, whatToDo: PRIVATE }];
}
