import { ticksOf } from '../../../parts/charts/ticks.ts';
import { Scroll } from '../../../parts/list/scroll.tsx';
import type { Activity, ActivityDay, Report } from '../report.ts';
import { DayTable, Latest } from './activity-tables.tsx';

const WIDTH = 960;
const HEIGHT = 190;
const LEFT = 44;
const TOP = 22;
const BOTTOM = 24;

/** What was done as the leaver, day by day: drawn, and as a table for whoever does not see it. */
export function ActivitySection({ report }: { readonly report: Report }) {
  const facts = report.steps.find(({ step }) => step === 'activity-audit')?.facts;
  const days = facts?.days;
  if (facts === undefined || days === undefined || days.length === 0) return null;
  const { reasons = [], basis, timeZone, rows = [] } = facts;
  return (
    <section className="panel" aria-labelledby="activity">
      <h2 id="activity">What was done as the leaver</h2>
      {reasons.length > 0 && (
        <ul className="bulleted">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Legend days={days} />
      <Chart days={days} lastDay={facts.lastDay} says={inWords(facts, days)} />
      <Latest rows={rows} />
      <details>
        <summary>The numbers of each day</summary>
        <DayTable days={days} />
      </details>
      <p className="meta">
        {basis} Days are in {timeZone ?? 'the business’s time zone'}.
      </p>
    </section>
  );
}

function Legend({ days }: { readonly days: readonly ActivityDay[] }) {
  const some = (test: (day: ActivityDay) => boolean) => days.some(test);
  return (
    <ul className="legend" aria-hidden="true">
      <li>
        <i className="bar" /> as the leaver
      </li>
      {some(({ callsAfterDeparture }) => callsAfterDeparture > 0) && (
        <li>
          <i className="bar-after" /> after the departure
        </li>
      )}
      {some(({ relatedCalls }) => relatedCalls > 0) && (
        <li>
          <i className="bar-related" /> by identities tied to the leaver
        </li>
      )}
      {some(isBlind) && (
        <li>
          <i className="blind" /> no rows from anybody: silence proves nothing
        </li>
      )}
    </ul>
  );
}

function isBlind({ evidence }: ActivityDay): boolean {
  return evidence === 'gap' || evidence === 'not-retained';
}

function inWords({ lastDay }: Activity, days: readonly ActivityDay[]): string {
  const sum = (of: (day: ActivityDay) => number) => days.reduce((all, day) => all + of(day), 0);
  const after = sum(({ callsAfterDeparture }) => callsAfterDeparture);
  const busiest = days.reduce((most, day) => (day.calls > most.calls ? day : most));
  const marked = lastDay === undefined ? '' : ` The last day, ${lastDay}, is marked.`;
  return `Calls per day over ${days.length} days: ${sum(({ calls }) => calls)}, of which ${after} after the departure. Most on ${busiest.date}: ${busiest.calls}.${marked}`;
}

interface Drawn {
  readonly days: readonly ActivityDay[];
  readonly lastDay: string | undefined;
  readonly says: string;
}

function Chart({ days, lastDay, says }: Drawn) {
  const most = Math.max(1, ...days.map(({ calls, relatedCalls }) => Math.max(calls, relatedCalls)));
  const ticks = ticksOf(most);
  const top = ticks.at(-1) ?? most;
  const step = (WIDTH - LEFT) / days.length;
  const y = (calls: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - calls / top);
  const x = (at: number) => LEFT + at * step;
  const marked = days.findIndex(({ date }) => date === lastDay);
  const related = days.map(({ relatedCalls }, at) => `${x(at) + step / 2},${y(relatedCalls)}`).join(' ');
  return (
    <Scroll label="Calls per day, drawn">
      <svg className="chart" role="img" aria-label={says} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        {days.map((day, at) =>
          isBlind(day) ? (
            <rect key={day.date} className="blind" x={x(at)} y={TOP} width={step} height={HEIGHT - TOP - BOTTOM} />
          ) : null,
        )}
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {days.map(({ date, calls, callsAfterDeparture }, at) => (
          <g key={date}>
            <title>{`${date}: ${calls} calls`}</title>
            <rect className="bar" x={x(at) + step * 0.14} width={step * 0.72} y={y(calls)} height={y(0) - y(calls)} />
            <rect
              className="bar-after"
              x={x(at) + step * 0.14}
              width={step * 0.72}
              y={y(callsAfterDeparture)}
              height={y(0) - y(callsAfterDeparture)}
            />
            {/^\d{4}-\d\d-(?:01|15)$/.test(date) && (
              <text x={x(at) + step / 2} y={HEIGHT - 6} textAnchor="middle">
                {shortDate(date)}
              </text>
            )}
          </g>
        ))}
        {days.some(({ relatedCalls }) => relatedCalls > 0) && <polyline className="bar-related" points={related} />}
        {marked >= 0 && (
          <g className="last-day">
            <line x1={x(marked + 1)} x2={x(marked + 1)} y1={TOP - 6} y2={y(0)} />
            <text x={x(marked + 1) - 6} y={TOP - 8} textAnchor="end">
              last day
            </text>
          </g>
        )}
      </svg>
    </Scroll>
  );
}

function shortDate(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}
