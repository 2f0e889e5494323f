import type { Case } from '../../api.ts';
import { Time } from '../../parts/time/time.tsx';
import { nextReadingOf } from './next-reading.ts';
import { type Report, revisionOf } from './report.ts';

const OUTCOMES: Readonly<Record<string, readonly [tone: string, words: string]>> = {
  clear: ['good', 'Clear'],
  residual: ['good', 'Residual: the rest ends by itself'],
  attention: ['warn', 'Somebody has to act'],
  incomplete: ['warn', 'Not everything could be read'],
  failed: ['bad', 'Something was not cut'],
};

/** A plan that found nothing makes nobody clear, and neither does the report before a reading that broke. */
function outcomeOf({ state, mode }: Case, outcome: string): readonly [tone: string, words: string] {
  const [tone, words] = OUTCOMES[outcome] ?? ['quiet', outcome];
  if (state === 'failed') return ['quiet', `The last report, before the case broke, said: ${words}`];
  return mode === 'plan' && outcome === 'clear' ? ['quiet', 'Nothing found to cut'] : [tone, words];
}

/** How the case ended, why, and what else it says of itself. An incident is the first word, whatever the outcome is. */
export function Outcome({ row, report }: { readonly row: Case; readonly report: Report }) {
  const { outcome, incident, summary, generatedAt } = report;
  const [tone, words] = outcomeOf(row, outcome);
  const again = row.state === 'running';
  const next = nextReadingOf(row);
  return (
    <section className={`panel outcome tone ${incident ? 'bad' : tone}`} aria-labelledby="outcome">
      <h2 id="outcome">
        {incident && <strong className="incident">Incident: used after the departure</strong>}
        <span>{words}</span>
      </h2>
      <p className="headline">{summary.headline}</p>
      <p className="meta">
        Report {revisionOf(row)}, filed <Time at={generatedAt} />
        {again && '; it is being read again, and the next report takes its place'}
        {next !== undefined && (
          <>
            ; read again by itself <Time at={next} />
          </>
        )}
        {row.notReadAgain !== undefined && `; not read again by itself: ${row.notReadAgain}`}
      </p>
    </section>
  );
}

/** What must not be overlooked whatever the report says: the leaver is not contained, or came through. */
export function Alarms({ row }: { readonly row: Case }) {
  const { contained, containedWhy, passed, restoredAt } = row;
  return (
    <>
      {contained === 'failed' && (
        <p className="alarm" role="alert">
          <strong>The gateway does not refuse the leaver.</strong> {containedWhy ?? 'It is tried again by itself.'}
        </p>
      )}
      {passed !== undefined && (
        <p className="alarm" role="alert">
          <strong>A call passed the gateway although the leaver is contained:</strong> {passed.tool} of {passed.server},{' '}
          <Time at={passed.at} />
          {passed.identity === undefined ? '' : `, by ${passed.identity}`}. Request <code>{passed.requestId}</code>.
        </p>
      )}
      {restoredAt !== undefined && (
        <p className="alarm warn">
          <strong>The account is back</strong> since <Time at={restoredAt} />: nothing more is cut for this case.
        </p>
      )}
    </>
  );
}
