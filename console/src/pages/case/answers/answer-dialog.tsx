import { useState } from 'react';
import { type Schemas, take } from '../../../api.ts';
import { nameOf } from '../../../parts/people/person.tsx';
import { useSession } from '../../../session.ts';
import type { Rights } from '../acts/rights.ts';
import type { Finding } from '../report.ts';
import { AskOnce, type Seen, useAsking } from './asking.tsx';

type Kind = Schemas['Answer']['kind'];

/** Each answer by what it says of the person. */
const KINDS: readonly (readonly [kind: Kind, words: string])[] = [
  ['account', 'Which account is theirs, or is not'],
  ['none', 'They have no account there'],
  ['service-account', 'An account is a service’s, and no person’s'],
  ['same-person', 'Another object id is the same person’s'],
  ['last-day', 'Which day was the last'],
  ['owner', 'Whose the thing of a finding is'],
];

interface Dialog {
  readonly seen: Seen;
  readonly close: () => void;
  /** Set where the answer is about the thing of a finding. */
  readonly about?: Finding;
  readonly onAnswered?: (words: string) => void;
}

/** Answers what no vendor says about the person. */
export function GiveAnswer({ seen, close, about, onAnswered }: Dialog) {
  const { api } = useSession();
  const [kind, setKind] = useState<Kind>(about === undefined ? 'account' : 'owner');
  const path = { id: seen.row.caseId };
  return (
    <AskOnce
      title={
        about === undefined
          ? `Answer about ${nameOf(seen.row)}`
          : `Say whose it is: ${about.resource.name ?? about.resource.id}`
      }
      verb="Give the answer"
      reasonHint="How you know it. It stands in the report, with your name. Write no secret."
      act={async ({ reason, form }) => {
        const body = { kind, reason, ...said(form), ...(about !== undefined && { findingId: about.id }) };
        const given = await take(api.POST('/api/cases/{id}/answers', { params: { path }, body: body as never }));
        onAnswered?.(whatCameOfIt(given));
      }}
      onClose={close}
    >
      {about === undefined && (
        <label className="field">
          <span>What you know</span>
          <select value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
            {KINDS.filter(([each]) => each !== 'owner').map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      <Fields key={kind} kind={kind} />
      <label className="field">
        <span>Where it is written, a link (optional)</span>
        <input name="evidenceUrl" type="url" pattern="https://.*" placeholder="https://" />
      </label>
      <p className="hint">A second person with the role Offboarding.Approve confirms it. Until then it permits less.</p>
    </AskOnce>
  );
}

/** What the form says, without what was left empty. */
function said(form: FormData): Record<string, string | true> {
  const names = ['statement', 'vendor', 'scope', 'login', 'other', 'day', 'evidenceUrl'];
  const given = names.flatMap((name) => {
    const value = String(form.get(name) ?? '').trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), ...(form.get('only') === 'on' && { only: true as const }) };
}

function Fields({ kind }: { readonly kind: Kind }) {
  const [vendor, setVendor] = useState('github');
  const [statement, setStatement] = useState('is');
  const isAccount = kind === 'account' || kind === 'service-account';
  return (
    <>
      {(isAccount || kind === 'none') && (
        <label className="field">
          <span>Vendor</span>
          <select name="vendor" value={vendor} onChange={({ target }) => setVendor(target.value)}>
            <option value="github">GitHub</option>
            <option value="azure-devops">Azure DevOps</option>
          </select>
        </label>
      )}
      {isAccount && <Text name="login" words="Account, by its login today" />}
      {(isAccount || kind === 'none') && (
        <Text name="scope" words="Organisation" optional={vendor === 'github' || kind === 'none'} />
      )}
      {(kind === 'account' || kind === 'owner') && (
        <label className="field">
          <span>Is it theirs?</span>
          <select name="statement" value={statement} onChange={({ target }) => setStatement(target.value)}>
            <option value="is">It is theirs</option>
            <option value="is-not">It is not theirs</option>
          </select>
        </label>
      )}
      {kind === 'account' && statement === 'is' && (
        <label className="check">
          <input type="checkbox" name="only" /> They have no other account there
        </label>
      )}
      {kind === 'same-person' && (
        <Text name="other" words="The other object id" pattern="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}" />
      )}
      {kind === 'last-day' && (
        <label className="field">
          <span>Last day</span>
          <input name="day" type="date" required />
        </label>
      )}
    </>
  );
}

interface Text {
  readonly name: string;
  readonly words: string;
  readonly optional?: boolean;
  readonly pattern?: string;
}

function Text({ name, words, optional = false, pattern }: Text) {
  return (
    <label className="field">
      <span>
        {words}
        {optional && ' (optional)'}
      </span>
      <input name={name} required={!optional} maxLength={200} pattern={pattern} autoComplete="off" spellCheck={false} />
    </label>
  );
}

interface Given {
  readonly account?: { readonly accountId: string; readonly login: string; readonly name?: string };
  readonly reading: { readonly kind: string; readonly why?: string };
}

/** The account that was meant, to be looked at, and what becomes of the case. */
export function whatCameOfIt({ account, reading: { kind, why } }: Given): string {
  const whose =
    account === undefined
      ? ''
      : `It was taken for the account ${account.login}, number ${account.accountId}${account.name === undefined ? '' : `, called ${account.name}`}: if that is another, withdraw the answer. `;
  if (kind === 'reads') return `${whose}The case is read again within a minute.`;
  if (kind === 'noted') return `${whose}The case is read again as soon as it can be.`;
  return `${whose}The case is not read again${why === undefined ? '' : `: ${why}`}.`;
}

/** Things that only names and signs tie to the leaver: whoever owns them can say so. */
const ASKS_FOR_OWNER = /-named-after-leaver$|^named-after-leaver$|-may-be-leavers$/;

export function AnswerOwner({ finding, rights }: { readonly finding: Finding; readonly rights: Rights }) {
  const { ask } = useAsking();
  if (!rights.operate || !ASKS_FOR_OWNER.test(finding.kind) || finding.incident === true) return null;
  return (
    <button
      type="button"
      className="quiet"
      aria-describedby={`${finding.id}-title`}
      onClick={() => ask((seen, close) => <GiveAnswer {...{ seen, close, about: finding }} />)}
    >
      Say whose it is…
    </button>
  );
}
