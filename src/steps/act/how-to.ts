import type { ReportFinding } from '../../cases/finding.ts';
import { addressesOf, type Leaver } from '../../people/leaver.ts';
import { commandOf } from './commands.ts';
import { commandToSee, linkTo } from './look-at.ts';
import { commandIn } from './what-to-do.ts';

/** What somebody needs to act on a finding: where to go, what to copy, whom to ask. */
interface HowTo {
  readonly link?: string;
  /** To be copied: it acts where a remedy or a reason says how, and shows the thing otherwise. */
  readonly command: string;
  /** Who knows more, where anybody is known to. */
  readonly ask?: string;
}

export function howTo(finding: ReportFinding, leaver: Asked): HowTo {
  const { remedy, resource, evidence } = finding;
  const link = linkTo(resource, evidence);
  const command = (remedy && commandOf(remedy.call)) ?? commandIn(finding) ?? commandToSee(finding);
  const ask = whoKnows(evidence, leaver);
  return { ...(link === undefined ? {} : { link }), command, ...(ask === undefined ? {} : { ask }) };
}

/** Of the leaver what says whom not to ask, and who is there besides. */
type Asked = Pick<Leaver, 'manager'> &
  Partial<Pick<Leaver, 'oid' | 'github' | 'userPrincipalName' | 'mail' | 'otherAddresses'>>;

/** Who else has had a hand in the thing knows it; else the leaver’s manager does. Never the leaver. */
function whoKnows({ changedBy, actor, login, account }: ReportFinding['evidence'], leaver: Asked) {
  const { manager, github = [] } = leaver;
  const names = [actor, login, account, ...github.map((each) => each.login)];
  const own = new Set([
    ...names.flatMap((each) => (typeof each === 'string' ? [each.toLowerCase()] : [])),
    ...addressesOf(leaver),
  ]);
  const other = (Array.isArray(changedBy) ? changedBy : []).find((each) => !own.has(each.toLowerCase()));
  if (other !== undefined) return `${other}, who changed it last`;
  if (manager === undefined) return undefined;
  return `${manager.displayName}, their manager`;
}
