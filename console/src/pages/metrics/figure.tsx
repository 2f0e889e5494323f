import type { ReactNode } from 'react';
import { addressOf } from '../../address.ts';
import { LineChart } from '../../parts/charts/line-chart.tsx';
import { ticksOf } from '../../parts/charts/ticks.ts';
import { Chip } from '../../parts/chip.tsx';
import { Time } from '../../parts/time/time.tsx';
import { GapList } from '../posture/gaps.tsx';
import { inWords, type Measured, type Metric, termOf, termValue, tickOf } from './figures.ts';

const STATES = {
  // How well it is known, which says nothing of whether it is good.
  exact: ['quiet', '=', 'Exact'],
  'at-least': ['warn', '≥', 'At least'],
  unknown: ['warn', '?', 'Unknown'],
  'not-applicable': ['quiet', '–', 'Does not apply'],
} as const;

const SHARES = [0, 0.25, 0.5, 0.75, 1];

interface Shown {
  readonly metric: Metric;
  readonly from: string;
  readonly to: string;
}

/** One number: as it is, as it was before, how it comes about, and its line over the year. */
export function Figure({ metric, from, to }: Shown) {
  const { metric: id, title, unit, latest, before, points } = metric;
  const [tone, sign, words] = STATES[latest?.state ?? 'unknown'];
  const most = Math.max(0, ...points.map(({ value }) => value ?? 0));
  return (
    <section className="panel figure" aria-labelledby={`metric-${id}`}>
      <div className="heading">
        <h2 id={`metric-${id}`}>{title}</h2>
        <Chip tone={latest === undefined ? 'quiet' : tone} sign={latest === undefined ? '–' : sign}>
          {latest === undefined ? 'Not measured' : words}
        </Chip>
      </div>
      <div className="now-and-before">
        <Side name="Now">
          <b>{latest === undefined ? 'Not measured yet' : inWords({ ...latest, unit })}</b>
          {latest !== undefined && <Now latest={latest} />}
        </Side>
        <Side name="Before">
          <b>{before === undefined ? '–' : inWords({ ...before, unit })}</b>
          <span className="meta">
            {before === undefined ? 'Nothing was measured yet' : `${before.day}, the first that was measured`}
          </span>
        </Side>
      </div>
      <LineChart
        title={title}
        points={points}
        from={from}
        to={to}
        ticks={unit === 'share' ? SHARES : ticksOf(Math.max(4, most))}
        show={(value) => tickOf(value, unit)}
      />
      {latest !== undefined && <Terms latest={latest} />}
    </section>
  );
}

function Side({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <p>
      <small>{name}</small>
      {children}
    </p>
  );
}

function Now({ latest: { arithmetic, runId, at } }: { readonly latest: Measured }) {
  return (
    <>
      <span>{arithmetic}</span>
      <a className="meta" href={addressOf(`/posture/${runId}`)}>
        <Time at={at} />
      </a>
    </>
  );
}

/** What the number is computed from, and why it is not exact. */
function Terms({ latest: { terms, gaps } }: { readonly latest: Measured }) {
  const all = Object.entries(terms);
  return (
    <>
      {gaps.length > 0 && (
        <details>
          <summary>
            Why it is not exact: {gaps.length === 1 ? '1 thing' : `${gaps.length} things`} that nobody can say
          </summary>
          <GapList gaps={gaps} beside={false} />
        </details>
      )}
      {all.length > 0 && (
        <details>
          <summary>What it is computed from</summary>
          <dl className="facts evidence">
            {all.map(([name, value]) => (
              <Term key={name} name={name} value={value} />
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function Term({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <>
      <dt>{termOf(name)}</dt>
      <dd>{termValue(name, value)}</dd>
    </>
  );
}
