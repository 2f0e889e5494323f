import type { ReportFinding } from '../../cases/finding.ts';
import { sentence } from '../../cases/words/wording.ts';

/** Words that a sentence begins with which tells somebody to do something. */
const VERBS: ReadonlySet<string> = new Set(
  [
    'add approve ask block change check close confirm create delete disable end find get give grant have',
    'keep leave look make move name narrow open pin put read reject release remove replace restart',
    'restore restrict revoke rotate see set sign start stop suspend take tell transfer treat unregister',
    'use wipe',
  ].flatMap((line) => line.split(' ')),
);

/** Kinds whose reason says what to do with a word for something other than the thing itself. */
const OWN: Readonly<Record<string, (finding: ReportFinding) => string>> = {
  'account-enabled': () => 'Disable or delete the account in Entra.',
  'token-in-capability': ({ evidence, resource }) =>
    `Remove ${String(evidence.variable ?? 'the token')} from the environment of ${nameOf({ resource })} and restart the agent, or wipe the machine.`,
  'token-on-machine': ({ evidence, resource }) =>
    `Remove ${String(evidence.variable ?? 'the token')} from ${String(evidence.path ?? 'the environment of jobs')} on ${nameOf({ resource })}, and revoke the token where it was issued.`,
  'declared-in-terraform': ({ resource }) =>
    `Remove ${nameOf({ resource })} from the Terraform code: the next apply puts back what is deleted here.`,
  'outside-owner': ({ evidence, resource }) =>
    `Delete ${nameOf({ resource })}, or name ${String(evidence.owner ?? 'its owner')} in TRUSTED_OWNERS if that is meant.`,
  'unowned-tokens': ({ resource }) =>
    `Ask the teams that use them whose the tokens in ${nameOf({ resource })} are, and remove them there.`,
};

/**
 * What a person does about a finding, in sentences that begin with a verb. Its reason says it; where the reason only says
 * why, the person looks.
 */
export function whatToDo(finding: ReportFinding): string {
  const own = Object.hasOwn(OWN, finding.kind) ? OWN[finding.kind] : undefined;
  if (own !== undefined) return own(finding);
  const told = sentencesOf(finding.reason)
    .filter((each) => isAnOrder(each) && !BARE.test(each))
    .map(withoutCommand);
  const [first, ...others] = told;
  if (first === undefined) return `Look at ${nameOf(finding)}: ${sentence(finding.reason)}`;
  return [named(first, finding), ...others].join(' ');
}

/** It says nothing without the sentences before it: why, and by whom. */
const BARE = /^Look at it\b/;

/** Whether somebody is told to do something: `Delete it, …`, and not `Deleting a user keeps …`. */
export function isAnOrder(text: string): boolean {
  const [, word = ''] = /^[“"]?([A-Za-z]+)\b/.exec(text) ?? [];
  return VERBS.has(word.toLowerCase());
}

/** A table of the log is not what anybody acts on: the calls in it are. */
function nameOf({ resource }: Pick<ReportFinding, 'resource'>): string {
  if (resource.system === 'log-analytics') return 'the calls';
  return resource.name ?? resource.id;
}

/** `Delete it, or …` out of its place says nothing: the thing is named. */
function named(text: string, finding: ReportFinding): string {
  const name = nameOf(finding);
  return text
    .replace(/^(\w+) it\b/, (_, verb: string) => `${verb} ${name}`)
    .replace(/^Look at what it is for\b/, () => `Look at what ${name} is for`);
}

/** The command stands by itself beside the line, to be copied. */
function withoutCommand(text: string): string {
  const [order = text] = text.split(/: az | \((?:KQL|undo): /);
  const [, after = ''] = /\(KQL: [^)]*\)(,[^()]*)$/.exec(text) ?? [];
  return sentence(`${order}${after}`.replace(/\.$/, ''));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[“"A-Z])/).map(sentence);
}

/** Kinds whose reason ends with a command that this app has written, every name in it quoted. */
const WITH_COMMAND: ReadonlySet<string> = new Set([
  'azure-role',
  'eligible-azure-role',
  'gateway-user',
  'vault-access',
]);

const BY_GROUP = 'The access is the whole group’s: take the leaver out of “';
const LEAVE_GROUP = /: (az ad group member remove --group [\w-]+ --member-id [\w-]+) \(undo: /g;

/**
 * The command that a reason gives: `…: az … (undo: …)`. Of no other kind: a name may look like a command. A group’s name
 * stands before the command, so that of a group the last one of its form is the app’s.
 */
export function commandIn({ kind, reason }: Pick<ReportFinding, 'kind' | 'reason'>): string | undefined {
  if (!WITH_COMMAND.has(kind)) return undefined;
  const at = reason.indexOf(': az ');
  if (reason.slice(0, Math.max(0, at)).includes(BY_GROUP)) return [...reason.matchAll(LEAVE_GROUP)].at(-1)?.[1];
  const [command] = at < 0 ? [] : reason.slice(at + 2).split(/ \(undo:|\.(?:\s|$)/);
  return command;
}
