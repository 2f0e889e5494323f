import { type Coverage, sourceIdOf } from '../../cases/coverage/coverage.ts';
import type { CoverageDecisions } from '../../cases/coverage/coverage-decisions.ts';
import type { SourceDefinition } from '../../steps/define-source.ts';
import { decided, silentLine, unreadLine } from '../../steps/unread-line.ts';

/**
 * The lines that a step filed, and one for each source of its catalogue that they do not speak of: of one that is asked
 * in several places, for each place that the settings name.
 */
export function joinCatalogue(
  lines: readonly Coverage[],
  sources: readonly SourceDefinition[],
  decisions: CoverageDecisions,
  at: string,
): Coverage[] {
  const known = new Map(sources.map((source) => [source.id, source]));
  const spoken = new Set(lines.map(sourceIdOf));
  const places = new Set(lines.map(({ source }) => source.toLowerCase()));
  return [
    ...lines.map((line) => decided(line, decisions, at, known.get(sourceIdOf(line)))),
    ...sources.flatMap((source) =>
      spoken.has(source.id) ? silentPlaces(source, places, decisions) : (unreadLine(source, decisions, at) ?? []),
    ),
  ].sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Of a source that is spoken of in some places, the places about which nothing was filed. A line without one is for all. */
function silentPlaces(
  source: SourceDefinition,
  spoken: ReadonlySet<string>,
  { configured }: CoverageDecisions,
): Coverage[] {
  const { id, scope, examined } = source;
  if (scope === undefined || examined !== 'always' || spoken.has(id)) return [];
  const silent = (configured?.[scope] ?? []).filter((place) => !spoken.has(`${id}:${place}`.toLowerCase()));
  return silent.map((place) => silentLine(source, place));
}
