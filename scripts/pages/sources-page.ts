import type { Examined, SourceDefinition } from '../../src/steps/define-source.ts';
import { STEPS } from '../../src/steps/registry.ts';

/** docs/sources.md. */
export function sourcesPage(): string {
  const all = new Map(
    STEPS.flatMap(({ sources }): readonly SourceDefinition[] => sources).map((source) => [source.id, source]),
  );
  const counts = { read: 0, unread: 0, limit: 0 };
  for (const { examined } of all.values()) counts[kindOf(examined)] += 1;
  return `${[
    '# Sources',
    'Generated from `src/steps` by `npm run write:permissions`. Every place where access of a leaver may live is a source of one step, and every source stands in every report: as read, with how many were asked and how many answered; as `exempt`, by a decision of the firm; or as `not-examined`, with the reason.',
    `This version reads ${counts.read} of ${counts.read + counts.unread} readable sources; ${counts.limit} are standing limits.`,
    [
      '- **Read**: a line for each organisation or subscription. Where the setting that lists them is empty, the source is not examined because it is not configured. Some are read only in certain cases, which the table names; no line then says that the case was another one.',
      '- **Not read by this version**: an app could read it. A case is not `clear` while it is not exempt: look by hand, or decide in `EXEMPT_SOURCES` that nobody has to, with a reason and a last day.',
      '- **Standing limit**: no app can read it, what it tells names nobody, or its permission or its calls cost more than the answer is worth; the reason and what to do by hand stand beside it. It makes no case incomplete, because nothing would ever be clear; each headline counts the limits, and says whether the firm has taken note of them in `ACKNOWLEDGED_LIMITS`.',
    ].join('\n'),
    '[configuration.md](configuration.md#what-is-not-read) shows both settings.',
    ...STEPS.flatMap(({ title, sources }) => [`## ${title}`, table(sources)]),
  ].join('\n\n')}\n`;
}

function table(sources: readonly SourceDefinition[]): string {
  const rows = sources.map(
    ({ id, holds, examined, scope, needs }) => `| \`${id}\` | ${holds} | ${wordsOf(examined, scope, needs)} |`,
  );
  return ['| source | what may live there | how it is examined |', '|---|---|---|', ...rows].join('\n');
}

function kindOf(examined: Examined): 'read' | 'unread' | 'limit' {
  if (examined === 'always' || 'when' in examined) return 'read';
  return examined.not === 'no-interface' ? 'limit' : 'unread';
}

function wordsOf(examined: Examined, scope: string | undefined, needs: string | undefined): string {
  if (examined === 'always' && needs !== undefined) return `read, where there is a gateway (\`${needs}\`)`;
  if (examined === 'always') return scope === undefined ? 'read' : `read, for each of \`${scope}\``;
  if ('when' in examined) return `read where ${examined.when}`;
  return `**${examined.not === 'no-interface' ? 'standing limit:' : 'not read by this version:'}** ${examined.why}`;
}
