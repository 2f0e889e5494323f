import { shortLine } from '../html/plain-line.ts';
import { titleOf } from '../steps/registry.ts';
import { lineText } from './markdown/blocks.ts';
import { codeSpan, escapeMarkdown } from './markdown/escape.ts';
import { head } from './markdown/markdown.ts';
import type { Report, SummaryLine } from './report.ts';
import { howLine } from './view/next.ts';
import { againOf, outcomeLabel } from './wording.ts';

export interface Issue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

/**
 * GitHub refuses bodies of more than 65,536 characters, so each of the three lists gets its share of them. What is left to
 * do says what each decision takes, and gets the most. The head is bounded by itself.
 */
const LONGEST = { left: 44_000, notCut: 9_000, cut: 6_000 } as const;
const LONGEST_NAME = 160;
const LONGEST_LINE = 1_000;
const LONGEST_PART = 300;

/** The follow-up issue: the report's first screen, with a checklist of what is left. */
export function issueOf(report: Report, link?: string): Issue {
  const { summary, leaver, outcome, incident, manifest } = report;
  const name = leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid;
  const who = shortLine(name.replace(/@/g, '(at)'), LONGEST_NAME);
  const left = outcome === 'clear' ? [] : summary.next;
  const body = [
    ...head(report, link).slice(2),
    '## Left to do',
    '',
    ...(left.length === 0 ? ['Nothing.'] : lines(left, '- [ ] ', true, LONGEST.left, link)),
    '',
    '## Not cut',
    '',
    ...(summary.notCut.length === 0
      ? ['Nothing that was found still stands.']
      : lines(summary.notCut, '- ', true, LONGEST.notCut)),
    '',
    '## Cut',
    '',
    ...(summary.cut.length === 0 ? ['Nothing.'] : lines(summary.cut, '- ', false, LONGEST.cut)),
    '',
    `Evidence: ${codeSpan(manifest.name)}`,
    ...(link === undefined ? [] : ['', `[Open the case](${link})`]),
  ];
  const plan = report.case.mode === 'plan' ? 'Plan: ' : '';
  return {
    // A plan cut nobody off, and must not be read as if it had.
    title: `${plan}${incident ? 'Incident: offboarding' : 'Offboarding'} of ${who}: ${outcomeLabel(outcome, report.case.mode).text.toLowerCase()}${againOf(report)}`,
    body: `${body.join('\n')}\n`,
    // No label says the outcome: the case's issue is found again by its labels, and the outcome may change.
    labels: ['offboarding'],
  };
}

/** Under a line of the checklist, where to go and what to copy; of a thing, a line for each of its parts. */
function howUnder(line: SummaryLine, link: string | undefined): string[] {
  const under = (text: string, how: string): string[] => (`${text}${how}` === '' ? [] : [`  - ${text}${how}`]);
  const { parts } = line;
  if (parts === undefined) return under('', lineText(howLine(line, link)));
  return parts.flatMap((part) =>
    under(`${escapeMarkdown(shortLine(part.text, LONGEST_PART))} `, lineText(howLine(part, link))),
  );
}

/** What does not fit is counted, never dropped silently. */
function lines(all: readonly SummaryLine[], bullet: string, named: boolean, longest: number, link?: string): string[] {
  const shown: string[] = [];
  let length = 0;
  for (const each of all) {
    const text = `${bullet}${named ? `**${titleOf(each.step)}**: ` : ''}${escapeMarkdown(shortLine(each.text, LONGEST_LINE))}`;
    const line = [text, ...(bullet.includes('[ ]') ? howUnder(each, link) : [])].join('\n');
    length += line.length + 1;
    if (length > longest) break;
    shown.push(line);
  }
  const more = all.length - shown.length;
  return more > 0 ? [...shown, `${bullet}${more} more, in the report`] : shown;
}
