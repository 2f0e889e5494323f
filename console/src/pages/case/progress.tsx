import type { Case } from '../../api.ts';
import { Time } from '../../parts/time/time.tsx';
import { STEPS, stepTitle } from './report.ts';

type Source = NonNullable<NonNullable<Case['progress']>['sources']>[number];

const STATES: Readonly<Record<string, readonly [mark: string, words: string, tone: string]>> = {
  done: ['✓', 'done', 'good'],
  running: ['…', 'running', 'wait'],
  waiting: ['–', 'waits for a vendor', 'warn'],
  failed: ['✕', 'not done', 'bad'],
};

const BECAUSE: Readonly<Record<string, string>> = {
  'vendor-away': 'because a vendor had not answered',
  decision: 'because somebody decided about it',
  answer: 'because somebody answered a question on it',
  restore: 'because somebody had an action undone',
  recheck: 'because somebody asked for it',
  'follow-up': 'because its follow-up was due',
  reopened: 'because something of the leaver was seen to be alive',
};

/** How far a case is that runs: each step, and what is counted of each of its sources. */
export function Progress({ row }: { readonly row: Case }) {
  const { progress: { steps = {}, sources = [], ends } = {}, because, revisions = [] } = row;
  const again = revisions.length > 0;
  const done = STEPS.filter((step) => steps[step] === 'done').length;
  return (
    <section className="panel" aria-labelledby="progress" aria-busy="true">
      <h2 id="progress">
        <span className="spinner" aria-hidden="true" />{' '}
        {again
          ? `Being read again ${BECAUSE[because ?? ''] ?? ''}`
          : row.mode === 'plan'
            ? 'Reading, nothing is cut'
            : 'Reading and cutting'}
      </h2>
      <p className="meta">
        {ends === undefined ? null : ends === 'not known yet' ? (
          'How long that takes is not known yet.'
        ) : (
          <>
            All of it is read at about <Time at={ends} />.
          </>
        )}
      </p>
      <ol className="steps">
        {STEPS.map((step) => (
          <Step key={step} step={step} state={steps[step]} sources={sources.filter((each) => each.step === step)} />
        ))}
      </ol>
      {/* Said when a step ends, not for each number. */}
      <p className="heard" role="status" aria-live="polite">
        {done} of {STEPS.length} steps done
      </p>
    </section>
  );
}

interface StepProgress {
  readonly step: string;
  readonly state: string | undefined;
  readonly sources: readonly Source[];
}

function Step({ step, state, sources }: StepProgress) {
  const [mark, words, tone] = STATES[state ?? ''] ?? ['', 'not yet', 'quiet'];
  return (
    <li className={tone}>
      <span className="mark" aria-hidden="true">
        {mark}
      </span>
      <span className="name">{stepTitle(step)}</span>
      <span className="state-word">{words}</span>
      {sources.length > 0 && state !== 'done' && (
        <ul>
          {sources.map((each) => (
            <Counted key={each.source} {...each} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Counted({ source, unit, done, of, ends }: Source) {
  const isKnown = typeof of === 'number';
  return (
    <li>
      <span>
        <code>{source}</code> {isKnown ? `${done} of ${of} ${unit}` : `${done} ${unit} so far`}
        {ends !== undefined && ends !== 'not known yet' && done !== of && (
          <>
            , until about <Time at={ends} />
          </>
        )}
      </span>
      {isKnown && of > 0 && <progress max={of} value={done} aria-label={`${source}, ${unit}`} />}
    </li>
  );
}
