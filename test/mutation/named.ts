/** A rule that was once broken without any test noticing, or only one far away: the test that tells by itself. */
export interface NamedMutant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  readonly test: string;
}

/** How a process ends whose tests noticed: as nothing else ends. */
export const NOTICED = 3;

export const NAMED: readonly NamedMutant[] = [
  {
    name: 'a queued act without a date counts as done',
    file: 'src/report/build/merge-findings.ts',
    text: "? { status: 'manual-action', reason: `$",
    becomes: "? { status: 'done', reason: `$",
    test: 'test/report/build-report.test.ts',
  },
  {
    name: 'merging coverage keeps the first state',
    file: 'src/cases/coverage/coverage.ts',
    text: '? state : worst)',
    becomes: "? (worst === 'complete' ? state : worst) : worst)",
    test: 'test/cases/coverage/coverage.test.ts',
  },
  {
    name: 'held by the leaver counts as the leaver’s',
    file: 'src/credentials/ownership.ts',
    text: "return { owner: 'service', inLeaversHands: held.length > 0, reasons };",
    becomes:
      "return held.length > 0 ? { owner: 'leaver', proof: 'object-id', reasons } : { owner: 'service', inLeaversHands: false, reasons };",
    test: 'test/credentials/ownership.test.ts',
  },
  {
    name: 'remedies of one serial key share a round',
    file: 'src/cases/remedies/plan.ts',
    text: 'taken.set(step.serialKey, round + 1)',
    becomes: 'taken.set(step.serialKey, round)',
    test: 'test/cases/remedies/plan.test.ts',
  },
  {
    name: 'the audit is no longer first among equals',
    file: 'src/report/summary/by-severity.ts',
    text: 'Number(tellsIncident(b)) - Number(tellsIncident(a))',
    becomes: '0',
    test: 'test/report/by-severity.test.ts',
  },
  {
    name: 'a dot no longer ends a name',
    file: 'src/people/names/leaver-names.ts',
    text: '/[^\\p{L}\\p{N}]+/u',
    becomes: '/[^\\p{L}\\p{N}.]+/u',
    test: 'test/people/names/leaver-names.test.ts',
  },
  {
    name: 'the plan’s hash depends on the order of keys',
    file: 'src/cases/remedies/plan.ts',
    text: 'canonical(remedy)',
    becomes: 'remedy',
    test: 'test/cases/remedies/plan.test.ts',
  },
  {
    name: 'the plan’s order depends on who answered first',
    file: 'src/cases/remedies/plan.ts',
    text: '.sort((a, b) => (a.remedy.id < b.remedy.id ? -1 : 1))',
    becomes: '',
    test: 'test/cases/remedies/plan.test.ts',
  },
];

/** The source with the mutant in it. Throws where it does not apply any more. */
export function applied({ name, file, text, becomes }: NamedMutant, source: string): string {
  if (!source.includes(text)) throw new Error(`${name}: ${file} has no text “${text}”`);
  return source.replace(text, () => becomes);
}
