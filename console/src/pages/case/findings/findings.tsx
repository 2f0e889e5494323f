import { useEffect, useState } from 'react';
import type { Case } from '../../../api.ts';
import { type Choice, DecideBar } from '../acts/decide.tsx';
import type { Rights } from '../acts/rights.ts';
import { type Finding, findingsOf, isDecidable, type Report } from '../report.ts';
import { FindingView } from './finding-view.tsx';
import { thingsOf, toDoOf } from './things.ts';

const isClosed = ({ status }: Finding): boolean => status === 'done' || status === 'nothing-to-do';
const waits = (finding: Finding): boolean => finding.status === 'awaiting-decision';

/** Which findings are seen; each button tells how many it shows. */
const VIEWS = {
  open: { words: 'Open', test: (finding: Finding) => !isClosed(finding) },
  decide: { words: 'Wait for a decision', test: waits },
  people: { words: 'For people', test: (finding: Finding) => !isClosed(finding) && !waits(finding) },
  closed: { words: 'Closed', test: isClosed },
  all: { words: 'All', test: () => true },
} as const;
type View = keyof typeof VIEWS;

interface Section {
  readonly row: Case;
  readonly report: Report;
  readonly rights: Rights;
  /** The finding that the address names. */
  readonly marked: string | undefined;
}

/** Every finding by the thing that it is about, with the decisions of whoever may decide. */
export function Findings({ row, report, rights, marked }: Section) {
  const findings = findingsOf(report);
  const [view, setView] = useState<View>('open');
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  useMarked(marked, findings, view, setView);
  const canDecide = rights.decide !== undefined && row.state === 'filed' && row.mode === 'apply';
  const decidable = canDecide ? findings.filter(isDecidable) : [];
  const choose = (ids: readonly string[], choice: Choice | undefined) =>
    setChoices((before) => {
      const after = new Map(before);
      for (const id of ids)
        if (choice === undefined) after.delete(id);
        else after.set(id, choice);
      return after;
    });
  const shown = thingsOf(findings.filter(VIEWS[view].test), report);
  const toDo = toDoOf(report);
  const titles = new Map(findings.map(({ id, title }) => [id, title]));
  return (
    <section className="findings" aria-labelledby="findings" tabIndex={-1}>
      <h2 id="findings">Findings</h2>
      <fieldset className="views" aria-label="Which findings">
        {(Object.keys(VIEWS) as View[]).map((each) => (
          <button key={each} type="button" aria-pressed={view === each} onClick={() => setView(each)}>
            {VIEWS[each].words} <b>{findings.filter(VIEWS[each].test).length}</b>
          </button>
        ))}
      </fieldset>
      <WhoDecides row={row} rights={rights} waiting={findings.filter(waits).length} />
      {shown.length === 0 && <p className="panel meta">There is no such finding.</p>}
      {shown.map(({ name, ask, findings: all }) => (
        <section key={name} className="panel thing" aria-label={name}>
          <h3>
            {name} <span className="meta">{all.length === 1 ? '1 finding' : `${all.length} findings`}</span>
          </h3>
          {ask !== undefined && <p className="meta">Ask {ask}</p>}
          <ul>
            {all.map((finding) => (
              <FindingView
                key={finding.id}
                finding={finding}
                toDo={toDo.get(finding.id)}
                rights={rights}
                marked={finding.id === marked}
                choice={choices.get(finding.id)}
                {...(canDecide && isDecidable(finding) && { choose: (choice) => choose([finding.id], choice) })}
                insteadOf={titles.get(finding.closedWith ?? '')}
              />
            ))}
          </ul>
        </section>
      ))}
      {decidable.length > 0 && (
        <DecideBar
          decidable={decidable}
          choices={choices}
          choose={choose}
          planHash={report.plan?.hash}
          isEmergency={rights.decide === 'emergency'}
        />
      )}
    </section>
  );
}

/** Why there are no boxes beside what waits, before anybody looks for them. */
function WhoDecides({
  row,
  rights,
  waiting,
}: {
  readonly row: Case;
  readonly rights: Rights;
  readonly waiting: number;
}) {
  if (waiting === 0) return null;
  const why =
    row.mode === 'plan'
      ? 'This is a plan, of which nothing is carried out: nobody decides about it.'
      : row.state !== 'filed'
        ? 'The case is being read again; what waits is decided once its next report is filed.'
        : (rights.whyNothing ??
          rights.whyNotDecide ??
          (rights.decide === undefined
            ? 'Somebody with the role Offboarding.Approve decides about what waits.'
            : undefined));
  return why === undefined ? null : <p className="note">{why}</p>;
}

/** Shows the finding that a link names, once, wherever it is hidden. */
function useMarked(
  marked: string | undefined,
  findings: readonly Finding[],
  view: View,
  setView: (view: View) => void,
): void {
  const found = findings.find(({ id }) => id === marked);
  const isHidden = found !== undefined && !VIEWS[view].test(found);
  const [seen, setSeen] = useState<string>();
  useEffect(() => {
    if (found === undefined || seen === marked) return;
    if (isHidden) {
      setView('all');
      return;
    }
    const target = document.getElementById(found.id);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
    setSeen(marked);
  }, [found, isHidden, marked, seen, setView]);
}
