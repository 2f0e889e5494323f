import { Scroll } from '../list/scroll.tsx';
import { type Dot, daysBetween, lineInWords, linesOf, monthsOf, type Point } from './line.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 132;
const LEFT = 46;
const TOP = 8;
const BOTTOM = 22;
/** Room that the name of a month takes, in pixels. */
const MONTH = 46;

interface Charted {
  /** What the line is of. */
  readonly title: string;
  readonly points: readonly Point[];
  readonly from: string;
  readonly to: string;
  /** From 0 to the largest that is drawn. */
  readonly ticks: readonly number[];
  readonly show: (value: number) => string;
}

/** Values by day as a line that breaks where nothing is known; and as a table. */
export function LineChart(chart: Charted) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box} className="line-chart">
      {width > 0 && <Drawn {...chart} width={width} />}
      <Legend points={chart.points} />
      <Numbers {...chart} />
    </div>
  );
}

function Drawn({ title, points, from, to, ticks, show, width }: Charted & { readonly width: number }) {
  const days = Math.max(1, daysBetween(from, to));
  const top = ticks.at(-1) ?? 1;
  const x = (day: string) => LEFT + (width - LEFT - 6) * (daysBetween(from, day) / days);
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const line = (dots: readonly Dot[]) => dots.map(({ day, value }) => `${x(day)},${y(value)}`).join(' ');
  const blind = points.filter(({ state }) => state === 'unknown');
  const lines = linesOf(points);
  const last = lines.at(-1)?.at(-1);
  return (
    <svg
      className="chart line"
      role="img"
      aria-label={`${title}. ${lineInWords(points, show)}`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {show(tick)}
          </text>
        </g>
      ))}
      {monthsOf(from, to, Math.floor((width - LEFT) / MONTH)).map((first) => (
        <text key={first} x={Math.min(x(first), width - 24)} y={HEIGHT - 5}>
          {monthName(first)}
        </text>
      ))}
      {blind.map(({ day }) => (
        <rect key={day} className="unknown-day" x={x(day) - 1} y={y(0) - 5} width={3} height={5}>
          <title>{`${day}: unknown`}</title>
        </rect>
      ))}
      {lines.map((dots) =>
        dots.length > 1 ? <polyline key={dots[0]?.day} className="value" points={line(dots)} /> : null,
      )}
      {lines.flat().map((dot) => {
        const { day, value, state } = dot;
        // Each day of a year would be a band of dots: those alone are drawn that no line shows, and the last.
        const isAlone = lines.some((dots) => dots.length === 1 && dots[0]?.day === day);
        const radius = isAlone || day === last?.day ? 3 : 1.2;
        return (
          <circle
            key={day}
            className={state === 'at-least' ? 'value at-least' : 'value'}
            cx={x(day)}
            cy={y(value)}
            r={state === 'at-least' ? Math.max(radius, 2.4) : radius}
          >
            <title>{`${day}: ${state === 'at-least' ? 'at least ' : ''}${show(value)}`}</title>
          </circle>
        );
      })}
    </svg>
  );
}

/** What is drawn otherwise than a number that is known whole. */
function Legend({ points }: Pick<Charted, 'points'>) {
  const some = (is: Point['state']) => points.some(({ state }) => state === is);
  if (!some('at-least') && !some('unknown')) return null;
  return (
    <p className="meta" aria-hidden="true">
      {some('at-least') && '○ at least so many '}
      {some('unknown') && <span className="unknown-days">▬ not known</span>}
    </p>
  );
}

const STATES: Readonly<Record<Point['state'], string>> = {
  exact: '',
  'at-least': 'at least',
  unknown: 'unknown',
  'not-applicable': 'does not apply',
};

/** The same in numbers, the newest first. */
function Numbers({ title, points, show }: Charted) {
  if (points.length === 0) return <p className="meta">No day of this time was measured.</p>;
  return (
    <details>
      <summary>
        {points.length === 1 ? 'The number of the day' : `The numbers of ${points.length} days`}
        <span className="heard">: {title}</span>
      </summary>
      <Scroll label={`${title} by day`}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ day, state, value }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>
                  {STATES[state]} {value !== undefined && show(value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function monthName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { month: 'short', timeZone: 'UTC' });
}
