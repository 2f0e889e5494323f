import { useState } from 'react';
import { take } from '../../../api.ts';
import { useSession } from '../../../session.ts';
import { AskOnce, type Seen, useAsking } from '../answers/asking.tsx';
import { type Finding, findingsOf, useReport } from '../report.ts';
import type { Rights } from './rights.ts';

/** What a person has to decide or do may be accepted; what failed, or is not known, is no choice of anybody’s. */
const ACCEPTABLE: readonly Finding['status'][] = [
  'awaiting-decision',
  'rejected',
  'needs-code-change',
  'manual-action',
  'accepted',
];
const isGrave = ({ severity, incident }: Finding): boolean => incident === true || severity === 'critical';

interface Button {
  readonly finding: Finding;
  readonly rights: Rights;
}

export function AcceptButton({ finding, rights }: Button) {
  const { ask, seen } = useAsking();
  const mayBe = rights.accept && seen.row.state === 'filed' && ACCEPTABLE.includes(finding.status);
  if (!mayBe || (isGrave(finding) && !rights.administer)) return null;
  return (
    <button
      type="button"
      className="quiet"
      aria-describedby={`${finding.id}-title`}
      onClick={() => ask((at, close) => <Accept {...{ seen: at, finding, rights, close }} />)}
    >
      Accept for a while…
    </button>
  );
}

interface Dialog {
  readonly seen: Seen;
  readonly finding: Finding;
  readonly rights: Rights;
  readonly close: () => void;
}

/** At most 90 days as a rule (EXCEPTION_DAYS); whoever wants more is told by the API what is possible. */
const DAYS = [7, 30, 90];
const DAY_MS = 86_400_000;

function Accept({ seen, finding, rights, close }: Dialog) {
  const { api } = useSession();
  const { data: report } = useReport(seen.row);
  const [days, setDays] = useState(30);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set([finding.id]));
  const same = (report === undefined ? [finding] : findingsOf(report)).filter(
    (each) => each.kind === finding.kind && ACCEPTABLE.includes(each.status) && (!isGrave(each) || rights.administer),
  );
  const planHash = report?.plan?.hash;
  const toggle = (id: string, isIn: boolean) =>
    setIds((before) => new Set(isIn ? [...before, id] : [...before].filter((each) => each !== id)));
  return (
    <AskOnce
      title="Accept for a while"
      verb={ids.size === 1 ? 'Accept the finding' : `Accept ${ids.size} findings`}
      ready={ids.size > 0 && report !== undefined}
      act={({ reason }) => {
        const until = new Date(Date.now() + days * DAY_MS - 60_000).toISOString();
        const body = { findingIds: [...ids], until, reason, ...(planHash !== undefined && { planHash }) };
        return take(api.POST('/api/cases/{id}/exceptions', { params: { path: { id: seen.row.caseId } }, body }));
      }}
      onClose={close}
    >
      <p>The access stays. The case becomes no better by it, and the finding is open again afterwards.</p>
      <fieldset className="choices">
        <legend>{same.length === 1 ? 'What is accepted' : 'What is accepted; these are of one kind'}</legend>
        {same.map(({ id, title }) => (
          <label key={id} className="check">
            <input type="checkbox" checked={ids.has(id)} onChange={({ target }) => toggle(id, target.checked)} />
            {title}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>For how long</span>
        <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {DAYS.map((each) => (
            <option key={each} value={each}>
              {each} days
            </option>
          ))}
        </select>
      </label>
    </AskOnce>
  );
}

export function RevokeButton({ finding, rights }: Button) {
  const { accepted } = finding;
  if (accepted === undefined || !rights.operate) return null;
  return <Revoke exception={accepted.exception} title={finding.title} />;
}

/** Takes an exception back. */
export function Revoke({ exception, title }: { readonly exception: string; readonly title: string }) {
  const { api } = useSession();
  const { ask } = useAsking();
  const dialog = (_: Seen, close: () => void) => (
    <AskOnce
      title="Do not accept it any more"
      verb="Revoke the exception"
      act={({ reason }) =>
        take(api.POST('/api/exceptions/{exception}/revoke', { params: { path: { exception } }, body: { reason } }))
      }
      onClose={close}
    >
      <p>{title} is open again in the next report of the case.</p>
    </AskOnce>
  );
  return (
    <button type="button" className="quiet" onClick={() => ask(dialog)}>
      Revoke the exception…
    </button>
  );
}
