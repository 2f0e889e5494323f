import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { makeTokenMint } from '../../../../local/tenant/seeds/token-mint.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { GitHub, GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { blankVariable } from '../../../../src/steps/runner-credentials/remedies/github/blank-variable.ts';
import { cancelInvitation } from '../../../../src/steps/runner-credentials/remedies/github/cancel-invitation.ts';
import { cancelJobsOn, refusedTogether } from '../../../../src/steps/runner-credentials/remedies/github/cancel-jobs.ts';
import { cancelRepositoryInvitation } from '../../../../src/steps/runner-credentials/remedies/github/cancel-repository-invitation.ts';
import {
  deleteVariable,
  variableState,
} from '../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { denyTokenRequest } from '../../../../src/steps/runner-credentials/remedies/github/deny-token-request.ts';
import { disableWorkflow } from '../../../../src/steps/runner-credentials/remedies/github/disable-workflow.ts';
import { actOn, giveOn, readTarget } from '../../../../src/steps/runner-credentials/remedies/github/github-target.ts';
import { handOverSchedule } from '../../../../src/steps/runner-credentials/remedies/github/hand-over-schedule.ts';
import { inListOf, inWholeList } from '../../../../src/steps/runner-credentials/remedies/github/in-list-of.ts';
import { removeDeployKey } from '../../../../src/steps/runner-credentials/remedies/github/remove-deploy-key.ts';
import { removeMembership } from '../../../../src/steps/runner-credentials/remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from '../../../../src/steps/runner-credentials/remedies/github/remove-outside-collaborator.ts';
import { removeRunner } from '../../../../src/steps/runner-credentials/remedies/github/remove-runner.ts';

const ID = findingId('runner-credentials', 'x', 'y');
const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
const DONE = ok({ effect: 'done' as const });

/** An organisation that answers each question with what is given for it; a function is asked. */
function organisation(answers: Record<string, unknown>): GitHubOrganisation {
  const asked = Object.entries(answers).map(([question, answer]) => [
    question,
    async (...given: unknown[]) => (typeof answer === 'function' ? answer(...given) : answer),
  ]);
  return Object.fromEntries(asked) as unknown as GitHubOrganisation;
}
const gitHub = (answers: Record<string, unknown>, connected?: VendorResult<unknown>) => {
  const there = organisation(answers);
  return { organisation: async () => connected ?? ok(there) } as unknown as GitHub;
};
const vendors = (answers: Record<string, unknown>) => ({ github: gitHub(answers) }) as unknown as Vendors;
const stateIn = (read: VendorResult<{ readonly state: string }>) => (read.ok ? read.value.state : read.failure.kind);
const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;
const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);

test('a target is gone by its 404 alone, and nobody is asked where nobody signs in', async () => {
  const read = (answer: VendorResult<string>, connected?: VendorResult<unknown>) =>
    readTarget(
      gitHub({}, connected),
      'acme',
      async () => answer,
      (target) => (target === 'idle' ? undefined : { image: { target }, now: target }),
    );
  assert.deepEqual(await read(ok('x', 'r')), ok({ state: 'present', image: { target: 'x' }, now: 'x' }, 'r'));
  assert.equal(stateIn(await read(ok('idle'))), 'gone');
  assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
  assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  assert.equal(stateIn(await read(ok('x'), failed(DENIED))), 'denied');
});

test('cutting what is gone is done, giving back what is gone is not', async () => {
  const there = gitHub({});
  assert.equal(effectIn(await actOn(there, 'acme', async () => failed(NOT_FOUND))), 'done');
  assert.equal(effectIn(await actOn(there, 'acme', async () => failed(DENIED))), 'denied');
  assert.equal(effectIn(await actOn(gitHub({}, failed(NOT_FOUND)), 'acme', async () => DONE)), 'not-found');
  assert.deepEqual(await giveOn(there, 'acme', async () => failed(NOT_FOUND)), failed(NOT_FOUND));
});

