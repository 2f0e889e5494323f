import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedAct } from '../../../../src/connectors/github/audit-log/audit-log-acts.ts';
import type { Membership } from '../../../../src/connectors/github/people/membership.ts';
import type { GitHubAccount, Leaver, MappingSource } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { installedAppFinding } from '../../../../src/steps/runner-credentials/rules/github/installed-app-finding.ts';
import { invitationFinding } from '../../../../src/steps/runner-credentials/rules/github/invitation-finding.ts';
import {
  actedAfterFindings,
  leftBehindFindings,
} from '../../../../src/steps/runner-credentials/rules/github/logged-act-findings.ts';
import {
  membershipFinding,
  outsideCollaboratorFinding,
} from '../../../../src/steps/runner-credentials/rules/github/membership-finding.ts';
import { otherOrganisations } from '../../../../src/steps/runner-credentials/rules/github/other-organisations.ts';
import { repositoryInvitationFinding } from '../../../../src/steps/runner-credentials/rules/github/repository-invitation-finding.ts';
import { reviewerFinding } from '../../../../src/steps/runner-credentials/rules/github/reviewer-finding.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';

test('people look at the host of the API without its api', () => {
  assert.equal(webUrl('https://api.github.com', '/acme'), 'https://github.com/acme');
  assert.equal(webUrl('https://git.api.example/api/v3', '/acme'), 'https://git.api.example/acme');
});

test('an organisation in which nobody looks is named, an enterprise is none', () => {
  const seen = (login: string, type: string, suspended = false) =>
    ({ login, type, suspended }) as Parameters<typeof otherOrganisations>[1]['items'][number];
  const line = otherOrganisations(['Acme'], {
    items: [seen('acme', 'Organization'), seen('Other', 'Organization'), seen('x', 'Enterprise')],
  });
  assert.equal(line?.state, 'not-examined');
  assert.match(line?.detail ?? '', /does not name Other,/);
  assert.match(
    otherOrganisations([], { items: [seen('old', 'Organization', true)] })?.detail ?? '',
    /suspended \(old\)/,
  );
  assert.match(otherOrganisations([], { items: [seen('ann', 'User')] })?.detail ?? '', /no organisation \(ann\)/);
  assert.equal(
    otherOrganisations(['acme'], { items: [seen('acme', 'Organization'), seen('x', 'Enterprise')] })?.state,
    'complete',
  );
});

const API = 'https://api.github.com';
const account = (confidence: MappingSource['confidence'] = 'proved'): GitHubAccount => ({
  ...{ login: 'alice', id: 7, source: 'test' },
  confidence,
});
const leaverWith = (of: GitHubAccount = account()): Leaver => ({
  oid: '0e000000-0000-4000-8000-000000000001' as Oid,
  state: 'disabled',
  mail: 'alex.moreau@corp.example',
  github: [of],
  devops: [],
});

const INSTALLED = { installationId: 5, slug: 'helper', permissions: ['contents=read'], suspended: false };
test('an App of the leaver’s is worse the more it may do, and only its owner ends it', () => {
  const app = (more: object) =>
    installedAppFinding({ ...INSTALLED, ...more } as Parameters<typeof installedAppFinding>[0], 'acme', API, account());
  const severity = (more: object) => app(more).severity;
  assert.equal(app({}).title, 'The GitHub App helper on acme belongs to alice');
  assert.deepEqual(
    [
      {},
      { permissions: ['metadata=read', 'contents=write'] },
      { permissions: ['members=admin'] },
      { suspended: true },
    ].map(severity),
    ['high', 'critical', 'critical', 'low'],
  );
  assert.deepEqual([app({}).status, app({}).remedy], ['manual-action', undefined]);
  assert.match(app({}).reason, /^Whoever owns an App makes its keys/);
  assert.match(app({ suspended: true }).reason, /^It is suspended: it opens nothing/);
});

const INVITATION = {
  ...{ id: 5, login: 'alice', email: null, role: 'direct_member', createdAt: '2026-01-01' },
  inviter: { id: 9, login: 'boss' },
};
const STANDING: Membership = { login: 'alice', role: 'member', state: 'pending', enterpriseTeams: [], direct: true };
const invited = (more: Partial<Parameters<typeof invitationFinding>[0]>, asked = true, of = account()) =>
  invitationFinding({ ...INVITATION, ...more }, 'acme', API, leaverWith(of), [
    { account: of, membership: asked ? STANDING : undefined },
  ]);

test('an invitation is cancelled by itself only where the account, asked by its number, is invited', () => {
  const own = invited({});
  assert.equal(own?.title, 'alice is invited to acme');
  assert.deepEqual([own?.severity, own?.status, own?.remedy?.risk], ['medium', 'planned', 'safe']);
  assert.equal(invited({ role: 'admin' })?.severity, 'high');
  const mailed = invited({ login: null, email: 'Alex.Moreau@corp.example' }, false);
  assert.deepEqual([mailed?.status, mailed?.remedy?.risk], ['awaiting-decision', 'disruptive']);
  const named = invited({}, false);
  assert.deepEqual([named?.status, named?.remedy], ['manual-action', undefined], 'a login may be another’s by now');
  assert.equal(invited({ login: 'bob' }, false), undefined);
});

test('an invitation that the leaver sent is asked about, and not cancelled', () => {
  const sent = invited({ login: 'bob', inviter: { id: 7, login: 'alice' } }, false);
  assert.equal(sent?.title, 'alice invited bob to acme');
  assert.deepEqual([sent?.kind, sent?.status, sent?.remedy], ['invitation-by-leaver', 'manual-action', undefined]);
});

