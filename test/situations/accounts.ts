import { KEY, NO_PEOPLE, OLD_NAME_OF_ANA, PAT, SECOND, trust } from './accounts-world.ts';
import { ALEX, ANA, DOMAIN, signOn, ZED } from './base-firm.ts';
import type { Situation, Situations } from './situation.ts';

const alone: readonly Situation[] = [
  {
    name: 'a colleague’s account under a name that the leaver has by now, her object id beside it: hers stays',
    ...OLD_NAME_OF_ANA({ objectIdOf: 'ana' }),
  },
  {
    name: 'the same where the assertion carries no object id: a name alone proves nothing',
    ...OLD_NAME_OF_ANA({}),
  },
  {
    name: 'a NameID that is the colleague’s own object id, under a provisioned name that is the leaver’s',
    without: ['sign-on-ana', 'sign-on-alex'],
    items: signOn('by-id', ANA, ANA.oid, { objectIdOf: 'ana' }).map((item) => ({
      ...item,
      scimName: ALEX.userPrincipalName,
    })),
  },
  {
    name: 'the leaver’s account under the UPN in capitals',
    without: ['sign-on-alex'],
    items: [...signOn('capitals', ALEX, ALEX.userPrincipalName.toUpperCase(), { objectIdOf: 'alex' }), PAT, KEY],
    ends: ['pat', 'ssh'],
  },
  {
    name: 'the leaver’s account under a former UPN, the object id beside it',
    without: ['sign-on-alex'],
    items: [...signOn('former', ALEX, `a.moreau-old@${DOMAIN}`, { objectIdOf: 'alex' }), PAT, KEY],
    ends: ['pat', 'ssh'],
  },
  {
    name: 'the leaver’s account under the object id',
    without: ['sign-on-alex'],
    items: [...signOn('oid', ALEX, ALEX.oid, { objectIdOf: 'alex' }), PAT, KEY],
    ends: ['pat', 'ssh'],
  },
  {
    name: 'a newcomer has the leaver’s UPN by now; the assertion says that the account is the leaver’s',
    people: [
      { ...ANA, userPrincipalName: ALEX.userPrincipalName },
      { ...ALEX, userPrincipalName: `former.alex@${DOMAIN}`, mail: null },
    ],
    without: ['sign-on-ana', 'sign-on-alex'],
    items: [...signOn('former', ALEX, ALEX.userPrincipalName, { objectIdOf: 'alex' }), PAT],
    ends: ['pat'],
  },
  {
    name: 'nobody links the leaver to an account: what is not known is not called complete',
    without: ['sign-on-alex'],
    items: [PAT, KEY],
    alive: ['pat', 'ssh'],
  },
  {
    name: 'no account is known, and what anybody may use is told all the same',
    without: ['sign-on-alex'],
    items: [trust('anybody', 'environment:production', 'anybody')],
    told: ['anybody'],
  },
  {
    name: 'single sign-on is the enterprise’s: nothing is complete that rests on an account',
    habits: { enterpriseSignOn: true },
    items: [PAT, trust('of-alex', 'repo:amoreau/tools:pull_request', { person: 'alex' })],
    alive: ['pat', 'of-alex'],
  },
  {
    name: 'single sign-on is the enterprise’s, and what anybody may use is told all the same',
    habits: { enterpriseSignOn: true },
    items: [trust('anybody', 'environment:production', 'anybody')],
    told: ['anybody'],
  },
  {
    name: 'only one of two organisations links the account',
    without: ['sign-on-alex-northwind-labs'],
    items: [PAT, KEY],
    ends: ['pat', 'ssh'],
  },
  {
    name: 'a managed account with the firm’s short code behind its login',
    people: [{ ...ALEX, github: { id: 4_711_042, login: 'amoreau_fir' } }],
    items: [PAT, KEY],
    ends: ['pat', 'ssh'],
  },
  {
    name: 'the leaver renamed the account, and the old login is free: anybody may claim it',
    people: [{ ...ALEX, github: { id: 4_711_042, login: 'alex-new' } }],
    items: [PAT, trust('old-login', 'repo:amoreau/tools:environment:production', 'anybody')],
    ends: ['pat'],
    told: ['old-login'],
  },
  {
    name: 'the leaver renamed the account, and a stranger has the old login: the stranger’s trust is not the leaver’s to cut',
    people: [
      { ...ALEX, github: { id: 4_711_042, login: 'alex-new' } },
      { ...ZED, github: { id: 9_900_123, login: 'amoreau' } },
    ],
    items: [PAT, trust('stranger', 'repo:amoreau/tools:ref:refs/heads/main', 'stranger')],
    ends: ['pat'],
  },
  {
    name: 'the account is renamed in the middle of the case: its tokens end all the same',
    items: [PAT, KEY],
    ends: ['pat', 'ssh'],
    meanwhile: (stack) =>
      stack.tenant.server.onCall(({ vendor, path }) => {
        const user = stack.states.github.users.all().find(({ login }) => login === 'amoreau');
        if (vendor !== 'github' || !path.includes('/variables') || user === undefined) return;
        user.login = 'zz-top';
        for (const organisation of stack.states.github.organisations.all())
          for (const row of organisation.credentials.all())
            if (row.login === 'amoreau') Object.assign(row, { login: 'zz-top' });
      }),
    moves: /^github\/users\//,
  },
  {
    name: 'the login is renamed and claimed by a stranger in the middle of the case: nothing of the stranger’s is cut',
    items: [PAT, KEY],
    ends: ['pat', 'ssh'],
    meanwhile: (stack) =>
      stack.tenant.server.onCall(({ vendor, path }) => {
        const { users, organisations } = stack.states.github;
        const user = users.all().find(({ login, name }) => login === 'amoreau' && name === ALEX.displayName);
        const zed = users.all().find(({ login }) => login === 'zed');
        if (vendor !== 'github' || !path.includes('/variables') || user === undefined || zed === undefined) return;
        user.login = 'zz-top';
        zed.login = 'amoreau';
        for (const organisation of organisations.all())
          for (const row of organisation.credentials.all())
            if (row.login === 'amoreau') Object.assign(row, { login: 'zz-top' });
      }),
    moves: /^github\/users\//,
  },
  {
    name: 'a guest whom single sign-on knows by the address of the home tenant',
    people: [
      {
        ...ALEX,
        guest: true,
        userPrincipalName: `alex.moreau_partner.example#EXT#@${DOMAIN}`,
        mail: 'alex.moreau@partner.example',
      },
    ],
    without: ['sign-on-alex'],
    items: [...signOn('guest', ALEX, 'alex.moreau@partner.example', { objectIdOf: 'alex' }), PAT],
    ends: ['pat'],
  },
  {
    name: 'an apostrophe in the name reaches every question about the person',
    people: [{ ...ALEX, displayName: "Alex O'Moreau", userPrincipalName: `alex.o'moreau@${DOMAIN}`, mail: null }],
    without: ['sign-on-alex'],
    items: [
      ...signOn('apostrophe', ALEX, `alex.o'moreau@${DOMAIN}`, { objectIdOf: 'alex' }),
      PAT,
      { key: 'grant', kind: 'grant', person: 'alex', client: 'vscode', on: 'gateway', scope: 'mcp.tools.read' },
    ],
    ends: ['pat', 'grant'],
  },
  {
    name: 'two people share a mail address, by which single sign-on knows one of them: a name that two have proves nothing',
    people: [
      { ...ANA, mail: `moreau@${DOMAIN}` },
      { ...ALEX, mail: `moreau@${DOMAIN}` },
    ],
    without: ['sign-on-ana', 'sign-on-alex'],
    items: signOn('shared', ANA, `moreau@${DOMAIN}`),
  },
  {
    name: 'Azure DevOps keeps a colleague under the leaver’s UPN, with her own object id: her tokens stay',
    people: [{ ...ANA, devopsName: ALEX.userPrincipalName }],
    items: [{ key: 'hers', kind: 'devops-token', person: 'ana', id: 811, name: 'hers', scope: 'app_token' }],
  },
  {
    name: 'Azure DevOps keeps the leaver under a former UPN: the object id tells',
    people: [{ ...ALEX, devopsName: `a.moreau-old@${DOMAIN}` }],
    items: [{ key: 'his', kind: 'devops-token', person: 'alex', id: 812, name: 'his', scope: 'app_token' }],
    ends: ['his'],
  },
  {
    name: 'a second account of the leaver on GitHub, that nobody linked: outside collaborators are not complete',
    people: [{ ...SECOND, outsider: true }],
    items: [
      {
        key: 'second',
        kind: 'runner',
        organisation: 'northwind-labs',
        id: 813,
        name: 'adm-amoreau-box',
        labels: ['adm-amoreau'],
        owner: { person: 'alex-admin' },
        signs: 'name',
      },
    ],
    alive: ['second'],
  },
  ...NO_PEOPLE.map(
    ([what, oid]): Situation => ({
      name: `${what} is no leaver: it is refused, and not denied`,
      people: [{ ...ALEX, oid }],
      leaving: { state: 'gone', daysAgo: 1, recorded: false },
      refused: true,
    }),
  ),
];

export const ACCOUNTS: Situations = { alone };