test('a list that is not there, or not whole, says nothing about what is not in it', () => {
  const is = (list: { items: readonly number[]; failure?: VendorFailure }) => {
    const found = inWholeList(list, (each) => each === 1);
    return found.ok ? found.value : found.failure.kind;
  };
  assert.equal(is({ items: [2] }), undefined);
  assert.equal(is({ items: [1], failure: DENIED }), 1);
  assert.equal(is({ items: [2], failure: DENIED }), 'denied');
  assert.equal(is({ items: [], failure: NOT_FOUND }), 'unavailable');
});

test('an empty list by login counts only where the account still has that login', async () => {
  const look = async (lists: Record<string, readonly number[]>, today: unknown) => {
    const asked: (string | undefined)[] = [];
    const there = organisation({ accountWithId: today });
    const of = async (login?: string) => {
      asked.push(login);
      return { items: lists[login ?? '*'] ?? [] };
    };
    const found = await inListOf(there, { id: 7, login: 'alice' }, { name: 'tokens', of }, (each) => each === 1);
    return [found.ok ? found.value : found.failure.kind, asked];
  };
  assert.deepEqual(await look({ alice: [1] }, DENIED), [1, ['alice']]);
  assert.deepEqual(await look({}, ok({ id: 7, login: 'Alice' })), [undefined, ['alice']]);
  assert.deepEqual(await look({ renamed: [1] }, ok({ id: 7, login: 'renamed' })), [1, ['alice', 'renamed']]);
  assert.deepEqual(await look({ '*': [1] }, ok(undefined)), [1, ['alice', undefined]]);
  assert.deepEqual(await look({}, failed(DENIED)), ['denied', ['alice']]);
});

const SCOPE = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
const TOKEN = makeTokenMint().mint('github-classic');
describe('a variable', () => {
  const variable = { scope: SCOPE, name: 'PAT', expected: variableState(TOKEN) };
  const deletion = { kind: 'delete-variable', ...variable } as const;
  const blanking = { kind: 'blank-variable', ...variable } as const;
  const holding = (value: string) => vendors({ getVariable: ok({ value }) });

  test('is deleted, or blanked, which nothing brings back', () => {
    const [one, other] = [
      remedyOf(deleteVariable, ID, deletion, { place: 'acme/pay' }),
      remedyOf(blankVariable, ID, blanking, { place: 'acme/pay' }),
    ];
    assert.equal(one.what, 'Delete the variable PAT of acme/pay.');
    assert.equal(other.what, 'Replace the value of the variable PAT of acme/pay by “removed-by-offboarding”.');
    for (const { risk, undo } of [one, other]) {
      assert.equal(risk, 'disruptive');
      assert.match(undo, /^Nothing brings the value back/);
    }
  });

  test('is gone where no token is in it any more, and its value is filed nowhere', async () => {
    const present = await deleteVariable.read(holding(TOKEN), deletion);
    assert.deepEqual(nowIn(present), { valueSha256: createHash('sha256').update(TOKEN).digest('hex') });
    assert.ok(!JSON.stringify(present).includes(TOKEN.slice(4, -4)));
    assert.equal(stateIn(await blankVariable.read(holding('true'), blanking)), 'gone');
    assert.equal(stateIn(await blankVariable.read(vendors({ getVariable: failed(DENIED) }), blanking)), 'denied');
    assert.notDeepEqual(nowIn(await blankVariable.read(holding(`${TOKEN} x`), blanking)), blanking.expected);
  });

  test('takes the permission of where it lives', () => {
    assert.ok('bySort' in deleteVariable.permissions);
    const { sortOf, bySort } = deleteVariable.permissions;
    const last = (scope: typeof deletion.scope | { type: 'organisation'; organisation: string }) =>
      bySort[sortOf({ ...deletion, scope })]?.at(-1);
    assert.equal(last(SCOPE), 'remover/github/actions_variables=write');
    assert.equal(
      last({ type: 'organisation', organisation: 'acme' }),
      'remover/github/organization_actions_variables=write',
    );
  });

  test('is given a placeholder that says why', async () => {
    const written: unknown[] = [];
    const replaceVariableOf = (...given: unknown[]) => {
      written.push(given);
      return DONE;
    };
    await blankVariable.act(vendors({ replaceVariableOf }), blanking);
    assert.deepEqual(written, [[SCOPE, 'PAT', 'removed-by-offboarding']]);
    assert.equal(
      effectIn(await deleteVariable.act(vendors({ deleteVariableOf: failed(NOT_FOUND) }), deletion)),
      'done',
    );
  });
});

