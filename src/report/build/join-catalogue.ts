import { type Coverage, sourceIdOf } from '../../cases/coverage.ts';
import type { CoverageDecisions } from '../../cases/coverage-decisions.ts';
import type { SourceDefinition } from '../../steps/define-source.ts';
import { decided, unreadLine } from '../../steps/unread-line.ts';

/** The lines that a step filed, and one for each source of its catalogue that they do not speak of. */
export function joinCatalogue(
  lines: readonly Coverage[],
  sources: readonly SourceDefinition[],
  decisions: CoverageDecisions,
  at: string,
): Coverage[] {
  const spoken = new Set(lines.map(sourceIdOf));
  const silent = sources.filter(({ id }) => !spoken.has(id));
  return [
    ...lines.map((line) => decided(line, decisions, at)),
    ...silent.flatMap((source) => unreadLine(source, decisions, at) ?? []),
  ].sort((a, b) => (a.source < b.source ? -1 : 1));
}
