import type { Schemas } from '../../api.ts';

export type Run = Schemas['PostureRun'];
export type Assessed = Run['checks'][number];
export type Failure = Assessed['failures'][number];
export type Gap = Assessed['gaps'][number];
export type Status = Assessed['status'];
export type Change = Assessed['change'];
type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'quiet';

/** How a point stands: its status, or that all that fails of it is accepted for now. */
export type Standing = Status | 'accepted';

export const STANDINGS: Readonly<Record<Standing, readonly [tone: Tone, sign: string, words: string]>> = {
  fail: ['bad', '✕', 'Fails'],
  accepted: ['warn', '✕', 'Fails, accepted'],
  unknown: ['warn', '?', 'Unknown'],
  pass: ['good', '✓', 'Holds'],
  'not-applicable': ['quiet', '–', 'Does not apply'],
};

export function standingOf({ status, failures }: Pick<Assessed, 'status' | 'failures'>): Standing {
  return status === 'fail' && failures.every(({ accepted }) => accepted !== undefined) ? 'accepted' : status;
}

/** What has changed since the run before; nothing where a point stands as it did. */
export const CHANGES: Readonly<Record<Change, readonly [tone: Tone, words: string] | undefined>> = {
  'new-fail': ['bad', 'Newly fails'],
  'lost-sight': ['bad', 'Out of sight'],
  'exception-expired': ['bad', 'Exception expired'],
  fixed: ['good', 'Mended'],
  found: ['good', 'In sight again'],
  'not-comparable': ['quiet', 'Judged anew'],
  first: ['quiet', 'First judged'],
  'still-failing': undefined,
  same: undefined,
};

/** What each change means, for whoever wonders about its word. */
export const CHANGE_MEANS: Readonly<Record<Change, string>> = {
  'new-fail': 'Something fails that did not fail in the run before.',
  'lost-sight': 'It was judged in the run before, and nobody can say how it stands now.',
  'exception-expired': 'The firm accepts it no longer: its last day has passed, or the entry is gone.',
  fixed: 'It failed in the run before.',
  found: 'Nobody could say in the run before.',
  'not-comparable': 'This release judges the point in another way than the one before.',
  first: 'It was not judged before.',
  'still-failing': 'It failed in the run before, too.',
  same: 'As in the run before.',
};

const WORSE: ReadonlySet<Change> = new Set(['new-fail', 'lost-sight', 'exception-expired']);

export function isWorse({ change }: Pick<Assessed, 'change'>): boolean {
  return WORSE.has(change);
}

/** Why nobody can say, and what is to be done about it. */
export const REASONS: Readonly<Record<Gap['reason'], readonly [words: string, whatToDo: string]>> = {
  denied: [
    'A permission is missing',
    'Grant it: docs/permissions.md says to which identity, and where. It is read again with the next run.',
  ],
  throttled: ['The vendor asked to wait', 'Nothing: the next run reads it again.'],
  partial: ['Only a part was read', 'Assess again. Where it stays so, the app’s log says what broke off.'],
  unavailable: ['The vendor did not answer', 'Nothing: the next run reads it again.'],
  'not-configured': ['A setting is missing', 'Set what the line names, and deploy.'],
  unreadable: ['It was read, and the app does not understand it', 'Have a person look at what the line names.'],
  'no-data': ['Nothing is there to judge by', 'See to what the line names, or wait until there is something.'],
  error: ['The app failed', 'Look into the app’s log, and tell whoever runs it.'],
};

/** The status filter and what it counts, in the order in which the page offers them. */
export const FILTERS: readonly Standing[] = ['fail', 'accepted', 'unknown', 'pass', 'not-applicable'];

export function countsOf(checks: readonly Assessed[]): Readonly<Record<Standing, number>> {
  const of = (standing: Standing) => checks.filter((each) => standingOf(each) === standing).length;
  return {
    fail: of('fail'),
    accepted: of('accepted'),
    unknown: of('unknown'),
    pass: of('pass'),
    'not-applicable': of('not-applicable'),
  };
}

/** The run in a sentence. */
export function headlineOf(checks: readonly Assessed[]): string {
  const { fail, accepted, unknown, pass, 'not-applicable': apart } = countsOf(checks);
  const parts = [
    `${pass} of the ${checks.length - apart} points that apply hold`,
    ...(fail === 0 ? [] : [`${fail} ${fail === 1 ? 'fails' : 'fail'}`]),
    ...(accepted === 0 ? [] : [`${accepted} ${accepted === 1 ? 'fails and is' : 'fail and are'} accepted for now`]),
    ...(unknown === 0 ? [] : [`of ${unknown} nobody can say`]),
  ];
  return `${parts.join('; ')}.`;
}

/** Since when a point fails: since its oldest failure that is not accepted, or the oldest of all. */
export function failsSince({ failures }: Pick<Assessed, 'failures'>): string | undefined {
  const open = failures.filter(({ accepted }) => accepted === undefined);
  return (open.length > 0 ? open : failures).map(({ since }) => since).toSorted()[0];
}

/** A point in a phrase, beside its title: how many fail, until when that is accepted, or why nobody can say. */
export function briefOf({ status, failures, gaps, subjects }: Assessed): string {
  if (status === 'fail') return [failuresBrief(failures), ...(gaps.length === 0 ? [] : ['more may fail'])].join(', ');
  if (status === 'unknown') return gapsBrief(gaps);
  if (status === 'not-applicable') return 'All was read, and there is nothing to judge';
  return subjects === 1 ? '1 thing judged' : `${subjects} things judged`;
}

function failuresBrief(failures: readonly Failure[]): string {
  const accepted = failures.flatMap((each) => each.accepted?.until ?? []);
  const count = failures.length === 1 ? '1 failure' : `${failures.length} failures`;
  if (accepted.length === 0) return count;
  const until = accepted.toSorted()[0];
  if (accepted.length < failures.length) return `${count}, of which ${accepted.length} accepted`;
  return `${count}, accepted until ${until}`;
}

function gapsBrief(gaps: readonly Gap[]): string {
  const missing = gaps.flatMap(({ missingPermission }) => missingPermission ?? []);
  if (missing.length > 0) return `Missing: ${[...new Set(missing)].join(', ')}`;
  const reasons = [...new Set(gaps.map(({ reason }) => REASONS[reason][0]))];
  return reasons.join('; ') || 'Nobody can say';
}

/** What began a run, in words. */
export const TRIGGERS: Readonly<Record<Run['trigger'], string>> = {
  timer: 'The night’s run',
  asked: 'Somebody asked for it',
  deployment: 'A deployment asked for it',
};

/** What the id of a run tells: the instant, or the day alone, and what began it. */
export function runOf(runId: string): { readonly at?: string; readonly day: string; readonly trigger: string } {
  const [, day = '', time, trigger = ''] = /^(\d{4}-\d\d-\d\d)(?:T([\d-]+)Z)?-([a-z]+)$/.exec(runId) ?? [];
  const [hours, minutes, seconds, thousandths] = (time ?? '').split('-');
  const words = (TRIGGERS as Readonly<Record<string, string>>)[trigger] ?? trigger;
  if (time === undefined) return { day, trigger: words };
  return { at: `${day}T${hours}:${minutes}:${seconds}.${thousandths}Z`, day, trigger: words };
}
