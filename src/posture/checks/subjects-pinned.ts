import { shellWord } from '../../shapes/shell-word.ts';
import { type Doubt, defineCheck, type Evidence, type Found, type Remedy } from '../check.ts';
import { type PinnedCredential, pinnedSubjects } from '../readings/pipelines/pinned-subjects.ts';
import { appLink } from '../rights.ts';

type Reason =
  | 'wildcard-subject'
  | 'pull-request-subject'
  | 'whole-repository'
  | 'open-environment'
  | 'unprotected-branch';

/** What a credential that is pinned to nothing lets in. */
const WIDE = {
  wildcard: ['wildcard-subject', 'lets in whatever its pattern matches'],
  'pull-request': ['pull-request-subject', 'lets in whoever can open a pull request'],
  repository: ['whole-repository', 'lets in any branch of the repository'],
} as const;

/** Point 11. Sources: learn.microsoft.com/entra/workload-id/workload-identity-federation-flexible; docs.github.com/actions/reference/security/oidc */
export const subjectsPinned = defineCheck({
  id: 'subjects-pinned',
  point: 11,
  title: 'Pipelines get in from one protected branch only',
  severity: 'high',
  version: 1,
  modules: ['pipeline-identity'],
  reads: { pinnedSubjects },
  reasons: {
    'wildcard-subject': 'The credential matches its subject by a pattern.',
    'pull-request-subject': 'The credential takes the tokens of pull requests.',
    'whole-repository': 'The credential takes the tokens of a repository, whatever its branch.',
    'open-environment': 'Any branch can deploy to the environment that the credential names.',
    'unprotected-branch': 'Whoever may write can push to the branch that the credential names.',
  },
  judge: ({ pinnedSubjects: { credentials } }) => ({
    findings: credentials.flatMap(findingOf),
    doubts: credentials.flatMap(doubtOf),
    subjects: credentials.length,
    evidence: credentials.map(evidenceOf),
    shows: { credentials: credentials.length },
  }),
});

const trusted = ({ subject, expression }: PinnedCredential): string => subject ?? expression ?? 'not told';

function evidenceOf(credential: PinnedCredential): Evidence {
  const { id, name, holder, issuer, pin, guard } = credential;
  return {
    resource: id,
    call: 'federatedIdentityCredentials',
    shows: { name, of: holder, issuer, trusts: trusted(credential), pin, guard: guard?.says ?? 'none' },
  };
}

function findingOf(credential: PinnedCredential): Found<Reason>[] {
  const { id, name, holder, pin, guard } = credential;
  const about = { resource: id, evidence: evidenceOf(credential) };
  const who = `The credential ${name} of ${holder} (${trusted(credential)})`;
  if (pin === 'wildcard' || pin === 'pull-request' || pin === 'repository') {
    const [reason, lets] = WIDE[pin];
    return [
      {
        ...about,
        reason,
        says: `${who} ${lets}.`,
        remedy: {
          todo: 'Make a credential for one branch, or for an environment with a branch policy, as the module pipeline-identity does, and delete this one.',
          ...whereItIs(credential),
        },
      },
    ];
  }
  if (guard?.state !== 'open') return [];
  const environment = guard.what === 'environment';
  return [
    {
      ...about,
      reason: environment ? 'open-environment' : 'unprotected-branch',
      ...(environment ? {} : { severity: 'medium' as const }),
      says: `${who} is as open as what it names: ${guard.says}.`,
      remedy: {
        todo: environment
          ? 'Let branches alone deploy to the environment that are protected, or named, and that ask for a pull request.'
          : 'Protect the branch with a ruleset that asks for a pull request.',
        ...(guard.page === undefined ? {} : { link: guard.page }),
      },
    },
  ];
}

/** Where a credential stands, and the command that deletes it. */
function whereItIs({ id, appId }: PinnedCredential): Pick<Remedy, 'link' | 'command'> {
  const match = /^applications\/([^/]+)\/federatedIdentityCredentials\/([^/]+)$/.exec(id);
  if (match === null) {
    return { link: `https://portal.azure.com/#@/resource${id}`, command: `az resource delete --ids ${shellWord(id)}` };
  }
  const [, application = '', credential = ''] = match;
  const command = `az ad app federated-credential delete --id ${shellWord(application)} --federated-credential-id ${shellWord(credential)}`;
  return { link: appLink(appId), command };
}

/** Whom GitHub did not tell about has a gap of its own, which names why. */
function doubtOf({ id, name, holder, issuer, pin }: PinnedCredential): Doubt[] {
  if (pin === 'other-issuer') {
    const detail = `The credential ${name} of ${holder} trusts ${issuer}, whose subjects are not read.`;
    return [{ reason: 'unreadable', resource: id, detail }];
  }
  if (pin !== 'other') return [];
  const detail = `What the credential ${name} of ${holder} trusts has a form that is not understood.`;
  return [{ reason: 'unreadable', resource: id, detail }];
}
