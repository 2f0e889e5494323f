import { type Coverage, isStandingLimit, sourceIdOf, type Unexamined } from '../cases/coverage/coverage.ts';
import { type CoverageDecisions, type Exemption, holds } from '../cases/coverage/coverage-decisions.ts';
import { listed } from '../cases/words/wording.ts';
import { type SourceDefinition, scopesOf } from './define-source.ts';

/** Nothing was asked, and nothing answered. */
const NOTHING = { asked: 0, count: 0, unit: 'items' } as const;
const NOTHING_FILED = 'Nothing was filed about it: the case did not come that far.';

/**
 * The line of a source about which a case filed nothing; undefined where that says that it does not apply. What the app
 * reads in every case and is silent about is a fault, and never taken for nothing found.
 */
export function unreadLine(source: SourceDefinition, decisions: CoverageDecisions, at: string): Coverage | undefined {
  const { id, examined } = source;
  const missing = scopesOf(source).filter((scope) => decisions.unconfigured.includes(scope));
  const about = { source: id, looked: NOTHING } as const;
  const unexamined = (why: Unexamined, detail: string): Coverage =>
    decided({ ...about, state: 'not-examined', why, detail }, decisions, at, source);
  if (typeof examined === 'object' && 'when' in examined) return undefined;
  const unread = examined === 'always' ? undefined : examined;
  if (unread?.not === 'no-interface') return unexamined(unread.not, unread.why);
  if (missing.length > 0) {
    return unexamined('not-configured', `${listed(missing)} ${missing.length === 1 ? 'names' : 'name'} nothing.`);
  }
  if (unread !== undefined) return unexamined(unread.not, unread.why);
  return { ...about, state: 'unavailable', detail: NOTHING_FILED };
}

/** The line of one place of a source, about which nothing was filed although other places have theirs. */
export function silentLine({ id }: Pick<SourceDefinition, 'id'>, place: string): Coverage {
  return { source: `${id}:${place}`, looked: NOTHING, state: 'unavailable', detail: NOTHING_FILED };
}

/**
 * A line that nobody read, or that a vendor refused for want of a permission, with what the firm decided about it and
 * its source. A firm may withhold a permission on purpose, and then nobody reads what rests on it; each source of that
 * has to be named, and what else failed (`partial`, `unavailable`, a refusal that names no permission) stays a gap.
 */
export function decided(
  line: Coverage,
  { exemptions, acknowledged, unconfigured }: CoverageDecisions,
  at: string,
  source?: Pick<SourceDefinition, 'scope' | 'needs'>,
): Coverage {
  if (line.state !== 'not-examined' && !isWithheld(line)) return line;
  const id = sourceIdOf(line);
  if (isStandingLimit(line)) {
    const note = acknowledged.find(({ sources }) => sources.includes(id));
    return note === undefined ? line : { ...line, acknowledged: { by: note.by, on: note.on } };
  }
  // A vendor that the firm does not use is no reason to leave out what only another one's absence kept unread.
  const own = source?.scope ?? source?.needs;
  const unused = line.why === 'not-configured' && own !== undefined && unconfigured.includes(own);
  const [latest] = exemptions.filter((each) => covers(each, id, unused)).sort((a, b) => (a.until > b.until ? -1 : 1));
  if (latest === undefined) return line;
  const { reason, by, until } = latest;
  if (holds(latest, at)) return { ...line, state: 'exempt', exemption: { reason, by, until } };
  return { ...line, detail: `Its exemption by ${by} ended on ${until}. ${line.detail ?? ''}`.trimEnd() };
}

function isWithheld({ state, missingPermission }: Coverage): boolean {
  return state === 'denied' && missingPermission !== undefined;
}

function covers({ sources }: Exemption, id: string, unused: boolean): boolean {
  const vendor = `${id.split('/', 1)[0]}/*`;
  return sources.includes(id) || (unused && sources.includes(vendor));
}
