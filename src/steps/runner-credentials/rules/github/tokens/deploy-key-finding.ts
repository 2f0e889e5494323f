import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import type { KeyAddition } from '../../../../../connectors/github/audit-log/audit-log-keys.ts';
import type { ListedDeployKey } from '../../../../../connectors/github/credentials/deploy-key-list.ts';
import type { Whose } from '../../../../../people/evidence/github-owner.ts';
import type { GitHubAccount, Leaver, MappingSource } from '../../../../../people/leaver.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { permitted } from '../../../../permitted.ts';
import { removeDeployKey } from '../../../remedies/github/remove-deploy-key.ts';
import { webUrl } from '../web-url.ts';

/** Where a deploy key stands. */
interface Place {
  readonly organisation: string;
  readonly repository: string;
  readonly archived: boolean;
}

/** The leaver's account that the audit log has as who added a key, and when. */
export interface LoggedAuthor {
  readonly account: GitHubAccount;
  readonly at: string;
  /** By what the log names the key. Many keys have the same title, so that it proves nothing. */
  readonly by: 'fingerprint' | 'title';
}

/** Who added a key by the log. */
export function loggedAuthor(
  key: Pick<ListedDeployKey, 'fingerprint' | 'title' | 'createdAt'>,
  { organisation, repository }: Pick<Place, 'organisation' | 'repository'>,
  added: readonly KeyAddition[],
  accounts: readonly GitHubAccount[],
): LoggedAuthor | undefined {
  const where = `${organisation}/${repository}`.toLowerCase();
  const addition = added
    .filter((each) => each.repository.toLowerCase() === where && isAdditionOf(each, key))
    .toSorted((one, other) => Number(namesPrint(other, key)) - Number(namesPrint(one, key)))[0];
  const account = accounts.find(({ id }) => id === addition?.actorId);
  if (addition === undefined || account === undefined) return undefined;
  return { account, at: addition.at, by: namesPrint(addition, key) ? 'fingerprint' : 'title' };
}

/** So far apart may the key’s own date and its event be. */
const SAME_MS = 10 * 60_000;

/**
 * Whether the log says that this very key was added: by its fingerprint, or by its title at the time from which the key
 * is. One that was deleted and another’s that is called the same since are two keys.
 */
export function isAdditionOf(
  logged: Pick<KeyAddition, 'fingerprint' | 'title' | 'at'>,
  key: Pick<ListedDeployKey, 'fingerprint' | 'title' | 'createdAt'>,
): boolean {
  if (!isAbout(logged, key)) return false;
  return namesPrint(logged, key) || !(Math.abs(Date.parse(logged.at) - Date.parse(key.createdAt)) > SAME_MS);
}

function namesPrint(
  logged: Pick<KeyAddition, 'fingerprint'>,
  { fingerprint }: Pick<ListedDeployKey, 'fingerprint'>,
): boolean {
  return logged.fingerprint?.startsWith('SHA256:') === true && fingerprint !== null;
}

/** Whether an event of the log is about a key: where it names one by its fingerprint, that alone counts, else the title. */
export function isAbout(
  logged: Pick<KeyAddition, 'fingerprint' | 'title'>,
  key: Pick<ListedDeployKey, 'fingerprint' | 'title'>,
): boolean {
  return namesPrint(logged, key) ? logged.fingerprint === key.fingerprint : logged.title === key.title;
}

/** A key that opens something and of which GitHub names no author, from a time at which it can be the leaver's. */
export function authorless(
  { addedBy, enabled, createdAt }: ListedDeployKey,
  { createdAt: joined, github, noGitHubAccount }: Pick<Leaver, 'createdAt' | 'github' | 'noGitHubAccount'>,
): boolean {
  if (addedBy !== null || !enabled || (github.length === 0 && noGitHubAccount?.because === 'has-none')) return false;
  return joined === undefined || !(Date.parse(createdAt) < Date.parse(joined));
}

/** How far it is known that the leaver added a key, and what says so. */
function authorOf(
  whose: Whose | undefined,
  logged: LoggedAuthor | undefined,
): (Pick<MappingSource, 'confidence'> & { readonly why: string }) | undefined {
  if (logged !== undefined) {
    const { confidence, login } = logged.account;
    const day = logged.at.slice(0, 10);
    if (logged.by === 'fingerprint') {
      return { confidence, why: `The audit log says that ${login} added it on ${day}.` };
    }
    const why = `The audit log says that ${login} added a key of this title on ${day}, when this one was added.`;
    return { confidence: confidence === 'proved' ? 'likely' : confidence, why };
  }
  if (whose?.who === 'recycled') {
    return {
      confidence: 'weak',
      why: 'It was added under a name that the leaver’s account had, and that is another’s now.',
    };
  }
  if (whose?.who !== 'leaver') return undefined;
  const { account, by } = whose;
  if (by === 'id') return { confidence: account.confidence, why: `${account.login} added it.` };
  if (by === 'former-login')
    return { confidence: 'weak', why: 'It was added under a name that the leaver’s account had.' };
  // GitHub did not say who holds the name, so that it is a name and no proof.
  const confidence = account.confidence === 'proved' ? 'likely' : account.confidence;
  return { confidence, why: `It was added under the name ${account.login}.` };
}

/**
 * The finding of a deploy key that the leaver added; undefined for any other. It belongs to a repository and to nobody, so
 * that it opens that for whoever has the private half, when every account of the leaver's is gone.
 */
export function deployKeyFinding(
  key: ListedDeployKey,
  { organisation, repository, archived }: Place,
  known: { readonly whose: Whose | undefined; readonly logged: LoggedAuthor | undefined },
  apiEndpoint: string,
): Finding | undefined {
  const author = authorOf(known.whose, known.logged);
  if (author === undefined) return undefined;
  const { id: keyId, title, keySha256, readOnly, enabled, addedBy, createdAt, lastUsed } = key;
  const where = `${organisation}/${repository}`;
  const kind = 'deploy-key-of-leaver';
  const id = findingId('runner-credentials', kind, `${where}/keys/${keyId}`);
  const writes = !readOnly && !archived;
  const opens = !enabled
    ? 'No deploy key is let in there for now; it opens the repository again once they are.'
    : `Whoever has the private half ${writes ? 'writes to' : 'reads'} the repository with it, and it ends with nobody’s account.`;
  const asleep = archived
    ? ' The repository is archived: GitHub may want it unarchived before a key of it is removed.'
    : '';
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `The leaver added the deploy key ${title} of ${where}`,
    resource: {
      system: 'github',
      type: 'deploy-key',
      id: `${where}/keys/${keyId}`,
      name: title,
      url: webUrl(apiEndpoint, `/${where}/settings/keys`),
    },
    severity: !enabled ? 'low' : writes ? 'high' : 'medium',
    status: 'awaiting-decision',
    reason: `${author.why} ${opens} A server or pipeline may rest on it, so its removal is left to a person to decide.${asleep}`,
    evidence: { addedBy, readOnly, enabled, archived, createdAt, keyLastUsed: lastUsed, fingerprint: key.fingerprint },
    remedy: remedyOf(
      removeDeployKey,
      id,
      { kind: 'remove-deploy-key', organisation, repository, keyId, expected: { title, readOnly, keySha256 } },
      undefined,
    ),
  };
  return permitted(finding, author);
}
