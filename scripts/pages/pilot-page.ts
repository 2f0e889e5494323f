import { NOT_PROBED } from '../../src/doctor/pilot/not-probed.ts';
import type { ProbeDefinition } from '../../src/doctor/pilot/probe.ts';
import { PROBES } from '../../src/doctor/pilot/probes.ts';

const MARK = '<!-- What follows is generated from src/doctor/pilot by `npm run write:permissions`. -->';

const TITLES = { entra: 'Entra', github: 'GitHub', 'azure-devops': 'Azure DevOps', azure: 'Azure' } as const;

/** docs/pilot.md: what was written by hand, and below the mark the tables of probes. */
export function pilotPage(before: string): string {
  const [written = ''] = before.split(MARK);
  const count = Object.values(PROBES).flat().length;
  const parts = [
    `${written.trimEnd()}\n\n${MARK}`,
    '## The probes',
    `${count} questions; each answer is one of the words that stand here, or \`could-not-ask\` with the reason.`,
    ...(Object.keys(TITLES) as (keyof typeof TITLES)[]).flatMap((vendor) => [
      `### ${TITLES[vendor]}`,
      table(PROBES[vendor] as readonly ProbeDefinition[]),
    ]),
    '## What is not asked',
    [
      '| question | why not | until then |',
      '|---|---|---|',
      ...NOT_PROBED.map(({ question, why, instead }) => `| ${question} | ${why} | ${instead} |`),
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(probes: readonly ProbeDefinition[]): string {
  const rows = probes.map(({ id, question, asked, permissions, answers }) => {
    const words = Object.entries(answers).map(([word, { means, does }]) => `\`${word}\`: ${means} → ${does}`);
    const held = permissions.map((each) => `\`${each.replace(/^reader\//, '')}\``).join(', ');
    return `| \`${id}\`<br>${question} | ${asked}<br>${held} | ${words.join('<br>')} |`;
  });
  return [
    '| probe, question | what is asked, with which permissions of the reader | answer: what it means → what the product does |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}
