import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { redactSecrets } from '../../../../credentials/redact-secrets.ts';
import {
  type GitHubOwners,
  loginsOf,
  sameLogin,
  type Whose,
  whoseName,
} from '../../../../people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { disableWorkflow } from '../../remedies/github/disable-workflow.ts';
import { webUrl } from '../github/web-url.ts';
import type { CodeReference } from './code-reference.ts';

/** A file that CI runs, or that says what CI runs, with whose code it has run. */
export interface ReferringFile {
  readonly organisation: string;
  readonly repository: string;
  /** From the root: `.github/workflows/nightly.yml`. */
  readonly path: string;
  readonly references: readonly CodeReference[];
}

/** An active workflow of GitHub, which can be disabled. */
export interface ActiveWorkflow {
  readonly workflowId: number;
}

export type ForeignKind = 'runs-leavers-code' | 'may-run-leavers-code' | 'runs-unclaimed-code' | 'runs-recycled-code';

/** All references of one file to one owner, where that owner is somebody to speak of. */
export interface ForeignCode {
  readonly kind: ForeignKind;
  readonly file: ReferringFile;
  readonly owner: string;
  readonly references: readonly CodeReference[];
  readonly why: string;
}

/** Accounts that GitHub itself holds; nobody can take them. */
const GITHUBS_OWN = new Set(['actions', 'github']);

/** The logins of which GitHub has to be asked who they are. */
export function loginsIn(files: readonly ReferringFile[]): string[] {
  const logins = files.flatMap(({ references }) =>
    references.flatMap(({ host, owner, perhaps }) =>
      host === 'github' && perhaps !== true ? [owner.toLowerCase()] : [],
    ),
  );
  return [...new Set(logins)].filter((login) => !GITHUBS_OWN.has(login));
}

/**
 * The owners whose code a file has run and who are the leaver, may be, or are nobody: what its owner publishes next runs
 * with the file's secrets. Everybody else's code is what the firm chose to run, and no sign of this leaver.
 */
export function foreignCodeOf(
  file: ReferringFile,
  owners: GitHubOwners,
  accounts: readonly GitHubAccount[],
): ForeignCode[] {
  const byOwner = Map.groupBy(file.references, ({ host, owner }) => `${host}/${owner.toLowerCase()}`);
  return [...byOwner.values()].flatMap((references) =>
    references.slice(0, 1).flatMap((first) => {
      const judged = judge(first, references, owners, accounts);
      return judged === undefined ? [] : [{ ...judged, file, owner: first.owner, references }];
    }),
  );
}

function judge(
  first: CodeReference,
  references: readonly CodeReference[],
  owners: GitHubOwners,
  accounts: readonly GitHubAccount[],
): Judged | undefined {
  const { host, owner } = first;
  if (host !== 'github') return ofRegistry(first, accounts);
  if (GITHUBS_OWN.has(owner.toLowerCase())) return undefined;
  return sureOf(references, ofGitHub(owner, whoseName({ login: owner }, owners, accounts), owners));
}

interface Judged {
  readonly kind: ForeignKind;
  readonly why: string;
}

/** What may be something else than an owner's name is a question where it is the leaver's, and nothing where it is not. */
function sureOf(references: readonly CodeReference[], judged: Judged | undefined): Judged | undefined {
  if (judged === undefined || references.some(({ perhaps }) => perhaps !== true)) return judged;
  if (judged.kind !== 'runs-leavers-code' && judged.kind !== 'may-run-leavers-code') return undefined;
  const [written] = references.map((each) => each.written);
  return { kind: 'may-run-leavers-code', why: `${judged.why} “${written}” may mean something else.` };
}

