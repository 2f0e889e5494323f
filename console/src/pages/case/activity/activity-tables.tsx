import { Chip } from '../../../parts/chip.tsx';
import { Heads } from '../../../parts/list/list.tsx';
import { Scroll } from '../../../parts/list/scroll.tsx';
import type { Activity, ActivityDay } from '../report.ts';

/** The newest calls: what somebody looks for first who has to find the machine behind them. */
export function Latest({ rows }: { readonly rows: NonNullable<Activity['rows']> }) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>The {rows.length} newest calls</summary>
      <Scroll label="The newest calls">
        <table className="plain">
          <Heads titles={['When', 'Server', 'Tool', 'Resource', 'Status']} />
          <tbody>
            {rows.map(({ local, server, tool, resource, status, afterDeparture }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two calls may be the same to the second
              <tr key={at}>
                <th scope="row">
                  {local}
                  {afterDeparture && <Chip tone="bad">after</Chip>}
                </th>
                <td>{server}</td>
                <td>{tool}</td>
                <td>
                  <code>{resource}</code>
                </td>
                <td>{status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

export function DayTable({ days }: { readonly days: readonly ActivityDay[] }) {
  return (
    <Scroll label="Calls per day">
      <table className="plain">
        <caption className="heard">Calls per day</caption>
        <Heads titles={['Day', 'Calls', 'After departure', 'Tied identities', 'Rows']} />
        <tbody>
          {days.map(({ date, calls, callsAfterDeparture, relatedCalls, evidence }) => (
            <tr key={date}>
              <th scope="row">{date}</th>
              <td>{calls}</td>
              <td>{callsAfterDeparture}</td>
              <td>{relatedCalls}</td>
              <td>{evidence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
