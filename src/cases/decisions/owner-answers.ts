import { type Answer, answerInWords, forceOf } from '../../people/answers/answers.ts';
import type { Finding } from '../finding.ts';
import { sentence } from '../words/wording.ts';

/** Kinds of findings about things of which no vendor says whose they are: names and neighbours only point to somebody. */
export const OWNER_UNSURE: ReadonlySet<string> = new Set([
  'runner-may-be-leavers',
  'runner-named-after-leaver',
  'named-after-leaver',
  'connection-named-after-leaver',
]);

/**
 * The findings with what people answered about the things in them. Two people's word that a thing is not the leaver's
 * closes its finding, and it stands in the report with whose word that is; nothing that a vendor proves is touched.
 */
export function withOwners(findings: readonly Finding[], answers: readonly Answer[] = []): Finding[] {
  const about = answers.filter(({ kind }) => kind === 'owner').filter((each) => forceOf(each) !== 'withdrawn');
  return findings.map((finding) => {
    const own = about.filter(({ findingId }) => findingId === finding.id);
    if (own.length === 0 || !OWNER_UNSURE.has(finding.kind) || finding.incident === true) return finding;
    // Where somebody stands by it that it is the leaver's, nobody's word closes it: one of them is taken back first.
    const isDisputed = own.some(({ statement }) => statement === 'is');
    return own.reduce((told, each) => answered(told, each, isDisputed), finding);
  });
}

function answered(finding: Finding, answer: Answer, isDisputed: boolean): Finding {
  const is = answer.statement === 'is' ? 'is' : 'is not';
  const said = `People say that it ${is} the leaver’s (${answerInWords(answer)}): ${sentence(answer.reason)}`;
  const told = { ...finding, reason: `${finding.reason} ${said}` };
  if (forceOf(answer) !== 'confirmed') return told;
  if (answer.statement === 'is') return finding.severity === 'critical' ? told : { ...told, severity: 'high' };
  if (finding.status !== 'manual-action' || isDisputed) return told;
  const { remedy: _, ...rest } = told;
  return { ...rest, status: 'nothing-to-do' };
}