function ofGitHub(owner: string, whose: Whose, owners: GitHubOwners): Judged | undefined {
  if (whose.who === 'recycled') {
    const why = `${owner} was a name of the leaver’s and is the account with the id ${whose.id} by now: somebody else’s code runs under it.`;
    return { kind: 'runs-recycled-code', why };
  }
  if (whose.who === 'unclaimed') {
    return {
      kind: 'runs-unclaimed-code',
      why: `GitHub knows no account ${owner}. Whoever registers that name, the leaver or a stranger, says what runs there.`,
    };
  }
  if (whose.who !== 'leaver') return undefined;
  if (whose.by === 'id') {
    return {
      kind: 'runs-leavers-code',
      why: `${owner} is the leaver’s account: what the leaver publishes there runs next.`,
    };
  }
  const nobody = owners.names.get(owner.toLowerCase())?.state === 'unclaimed';
  return nobody
    ? {
        kind: 'runs-leavers-code',
        why: `${owner} was the leaver’s account, and GitHub knows nobody of that name any more: the leaver or a stranger can register it.`,
      }
    : {
        kind: 'may-run-leavers-code',
        why: `${owner} is called like the leaver’s account; GitHub did not say whose it is today.`,
      };
}

function ofRegistry({ owner, host }: CodeReference, accounts: readonly GitHubAccount[]): Judged | undefined {
  const namesake = accounts.find((each) => loginsOf(each).some((login) => sameLogin(owner, login)));
  if (namesake === undefined) return undefined;
  const why = `${owner} at ${host} is called like the leaver’s GitHub account ${namesake.login}, which does not prove that it is the leaver’s.`;
  return { kind: 'may-run-leavers-code', why };
}

const TITLES: Readonly<Record<ForeignKind, string>> = {
  'runs-leavers-code': 'runs code of the leaver’s account',
  'may-run-leavers-code': 'runs code of an account that may be the leaver’s:',
  'runs-unclaimed-code': 'runs code of a name that anybody can register:',
  'runs-recycled-code': 'runs code under a name that was the leaver’s:',
};

/**
 * The finding. Only code ends it; where the file is a workflow that is active and runs the leaver's code, disabling it
 * stops it at once, which a person decides.
 */
export function foreignCodeFinding(
  { kind, file, owner, references, why }: ForeignCode,
  apiEndpoint: string,
  active?: ActiveWorkflow,
): Finding {
  const { organisation, repository, path } = file;
  const where = `${organisation}/${repository}`;
  const id = findingId('runner-credentials', kind, `${where}/${path}#${owner.toLowerCase()}`);
  const inherits = references.some(({ inheritsSecrets }) => inheritsSecrets === true);
  const call = { kind: 'disable-workflow', organisation, repository, path, expected: { path } } as const;
  const remedy =
    kind === 'runs-leavers-code' && active !== undefined
      ? remedyOf(disableWorkflow, id, { ...call, workflowId: active.workflowId }, undefined)
      : undefined;
  const stops = remedy !== undefined;
  const handed = inherits ? ' It is handed every secret of the workflow.' : '';
  const advice = 'Take a copy into the firm’s organisation, pin it to a commit, and change the file.';
  return {
    id,
    step: 'runner-credentials',
    kind,
    title: `${path} of ${where} ${TITLES[kind]} ${owner}`,
    resource: {
      system: 'github',
      type: 'ci-file',
      id: `${where}/${path}`,
      name: path,
      url: webUrl(apiEndpoint, `/${where}/blob/HEAD/${path}`),
    },
    severity:
      kind === 'runs-leavers-code'
        ? inherits
          ? 'critical'
          : 'high'
        : kind === 'runs-unclaimed-code'
          ? 'high'
          : 'medium',
    status: stops ? 'awaiting-decision' : 'needs-code-change',
    reason: `${why}${handed} ${advice}${stops ? ' Disabling the workflow stops it at once, and is left to a person to decide.' : ''}`,
    evidence: {
      owner,
      references: references.slice(0, SHOWN).map(({ how, written }) => redactSecrets(`${how}: ${written}`)),
      inheritsSecrets: inherits,
    },
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** So many references as a finding shows. */
const SHOWN = 20;
