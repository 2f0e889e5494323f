import { type Coverage, isStandingLimit, type SourceCounts } from '../cases/coverage/coverage.ts';
import { counted, listed } from '../cases/words/wording.ts';

/** Sources of one step that nobody read for one reason, told in one line. */
export interface UnreadGroup {
  /** `12 that are exempt` */
  readonly title: string;
  /** Whether the case may not be clear because of them. */
  readonly gap: boolean;
  /** What the firm decided or has yet to decide, in a sentence. */
  readonly decision: string;
  readonly lines: readonly Coverage[];
}

/** The lines that say what was read, apart from those that say what was not. */
export function readLines(coverage: readonly Coverage[]): Coverage[] {
  return coverage.filter(({ state }) => state !== 'not-examined' && state !== 'exempt');
}

/** What nobody read, in as many lines as there are reasons. */
export function unreadGroups(coverage: readonly Coverage[]): UnreadGroup[] {
  const of = (test: (line: Coverage) => boolean): Coverage[] => coverage.filter(test);
  const unexamined = (why: Coverage['why']): Coverage[] =>
    of((line) => line.state === 'not-examined' && line.why === why);
  const exempt = of(({ state }) => state === 'exempt');
  const unconfigured = unexamined('not-configured');
  const unread = unexamined('not-read-by-this-version');
  const limits = of(isStandingLimit);
  return [
    {
      title: `${unconfigured.length} not configured`,
      gap: true,
      decision: `${[...new Set(unconfigured.map(({ detail = '' }) => detail))].join(' ')} Configure where to ask, or exempt them.`,
      lines: unconfigured,
    },
    {
      title: `${unread.length} not read by this version`,
      gap: true,
      decision: 'Look by hand, or exempt them.',
      lines: unread,
    },
    { title: `${exempt.length} exempt`, gap: false, decision: exemptionsInWords(exempt), lines: exempt },
    {
      title: counted(limits.length, 'standing limit'),
      gap: false,
      decision: acknowledgementsInWords(limits),
      lines: limits,
    },
  ].filter(({ lines }) => lines.length > 0);
}

function exemptionsInWords(lines: readonly Coverage[]): string {
  const by = lines.map(({ exemption }) => exemption?.by ?? '');
  const first = lines.map(({ exemption }) => exemption?.until ?? '').sort()[0];
  return `Decided by ${listed(by)}; the first of these exemptions ends on ${first}.`;
}

function acknowledgementsInWords(lines: readonly Coverage[]): string {
  const open = lines.filter(({ acknowledged }) => acknowledged === undefined).length;
  if (open === lines.length) return 'Nobody has acknowledged them.';
  const by = lines.flatMap(({ acknowledged }) => (acknowledged === undefined ? [] : [acknowledged.by]));
  return `Acknowledged by ${listed(by)}${open === 0 ? '' : `, but for ${open}`}.`;
}

/** How many sources there are of each kind. */
export function countSources(steps: readonly { readonly coverage: readonly Coverage[] }[]): SourceCounts {
  const lines = steps.flatMap(({ coverage }) => coverage);
  const limits = lines.filter(isStandingLimit);
  const inState = (state: Coverage['state']): number => lines.filter((line) => line.state === state).length;
  return {
    readable: lines.length - limits.length,
    complete: inState('complete'),
    exempt: inState('exempt'),
    notExamined: inState('not-examined') - limits.length,
    standingLimits: limits.length,
    acknowledged: limits.filter(({ acknowledged }) => acknowledged !== undefined).length,
  };
}

/** `38 of 68 readable sources were read completely, 30 are exempt; 18 standing limits are acknowledged`. */
export function sourcesInWords(counts: SourceCounts): string {
  const { readable, complete, exempt, standingLimits: limits, acknowledged } = counts;
  const read = `${complete} of ${counted(readable, 'readable source')} ${complete === 1 ? 'was' : 'were'} read completely`;
  const spared = exempt === 0 ? '' : `, ${exempt} ${exempt === 1 ? 'is' : 'are'} exempt`;
  if (limits === 0) return `${read}${spared}`;
  const noted =
    acknowledged === limits
      ? `${limits === 1 ? 'is' : 'are'} acknowledged`
      : acknowledged === 0
        ? `${limits === 1 ? 'is' : 'are'} not acknowledged`
        : `${limits === 1 ? 'is' : 'are'} acknowledged but for ${limits - acknowledged}`;
  return `${read}${spared}; ${counted(limits, 'standing limit')} ${noted}`;
}
