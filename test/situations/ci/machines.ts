import type { Agent } from '../../truth/firm/items/azure-devops.ts';
import type { Situation } from '../situation.ts';
import { agent, runner } from './items.ts';

/** Names that machines of Alex Moreau (`amoreau`) get. */
const MACHINES: readonly string[] = [
  'laptop-amoreau',
  'amoreau-desktop',
  'AMOREAU',
  'alex-moreau-mbp',
  'Alexs-MacBook-Pro',
  'alexs-mbp',
  'AlexMoreau-PC',
  'MoreauA-LT',
  'AMOREAU1',
  'LT-ALEXMOREAU01',
  'laptop-at-moreaus-desk',
];

export const runnersByName: readonly Situation[] = MACHINES.map((name, index) => {
  const place = index % 2 === 0 ? {} : { repository: 'payments' };
  const key = `runner-${index}`;
  return {
    name: `runner ${name} of ${index % 2 === 0 ? 'the organisation' : 'a repository'} is a finding`,
    items: [runner(key, 500 + index, name, place)],
    told: [key],
  };
});

const ACCOUNTS: readonly (readonly [what: string, capabilities: Agent['capabilities']])[] = [
  ['USER=amoreau', { USER: 'amoreau' }],
  ['USERNAME=AlexMoreau', { USERNAME: 'AlexMoreau' }],
  ['USERNAME=NORTHWIND\\alex.moreau', { USERNAME: 'NORTHWIND\\alex.moreau' }],
  ['HOME=/home/alex.moreau@corp.example', { HOME: '/home/alex.moreau@corp.example/agent' }],
  ['HOME=/home/corp.example/amoreau', { HOME: '/home/corp.example/amoreau' }],
  ['HOME=/Users/amoreau', { HOME: '/Users/amoreau' }],
  ['USERPROFILE=C:\\Users\\AlexMoreau', { USERPROFILE: 'C:\\Users\\AlexMoreau\\azagent' }],
  ['USERPROFILE=C:\\Users\\moreaua3', { USERPROFILE: 'C:\\Users\\moreaua3\\azagent' }],
  ['LOGNAME=alex.moreau', { LOGNAME: 'alex.moreau' }],
  ['Agent.HomeDirectory=/home/amoreau/azagent', { 'Agent.HomeDirectory': '/home/amoreau/azagent' }],
];

export const agentsByAccount: readonly Situation[] = ACCOUNTS.map(([what, capabilities], index) => {
  const key = `agent-${index}`;
  return {
    name: `an agent with ${what} is a finding`,
    items: [agent(key, 600 + index, `build-${index}`, capabilities)],
    told: [key],
  };
});

export const OTHER_MACHINES: readonly Situation[] = [
  {
    name: 'a colleague’s machine, whose login begins like the leaver’s, stays',
    items: [runner('of-ana', 701, 'laptop-amoreau-silva', { owner: { person: 'ana' }, labels: ['amoreau-silva'] })],
  },
  {
    name: 'a colleague’s agent stays enabled',
    items: [agent('agent-of-ana', 702, 'build-amoreau-silva', { USER: 'amoreau-silva' }, { owner: { person: 'ana' } })],
  },
  {
    name: 'a machine that only an audit log could tell is covered by the audit log’s line',
    items: [runner('opaque', 703, 'build-77', { signs: 'nothing' })],
    alive: ['opaque'],
  },
];
