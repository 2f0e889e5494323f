import type { Config } from '../../config.ts';
import type { AssessorGitHub } from '../../connectors/assessor/github.ts';
import { ASSESSOR_GITHUB_PERMISSIONS } from '../../connectors/github/assessor-permissions.ts';
import type { GitHubInstallation } from '../../connectors/github/call/client.ts';
import type { PermissionRow } from '../../connectors/permission.ts';
import type { VendorResult } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type DoctorAnswer, type DoctorCheck, worstAnswer } from '../diagnosis.ts';
import { type Answers, sameAnswer } from './answer-of.ts';
import { granted, readingThrough, selectionOf } from './ask-github.ts';

const SET_UP = 'docs/operations/posture.md says how it is made.';
const NOT_CONFIGURED =
  'No GitHub App that only reads is configured (ASSESSOR_GITHUB_APP_ID): points 10 and 11 of the checklist are unknown where GitHub is concerned.';

interface Installed {
  readonly organisation: string;
  readonly installation: VendorResult<GitHubInstallation>;
}

const ROWS = ASSESSOR_GITHUB_PERMISSIONS.filter(({ system }) => system === 'github');

/** The App that only reads: whether it is installed everywhere, and holds exactly what the table says. */
export async function askAssessorGitHub(
  { assessor: { github } }: Pick<Vendors, 'assessor'>,
  { GITHUB_ORGANISATIONS: organisations }: Pick<Config, 'GITHUB_ORGANISATIONS'>,
): Promise<{ readonly answers: Answers; readonly checks: DoctorCheck[] }> {
  if (github === undefined) {
    const unasked: DoctorAnswer = { state: 'could-not-check', detail: NOT_CONFIGURED };
    const check: DoctorCheck = {
      ...{ check: 'assessor-github', state: 'could-not-check', detail: NOT_CONFIGURED },
      whatToDo: `Make it, and set assessor_github_app_id: ${SET_UP}`,
    };
    // A firm without GitHub needs none.
    const checks = organisations.length === 0 ? [] : [check];
    return { answers: sameAnswer(ROWS, unasked), checks };
  }
  const installed = await Promise.all(
    organisations.map(async (organisation): Promise<Installed> => {
      return { organisation, installation: await github.installationOf(organisation) };
    }),
  );
  return {
    answers: installed.length === 0 ? [] : ROWS.map((row) => [row.id, worstOf(row, installed)] as const),
    checks: [
      ...installed.map((each) => selectionOf(each, 'assessor')),
      ...installed.flatMap(moreThanRead),
      ...(await Promise.all(organisations.map((organisation) => readingOf(github, organisation)))),
    ],
  };
}

function worstOf(row: PermissionRow, installed: readonly Installed[]): DoctorAnswer {
  return worstAnswer(installed.map((each) => granted(row, each)));
}

const NEEDED = new Set(ROWS.flatMap(({ grant }) => ('name' in grant ? [grant.name] : [])));

/** An App that could change something is not the one that the checklist asks for, although its tokens only read. */
function moreThanRead({ organisation, installation }: Installed): DoctorCheck[] {
  if (!installation.ok) return [];
  const check = `assessor-github-permissions:${organisation}`;
  const held = Object.entries(installation.value.permissions);
  const writes = held.filter(([, level]) => level !== 'read').map((each) => each.join('='));
  const others = held.filter(([name, level]) => level === 'read' && !NEEDED.has(name)).map((each) => each.join('='));
  if (writes.length + others.length === 0) {
    const detail = `The assessor’s GitHub App holds nothing on ${organisation} but what the checklist reads.`;
    return [{ check, state: 'passes', detail }];
  }
  const detail = [
    ...(writes.length === 0 ? [] : [`may change something on ${organisation} (${writes.join(', ')})`]),
    ...(others.length === 0 ? [] : [`may read what nobody needs (${others.join(', ')})`]),
  ];
  return [
    {
      check,
      state: 'fails',
      detail: `The assessor’s GitHub App ${detail.join(', and ')}.`,
      whatToDo: `Set each to no access, or to read, in the settings of the App, as docs/permissions.md has it; an owner of ${organisation} accepts the change.`,
    },
  ];
}

/** One token and one reading, as a run makes them: the names of the organisation’s secrets, of which none is kept. */
async function readingOf(github: AssessorGitHub, organisation: string): Promise<DoctorCheck> {
  const connected = await github.organisation(organisation);
  const look = { path: '/orgs/{org}/actions/secrets', parameters: { per_page: 1 } } as const;
  const read = connected.ok
    ? await connected.value.look({ ...look, permission: 'organization_secrets=read' })
    : connected;
  return readingThrough(organisation, 'assessor', read);
}

/** Whether there is an identity that assesses at all. */
export function checkAssessor({ ASSESSOR_CLIENT_ID: client }: Pick<Config, 'ASSESSOR_CLIENT_ID'>): DoctorCheck[] {
  if (client !== undefined) return [];
  const detail = 'ASSESSOR_CLIENT_ID is not set: nothing of the checklist can be assessed.';
  return [
    { check: 'assessor', state: 'could-not-check', detail, whatToDo: `Apply Terraform, which sets it: ${SET_UP}` },
  ];
}