describe('an invitation', () => {
  const call = {
    kind: 'cancel-invitation',
    organisation: 'acme',
    invitationId: 5,
    expected: { login: 'alice', email: null, role: 'admin' },
  } as const;
  const invitation = { id: 5, login: 'alice', email: null, role: 'admin' };

  test('is cancelled by itself, for it opens nothing', async () => {
    const { what, risk, undo } = remedyOf(cancelInvitation, ID, call, undefined);
    assert.equal(what, 'Cancel the invitation of alice to acme; GitHub tells whoever got it.');
    assert.equal(risk, 'safe');
    assert.match(undo, /^By hand: An owner invites them again/);
    const read = (list: object) => cancelInvitation.read(vendors({ listInvitations: list }), call);
    assert.deepEqual(nowIn(await read({ items: [invitation] })), call.expected);
    assert.deepEqual(nowIn(await read({ items: [{ ...invitation, role: 'direct_member' }] })), {
      ...call.expected,
      role: 'direct_member',
    });
    assert.equal(stateIn(await read({ items: [{ ...invitation, id: 6 }] })), 'gone');
    assert.equal(stateIn(await read({ items: [], failure: NOT_FOUND })), 'unavailable');
  });

  const single = {
    kind: 'cancel-repository-invitation',
    organisation: 'acme',
    repository: 'pay',
    invitationId: 5,
    expected: { inviteeId: 7, permissions: 'write' },
  } as const;
  test('to one repository is gone once it has lapsed, and is told by the number of the account', async () => {
    const { what, risk } = remedyOf(cancelRepositoryInvitation, ID, single, undefined);
    assert.equal(what, 'Cancel invitation 5, which lets the leaver’s account (7) into acme/pay.');
    assert.equal(risk, 'safe');
    const read = (list: object) =>
      cancelRepositoryInvitation.read(vendors({ listRepositoryInvitations: list }), single);
    const open = { id: 5, invitee: { id: 7, login: 'alice' }, permissions: 'write', expired: false };
    assert.deepEqual(nowIn(await read({ items: [open] })), single.expected);
    assert.notDeepEqual(
      nowIn(await read({ items: [{ ...open, invitee: { id: 8, login: 'alice' } }] })),
      single.expected,
    );
    assert.equal(stateIn(await read({ items: [{ ...open, expired: true }] })), 'gone');
    assert.equal(stateIn(await read({ items: [] })), 'gone');
    assert.equal(stateIn(await read({ items: [], failure: NOT_FOUND })), 'unavailable');
  });
});

test('a token that waits is denied by itself, and is told by the number of its owner', async () => {
  const call = {
    kind: 'deny-token-request',
    organisation: 'acme',
    requestId: 5,
    login: 'alice',
    expected: { ownerId: 7 },
  } as const;
  const { what, risk } = remedyOf(denyTokenRequest, ID, call, { token: 'ci' });
  assert.equal(what, 'Deny alice’s fine-grained token “ci” the access to acme for which it waits.');
  assert.equal(risk, 'safe');
  const read = (items: readonly object[]) => denyTokenRequest.read(vendors({ listTokenRequests: { items } }), call);
  assert.deepEqual(nowIn(await read([{ id: 5, owner: { id: 8, login: 'alice' } }])), { ownerId: 8 });
  assert.equal(stateIn(await read([{ id: 6, owner: { id: 7, login: 'alice' } }])), 'gone');
  assert.equal(effectIn(await denyTokenRequest.act(vendors({ denyTokenRequest: DONE }), call)), 'done');
});

