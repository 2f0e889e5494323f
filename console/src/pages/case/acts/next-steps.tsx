import { addressOf } from '../../../address.ts';
import { Command } from '../../../parts/command.tsx';
import { isWeb, Outside } from '../../../parts/link.tsx';
import { Severity } from '../../../parts/severity.tsx';
import { Time } from '../../../parts/time/time.tsx';
import type { Report, SummaryLine } from '../report.ts';

/** Lines that are seen without asking for more: what somebody does in the next hour. */
const FIRST = 6;

export function NextSteps({ caseId, report }: { readonly caseId: string; readonly report: Report }) {
  const { next } = report.summary;
  return (
    <section className="panel" aria-labelledby="next">
      <h2 id="next">Do next</h2>
      <ol className="next">
        {next.slice(0, FIRST).map((line) => (
          <Line key={keyOf(line)} caseId={caseId} line={line} />
        ))}
      </ol>
      {next.length > FIRST && (
        <details>
          <summary>{next.length - FIRST} more, less urgent</summary>
          <ol className="next">
            {next.slice(FIRST).map((line) => (
              <Line key={keyOf(line)} caseId={caseId} line={line} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

const keyOf = ({ text, findings }: SummaryLine): string => `${findings[0] ?? ''} ${text}`;

function Line({ caseId, line }: { readonly caseId: string; readonly line: SummaryLine }) {
  const { text, severity, link, command, ask, parts = [] } = line;
  const findings = [...new Set([...line.findings, ...parts.flatMap((part) => part.findings)])];
  return (
    <li>
      <p>
        <Severity is={severity} /> {text}
      </p>
      {parts.length > 0 && (
        <ul className="bulleted">
          {parts.map((part) => (
            <li key={`${part.findings[0] ?? ''} ${part.text}`}>
              {part.text} {isWeb(part.link) && part.link !== link && <Outside href={part.link}>Open it</Outside>}
              {part.command !== undefined && part.command !== command && <Command text={part.command} />}
            </li>
          ))}
        </ul>
      )}
      <p className="meta">
        {isWeb(link) && (
          <span>
            <Outside href={link}>Open it</Outside>
          </span>
        )}
        {findings[0] !== undefined && (
          <span>
            <a href={addressOf(`/cases/${caseId}`, { finding: findings[0] })}>
              {findings.length === 1 ? 'The finding' : `${findings.length} findings`}
            </a>
          </span>
        )}
        {ask !== undefined && <span>Ask {ask}</span>}
      </p>
      {command !== undefined && <Command text={command} />}
    </li>
  );
}

/** What the case has cut so far, and what is over by itself. */
export function CutSoFar({ report }: { readonly report: Report }) {
  const { summary, residual } = report;
  return (
    <>
      <section className="panel" aria-labelledby="cut">
        <h2 id="cut">Cut</h2>
        {summary.cut.length === 0 ? (
          <p className="meta">Nothing was cut.</p>
        ) : (
          <ul className="ruled">
            {summary.cut.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </section>
      {residual.length > 0 && (
        <section className="panel" aria-labelledby="residual">
          <h2 id="residual">Ends by itself</h2>
          <ul className="ruled">
            {residual.slice(0, 4).map((each) => (
              <Ending key={each.findingId + each.until} {...each} />
            ))}
          </ul>
          {residual.length > 4 && (
            <details>
              <summary>{residual.length - 4} more</summary>
              <ul className="ruled">
                {residual.slice(4).map((each) => (
                  <Ending key={each.findingId + each.until} {...each} />
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
    </>
  );
}

function Ending({ title, until, why }: Report['residual'][number]) {
  return (
    <li>
      <strong>
        {Date.parse(until) < Date.now() ? 'Ended ' : 'Until '}
        <Time at={until} />
      </strong>{' '}
      {title}. <span className="meta">{why}</span>
    </li>
  );
}
