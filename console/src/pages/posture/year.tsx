import { useEffect, useRef } from 'react';
import { Scroll } from '../../parts/list/scroll.tsx';
import { type History, mondayOf, statusesOf } from './weeks.ts';
import { STANDINGS, type Status } from './words.ts';

const STATUSES: readonly Status[] = ['fail', 'unknown', 'pass', 'not-applicable'];

/** Each point over the weeks of a year, by its worst status of the week: a table, in which signs stand beside colours. */
export function Year({ history }: { readonly history: History }) {
  const { weeks, checks } = history;
  const table = useRef<HTMLTableElement>(null);
  // The newest weeks are at the end, where a narrow page begins.
  useEffect(() => {
    const box = table.current?.parentElement;
    if (box) box.scrollLeft = box.scrollWidth;
  }, []);
  if (checks.every((check) => check.weeks.length === 0)) return null;
  return (
    <section className="panel" aria-labelledby="year">
      <h2 id="year">Over the year</h2>
      <p className="hint">The worst of each week. A week that was not judged is empty.</p>
      <ul className="legend" aria-hidden="true">
        {STATUSES.map((status) => (
          <li key={status}>
            <i className={`week ${status}`}>{STANDINGS[status][1]}</i> {STANDINGS[status][2]}
          </li>
        ))}
      </ul>
      <Scroll label="Each point over the weeks of a year">
        <table className="weeks" ref={table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="heard">Point</span>
              </th>
              {weeks.map((week, at) => (
                <th key={week} scope="col">
                  <span className="heard">{week}</span>
                  <Month monday={mondayOf(history, at)} isFirst={at === 0} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <tr key={check.check}>
                <th scope="row">
                  <span className="number">{check.point}</span> <span className="name">{check.title}</span>
                </th>
                {statusesOf(weeks, check).map((status, at) => (
                  <Week key={weeks[at]} week={weeks[at] ?? ''} status={status} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** The name of the month over its first Monday. */
function Month({ monday, isFirst }: { readonly monday: string; readonly isFirst: boolean }) {
  if (!isFirst && Number(monday.slice(8)) > 7) return null;
  const name = new Date(`${monday}T00:00:00Z`).toLocaleDateString(undefined, { month: 'short', timeZone: 'UTC' });
  return (
    <span className="month" aria-hidden="true">
      {name}
    </span>
  );
}

function Week({ week, status }: { readonly week: string; readonly status: Status | undefined }) {
  if (status === undefined)
    return (
      <td className="week" title={`${week}: not judged`}>
        <span className="heard">not judged</span>
      </td>
    );
  const [, sign, words] = STANDINGS[status];
  return (
    <td className={`week ${status}`} title={`${week}: ${words}`}>
      <span aria-hidden="true">{sign}</span>
      <span className="heard">{words}</span>
    </td>
  );
}