describe('a workflow', () => {
  const call = {
    kind: 'disable-workflow',
    organisation: 'acme',
    repository: 'pay',
    workflowId: 9,
    path: '.github/w.yml',
    expected: { path: '.github/w.yml', runsAs: 7 },
  } as const;
  const workflow = { id: 9, name: 'w', path: '.github/w.yml', state: 'active' };
  const running = (as: number | null | undefined, state = 'active') =>
    vendors({
      getWorkflow: ok({ ...workflow, state }),
      latestScheduledRun: ok(as === undefined ? undefined : { actor: as === null ? null : { id: as } }),
    });

  test('is told by its file and by whom its schedule runs as, and is gone where it is not active', async () => {
    assert.equal(
      remedyOf(disableWorkflow, ID, call, undefined).what,
      'Disable the workflow .github/w.yml of acme/pay.',
    );
    assert.deepEqual(nowIn(await disableWorkflow.read(running(7), call)), call.expected);
    assert.deepEqual(nowIn(await disableWorkflow.read(running(8), call)), { ...call.expected, runsAs: 8 });
    assert.deepEqual(nowIn(await disableWorkflow.read(running(undefined), call)), { ...call.expected, runsAs: null });
    assert.equal(stateIn(await disableWorkflow.read(running(7, 'disabled_manually'), call)), 'gone');
    const { runsAs: _, ...byFile } = call.expected;
    assert.deepEqual(nowIn(await disableWorkflow.read(running(8), { ...call, expected: byFile })), byFile);
  });

  test('is enabled again where it is the same file', async () => {
    const { restore } = disableWorkflow;
    assert.ok(restore.by === 'app');
    const look = async (answer: unknown) => placeIn(await restore.look(vendors({ getWorkflow: answer }), call));
    assert.equal(await look(ok({ ...workflow, state: 'disabled_manually' })), 'free');
    assert.equal(await look(ok(workflow)), 'back');
    assert.equal(await look(ok({ ...workflow, path: 'other.yml' })), 'other');
    assert.equal(await look(failed(NOT_FOUND)), 'other');
    assert.equal(await look(failed(DENIED)), 'denied');
  });

  const takeOver = {
    kind: 'hand-over-schedule',
    organisation: 'acme',
    repository: 'pay',
    workflowId: 9,
    path: '.github/w.yml',
    crons: ['0 3 * * *'],
    expected: { path: '.github/w.yml', runsAs: 7 },
  } as const;
  const taking = { ...takeOver, crons: [...takeOver.crons] };
  test('is taken over where its run has another actor, or it runs no more', async () => {
    const { what, risk, undo } = remedyOf(handOverSchedule, ID, taking, undefined);
    assert.match(
      what,
      /^Open a pull request in acme\/pay that writes the cron line of \.github\/w\.yml in another form/,
    );
    assert.equal(risk, 'disruptive', 'it is one of two ways, and a person chooses');
    assert.match(undo, /^By hand: Close the pull request/);
    const read = async (of: Vendors) => stateIn(await handOverSchedule.read(of, taking));
    assert.equal(await read(running(7)), 'present');
    assert.equal(await read(running(undefined)), 'present');
    assert.equal(await read(running(8)), 'gone');
    assert.equal(await read(running(7, 'disabled_manually')), 'gone');
    assert.equal(await read(vendors({ getWorkflow: failed(NOT_FOUND) })), 'gone');
  });

  test('is changed in no more than the form of its cron line, on the same branch each time', async () => {
    const proposed: { branch: string; change: (text: string) => string | undefined; body: string }[] = [];
    const proposeChange = (_: unknown, change: (typeof proposed)[number]) => {
      proposed.push(change);
      return DONE;
    };
    await handOverSchedule.act(vendors({ proposeChange }), taking);
    await handOverSchedule.act(vendors({ proposeChange }), taking);
    const [one, other] = proposed;
    assert.equal(one?.branch, other?.branch);
    assert.equal(
      one?.change("on:\n  schedule:\n    - cron: '0 3 * * *'\n"),
      "on:\n  schedule:\n    - cron: '0 3 * 1-12 *'\n",
    );
    assert.doesNotMatch(one?.body ?? '', /alice|7/, 'it names nobody');
  });
});

