import { type Coverage, isStandingLimit } from '../cases/coverage/coverage.ts';
import { type CoverageDecisions, holds } from '../cases/coverage/coverage-decisions.ts';
import { counted } from '../cases/words/wording.ts';
import { CATALOGUE } from '../steps/catalogue.ts';
import { unreadLine } from '../steps/unread-line.ts';

/** What every case leaves unread, by the settings as they are now. Facts, not faults. */
export interface SourcesDiagnosis {
  /** Readable, read by nobody and not exempt: each of them keeps every case from being clear. */
  readonly unread: readonly { readonly source: string; readonly why: string; readonly whatToDo: string }[];
  /** The exemptions of the configuration; one that is over counts as none. */
  readonly exemptions: readonly {
    readonly sources: readonly string[];
    readonly reason: string;
    readonly by: string;
    readonly until: string;
    readonly state: 'holds' | 'over';
  }[];
  /** What no version reads, for a reason that stays. */
  readonly standingLimits: { readonly acknowledged: readonly string[]; readonly notAcknowledged: readonly string[] };
}

/** The catalogue held against the settings. */
export function diagnoseSources(decisions: CoverageDecisions, now: Date): SourcesDiagnosis {
  const at = now.toISOString();
  const lines = new Map<string, Coverage>();
  for (const source of Object.values(CATALOGUE).flat()) {
    const line = unreadLine(source, decisions, at);
    if (line !== undefined) lines.set(line.source, line);
  }
  const all = [...lines.values()];
  const limits = all.filter(isStandingLimit);
  const names = (some: readonly Coverage[]): string[] => some.map(({ source }) => source);
  return {
    unread: all
      .filter((line) => line.state === 'not-examined' && !isStandingLimit(line))
      .map(({ source, why = '', detail = '' }) => ({ source, why, whatToDo: detail })),
    exemptions: decisions.exemptions.map((each) => ({ ...each, state: holds(each, at) ? 'holds' : 'over' })),
    standingLimits: {
      acknowledged: names(limits.filter(({ acknowledged }) => acknowledged !== undefined)),
      notAcknowledged: names(limits.filter(({ acknowledged }) => acknowledged === undefined)),
    },
  };
}

/** What an operator has to know of it, in a sentence or two. */
export function unreadInWords({ unread, standingLimits }: SourcesDiagnosis): string {
  const open = standingLimits.notAcknowledged.length;
  const noted = open === 0 ? '' : ` ${counted(open, 'standing limit')} ${open === 1 ? 'is' : 'are'} not acknowledged.`;
  return unread.length === 0
    ? `Every readable source is read or exempt.${noted}`
    : `No case can be clear: ${counted(unread.length, 'readable source is', 'readable sources are')} read by nobody and not exempt.${noted}`;
}