const PLACE = { organisation: 'acme', repository: 'pay' };
const ALICE = { id: 7, login: 'alice' };
const BOB = { id: 8, login: 'bob' };
const ofRepository = (invitee: typeof BOB | null, inviter: typeof BOB | null, permissions = 'write', of = account()) =>
  repositoryInvitationFinding(
    { id: 5, invitee, inviter, permissions, createdAt: '2026-01-01', expired: false },
    PLACE,
    leaverWith(of),
    API,
  );
test('an invitation to a repository is theirs by the number of the account', () => {
  const own = ofRepository(ALICE, BOB);
  assert.equal(own?.title, 'alice is invited to acme/pay');
  assert.deepEqual(
    [own?.severity, own?.status, own?.remedy?.call.expected],
    ['high', 'planned', { inviteeId: 7, permissions: 'write' }],
  );
  assert.equal(ofRepository(ALICE, BOB, 'read')?.severity, 'medium');
  assert.equal(ofRepository({ id: 8, login: 'alice' }, null), undefined, 'another account of that login');
  const sent = ofRepository(null, ALICE);
  assert.equal(sent?.title, 'alice invited a mail address to acme/pay');
  assert.deepEqual([sent?.status, sent?.remedy], ['manual-action', undefined]);
  const weak = ofRepository(ALICE, BOB, 'write', account('weak'));
  assert.deepEqual([weak?.status, weak?.remedy], ['manual-action', undefined]);
});

const membership = (more: Partial<Membership> = {}, of = account()) =>
  membershipFinding({ ...STANDING, state: 'active', ...more }, 'acme', API, of);
test('a membership waits for a person, and is the enterprise’s where its teams alone give it', () => {
  const own = membership();
  assert.equal(own?.title, 'alice is a member of acme');
  assert.deepEqual(
    [own?.severity, own?.status, own?.remedy?.call.expected],
    ['medium', 'awaiting-decision', { role: 'member' }],
  );
  const owner = membership({ role: 'admin' });
  assert.deepEqual([owner?.title, owner?.severity], ['alice is an owner of acme', 'high']);
  const given = membership({ direct: false, enterpriseTeams: ['core'] });
  assert.deepEqual([given?.status, given?.remedy], ['manual-action', undefined]);
  assert.match(given?.reason ?? '', /Teams of the enterprise alone let the account in \(core\)/);
  assert.equal(membership({ state: 'pending' }), undefined);
  assert.equal(membership({}, account('weak'))?.remedy, undefined);
  const outside = outsideCollaboratorFinding(ALICE, 'acme', API, account());
  assert.equal(outside.title, 'alice is let into repositories of acme');
  assert.deepEqual([outside.status, outside.remedy?.call.expected], ['awaiting-decision', { accountId: 7 }]);
});

test('whoever may approve deployments is replaced, and loses that with the access', () => {
  const review = (...reviewers: readonly number[]) =>
    reviewerFinding({ environment: 'prod', reviewers: [...reviewers] }, PLACE, leaverWith(), API);
  const alone = review(7);
  assert.equal(alone?.title, 'alice may approve deployments to prod of acme/pay');
  assert.equal(alone?.status, 'nothing-to-do');
  assert.match(alone?.reason ?? '', /No other person is named, so that deployments wait/);
  assert.match(review(7, 8)?.reason ?? '', /Name another one\.$/);
  assert.equal(review(8), undefined);
});

const act = (more: Partial<LoggedAct>): LoggedAct => ({
  ...{ at: '2026-11-20T10:00:00Z', actorId: 7, action: 'hook.create', repository: 'acme/pay', bySchedule: false },
  ...more,
});
const left = (acts: readonly LoggedAct[], of = account()) => leftBehindFindings('acme', acts, [of], API);
test('what the leaver left behind is one finding for each place and sort of thing', () => {
  const { repository: _, ...everywhere } = act({});
  const found = left([act({}), act({ about: 'x' }), act({ action: 'integration.create' }), everywhere]);
  assert.deepEqual(
    found.map(({ title }) => title),
    [
      'The leaver added or changed webhooks of acme/pay',
      'The leaver added or changed webhooks of acme',
      'The leaver added or changed GitHub Apps of acme/pay',
    ],
  );
  assert.ok(found.every(({ status, remedy }) => status === 'manual-action' && remedy === undefined));
  const { repository: __, ...ownKey } = act({ action: 'public_key.create' });
  assert.deepEqual(left([ownKey]), [], 'a key of their own account is listed elsewhere');
  assert.equal(left([act({ action: 'public_key.create' })])[0]?.kind, 'key-by-leaver');
  assert.deepEqual(left([act({ actorId: 8 }), act({ action: 'repo.create' })]), []);
});

const later = (acts: readonly LoggedAct[], of = account()) => actedAfterFindings('acme', acts, [of], '2026-11-02', API);
test('what an account did after the last day is an incident where it is proved to be theirs', () => {
  const [incident] = later([act({}), act({ action: 'repo.destroy' }), act({ bySchedule: true })]);
  assert.equal(incident?.title, 'alice did 2 things in acme after the last day');
  assert.deepEqual([incident?.severity, incident?.incident], ['critical', true]);
  assert.deepEqual(incident?.evidence.actions, ['hook.create: 1', 'repo.destroy: 1']);
  const [likely] = later([act({})], account('likely'));
  assert.deepEqual([likely?.severity, likely?.incident], ['high', undefined]);
  assert.deepEqual(later([act({ bySchedule: true })]), [], 'a schedule is no act of somebody’s');
  assert.deepEqual(later([act({ actorId: 8 })]), []);
});