test('a deploy key is told by what it is, and added again where none of the same stands', async () => {
  const key = { key: 'ssh-ed25519 AAAA', title: 'ci', readOnly: true };
  const keySha256 = createHash('sha256').update(key.key).digest('hex');
  const call = {
    kind: 'remove-deploy-key',
    organisation: 'acme',
    repository: 'pay',
    keyId: 3,
    expected: { title: 'ci', readOnly: true, keySha256 },
  } as const;
  assert.equal(
    remedyOf(removeDeployKey, ID, call, undefined).what,
    'Remove the deploy key ci (3), which reads acme/pay.',
  );
  assert.deepEqual(nowIn(await removeDeployKey.read(vendors({ getDeployKey: ok(key) }), call)), call.expected);
  const { restore } = removeDeployKey;
  assert.ok(restore.by === 'app');
  const look = async (list: object) => placeIn(await restore.look(vendors({ listDeployKeys: list }), call));
  const listed = { id: 4, title: 'ci', readOnly: true, keySha256 };
  assert.equal(await look({ items: [] }), 'free');
  assert.equal(await look({ items: [listed] }), 'back');
  assert.equal(await look({ items: [{ ...listed, readOnly: false }] }), 'other');
  assert.equal(await look({ items: [], failure: DENIED }), 'denied');
  assert.equal(restore.same?.(call), restore.same?.({ ...call, keyId: 4 }));
});

describe('a membership', () => {
  const call = {
    kind: 'remove-membership',
    organisation: 'acme',
    accountId: 7,
    login: 'alice',
    expected: { role: 'admin' },
  } as const;
  const member = { login: 'renamed', role: 'admin', state: 'active', direct: true, enterpriseTeams: [] };

  test('is the account’s own and active, or there is nothing to remove', async () => {
    assert.equal(remedyOf(removeMembership, ID, call, undefined).what, 'Remove alice from the organisation acme.');
    const read = (answer: unknown) => removeMembership.read(vendors({ membershipOf: answer }), call);
    assert.deepEqual(nowIn(await read(ok(member))), { role: 'admin' });
    assert.deepEqual(nowIn(await read(ok({ ...member, role: 'member' }))), { role: 'member' });
    for (const none of [undefined, { ...member, direct: false }, { ...member, state: 'pending' }])
      assert.equal(stateIn(await read(ok(none))), 'gone');
    assert.equal(stateIn(await read(failed(DENIED))), 'denied');
  });

  test('is removed by the login of today, and never by one that is another’s', async () => {
    const removed: unknown[] = [];
    const remove = (login: unknown) => {
      removed.push(login);
      return DONE;
    };
    await removeMembership.act(vendors({ membershipOf: ok(member), removeMembership: remove }), call);
    await removeMembership.act(vendors({ membershipOf: ok(undefined), removeMembership: remove }), call);
    assert.deepEqual(removed, ['renamed']);
  });

  test('of single repositories is that of the account with the number', async () => {
    const outside = {
      kind: 'remove-outside-collaborator',
      organisation: 'acme',
      accountId: 7,
      login: 'alice',
      expected: { accountId: 7 },
    } as const;
    const { what } = remedyOf(removeOutsideCollaborator, ID, outside, undefined);
    assert.equal(what, 'Remove the outside collaborator alice from all repositories of acme.');
    const removed: unknown[] = [];
    const at = (items: readonly object[]) =>
      vendors({
        listOutsideCollaborators: { items },
        removeOutsideCollaborator: (login: unknown) => {
          removed.push(login);
          return DONE;
        },
      });
    const [own, taken] = [at([{ id: 7, login: 'renamed' }]), at([{ id: 8, login: 'alice' }])];
    assert.deepEqual(nowIn(await removeOutsideCollaborator.read(own, outside)), { accountId: 7 });
    assert.equal(stateIn(await removeOutsideCollaborator.read(taken, outside)), 'gone');
    await removeOutsideCollaborator.act(taken, outside);
    await removeOutsideCollaborator.act(own, outside);
    assert.deepEqual(removed, ['renamed']);
  });
});

