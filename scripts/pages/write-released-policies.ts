import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ruleHash } from '../../src/posture/policies/rule-hash.ts';

/** Writes what the released policies hash to, after a file of infra/policies changed. */
const root = new URL('../..', import.meta.url).pathname;
const lines = globSync('infra/policies/*.json', { cwd: root })
  .toSorted()
  .map((file) => {
    const hash = ruleHash(JSON.parse(readFileSync(`${root}${file}`, 'utf8')));
    return `  '${basename(file, '.json')}': '${hash}',\n`;
  });
const text = `/** SHA-256 of each rule in infra/policies; \`node scripts/pages/write-released-policies.ts\` writes it. */
export const RELEASED_RULES = {
${lines.join('')}} as const;
`;
writeFileSync(`${root}src/posture/policies/released-rules.ts`, text);
