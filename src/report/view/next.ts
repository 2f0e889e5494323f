import { findingLink } from '../../cases/words/console-link.ts';
import { joined, type Line } from '../../html/blocks.ts';
import { titleOf } from '../../steps/registry.ts';
import type { SummaryLine } from '../report.ts';

/** What a line says besides its words. */
type How = { readonly [Key in 'ask' | 'link' | 'command']?: string | undefined };
type Part = NonNullable<SummaryLine['parts']>[number];

/** Whom to ask, where to look and what to copy. */
export function howPieces({ ask, link, command }: How): Line {
  const where = joined(
    [...(ask === undefined ? [] : [[`Ask ${ask}`]]), ...(link === undefined ? [] : [[{ words: 'Open it', link }]])],
    ' · ',
  );
  if (command === undefined) return where;
  return where.length === 0 ? [{ command }] : [...where, ' ', { command }];
}

/** The same with where the console shows the finding, where it is known where the console is. */
export function howLine(line: Pick<Part, 'text' | 'findings'> & How, link: string | undefined): Line {
  const [first] = line.findings;
  const here = link === undefined || first === undefined ? undefined : findingLink(link, first);
  const how = howPieces(line);
  if (here === undefined || line.text.startsWith('Wait')) return how;
  const decide = line.text.startsWith('Approve ') ? 'Decide in the console' : 'In the console';
  const words: Line = [{ words: decide, link: here }];
  const isCommand = how.length === 1 && line.command !== undefined;
  return how.length === 0 ? words : joined([words, how], isCommand ? ' ' : ' · ');
}

/** Whether it is to be done within the hour. */
export function isUrgent({ severity }: Pick<SummaryLine, 'severity'>): boolean {
  return severity === 'critical' || severity === 'high';
}

/** Which of the filters show a line, as classes of its element. */
export function filterOf(line: SummaryLine): 'decide' | 'act' | 'wait' {
  const texts = [line.text, ...(line.parts ?? []).map(({ text }) => text)];
  if (texts.some((text) => text.startsWith('Approve '))) return 'decide';
  return line.text.startsWith('Wait') ? 'wait' : 'act';
}

/** What the line is about, and which step found it. */
export function aboutOf({ step, about }: SummaryLine): string {
  return about === undefined ? titleOf(step) : `${about} · ${titleOf(step)}`;
}