describe('a runner', () => {
  const call = {
    kind: 'remove-runner',
    organisation: 'acme',
    repository: 'pay',
    runnerId: 3,
    name: 'laptop',
    expected: { name: 'laptop', os: 'linux' },
  } as const;
  const listed = { name: 'laptop', os: 'linux', status: 'online', labels: [], busy: true };
  const on = (runnerId: number, status = 'in_progress') => ({ items: [{ runnerId, status }] });

  test('is removed after what runs on it was cancelled, and a job goes on for five days at the most', () => {
    const { what, undo, risk } = remedyOf(removeRunner, ID, call, undefined);
    assert.equal(
      what,
      'Remove the self-hosted runner laptop (3) from acme/pay; what runs on it then is cancelled first.',
    );
    assert.match(undo, /^By hand: Register the machine again/);
    assert.equal(risk, 'disruptive');
    assert.equal(removeRunner.livesOn !== 'nothing' && removeRunner.livesOn(call).minutes, 7200);
  });

  test('that was set up anew under its number shows other facts', async () => {
    const read = (answer: unknown) => removeRunner.read(vendors({ getRunner: answer }), call);
    assert.deepEqual(nowIn(await read(ok(listed))), call.expected);
    assert.deepEqual(nowIn(await read(ok({ ...listed, os: 'macOS' }))), { name: 'laptop', os: 'macOS' });
    assert.equal(stateIn(await read(failed(NOT_FOUND))), 'gone');
  });

  test('only runs with a job on it are cancelled, and what was refused is told', async () => {
    const jobs: Record<number, object> = { 1: on(3), 2: on(4), 3: on(3, 'completed') };
    const there = (cancel: unknown) =>
      organisation({
        runsInProgress: { items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
        jobsOfRun: (_: unknown, id: number) => jobs[id],
        cancelRun: cancel,
      });
    const place = { organisation: 'acme', repository: 'pay' };
    assert.deepEqual(await cancelJobsOn(there(DONE), place, 3), { cancelled: 1, refused: [] });
    assert.deepEqual(await cancelJobsOn(there(failed(DENIED)), place, 3), { cancelled: 0, refused: [DENIED] });
  });

  test('of an organisation is looked for in its repositories that are not archived', async () => {
    const asked: unknown[] = [];
    const there = organisation({
      listOrganisationRepositories: {
        items: ['old', 'new'].map((name) => ({ name, archived: name === 'old', changedAt: '2026-01-01' })),
        failure: DENIED,
      },
      runsInProgress: ({ repository }: { repository: string }) => {
        asked.push(repository);
        return { items: [] };
      },
    });
    assert.deepEqual(await cancelJobsOn(there, { organisation: 'acme' }, 3), { cancelled: 0, refused: [DENIED] });
    assert.deepEqual(asked, ['new']);
  });

  test('that still works after a refusal is not removed', async () => {
    const deleted: unknown[] = [];
    const at = (cancel: unknown, busy: boolean) =>
      vendors({
        getRunner: ok({ ...listed, busy }),
        runsInProgress: { items: [{ id: 1 }] },
        jobsOfRun: on(3),
        cancelRun: cancel,
        deleteRunner: (...given: unknown[]) => {
          deleted.push(given);
          return DONE;
        },
      });
    assert.equal(effectIn(await removeRunner.act(at(failed(DENIED), true), call)), 'denied');
    assert.deepEqual(deleted, []);
    assert.equal(effectIn(await removeRunner.act(at(failed(DENIED), false), call)), 'done');
    assert.equal(effectIn(await removeRunner.act(at(DONE, true), call)), 'done');
    assert.equal(deleted.length, 2);
  });

  test('all refusals are told as one, by what a person has to mend', () => {
    assert.equal(refusedTogether([]), undefined);
    const gone: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'Nobody answers.' };
    const worst = refusedTogether([gone, DENIED]);
    assert.equal(worst?.kind, 'denied');
    assert.match(
      worst?.message ?? '',
      /^You may not\. 1 other question or cancellation failed as well\. The runner still works/,
    );
  });
});
