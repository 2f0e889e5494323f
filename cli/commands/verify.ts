import { readFile } from 'node:fs/promises';
import type { PinnedKey, Verdict, Verification } from '../../src/evidence/verification.ts';
import { defineCommand } from '../command.ts';
import { CliError, type Ending } from '../exit-codes.ts';
import { oneLine } from '../terminal/table.ts';

export const verify = defineCommand({
  name: 'verify',
  about: 'whether downloaded evidence is what was filed and signed; asks nobody',
  operand: { name: 'folder', about: 'where case evidence --out put it' },
  options: {
    key: {
      kind: 'list',
      hint: 'key',
      about: 'thumbprint of the key that must have signed, or a file that holds the key',
    },
    expect: {
      kind: 'text',
      hint: 'sha256',
      about: 'SHA-256 of the newest manifest, as case evidence tells it: otherwise nobody knows of a newer revision',
      check: (text) => (/^[0-9a-f]{64}$/.test(text) ? undefined : '64 hexadecimal digits in lower case'),
    },
  },
  example: 'verify evidence --key signing-key.pem',
  async run({ operand: folder, options: { key, expect } }, session) {
    // 200 KB, which no other command needs.
    const [{ readEvidenceFolder }, { verifyEvidence }] = await Promise.all([
      import('../../src/evidence/read-folder.ts'),
      import('../../src/evidence/verify-evidence.ts'),
    ]);
    const keys = await Promise.all(key.map(pinned));
    const files = await readEvidenceFolder(folder).catch((error: unknown) => {
      throw new CliError('error', `${folder} cannot be read: ${messageOf(error)}`);
    });
    const found = await verifyEvidence(files, { keys, ...(expect === undefined ? {} : { expect }) });
    session.show(found, () => describe(found));
    return ENDINGS[found.verdict];
  },
});

/** Of the one table: what nobody vouches for is not done. */
const ENDINGS: Readonly<Record<Verdict, Ending>> = {
  verified: 'done',
  'not-pinned': 'attention',
  unsigned: 'incomplete',
  altered: 'failed',
};

async function pinned(given: string): Promise<PinnedKey> {
  const { pinnedKeyOf } = await import('../../src/evidence/public-key.ts');
  try {
    return await pinnedKeyOf(/^[\w-]{43}$/.test(given) ? given : await readFile(given, 'utf8'));
  } catch (error) {
    throw new CliError('usage', `--key ${given}: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const MEANS: Readonly<Record<Verdict, string>> = {
  verified: 'verified: whole, and signed by a key that you named',
  'not-pinned': 'whole and signed, but you named no key: whoever swapped everything could have signed it. Say --key.',
  unsigned: 'whole, but the newest revision is not signed: the files agree with each other, and no more',
  altered: 'ALTERED: keep the files as they are, and treat it as an incident',
};

function describe({ verdict, revisions, faults, signedBy, unsealed, isNewestProved }: Verification): string {
  return [
    MEANS[verdict],
    ...revisions.map(
      (each) =>
        `  revision ${each.revision}: ${each.filedAt}, ${each.outcome}, ${each.files} files, signature ${each.signature}`,
    ),
    ...signedBy.map(
      ({ thumbprint, keyid, pinned }) => `  signed by ${thumbprint} (${keyid})${pinned ? ', which you named' : ''}`,
    ),
    ...faults.map(({ file, what, todo }) => `  ${file}: ${what} ${todo}`),
    ...unsealed.map(({ file, why }) => `  nobody vouches for ${file}: ${why}`),
    ...(isNewestProved ? [] : ['  Nothing here tells whether a newer revision was left out; --expect does.']),
  ]
    .map((line) => line.replace(/^( *)(.*)$/s, (_, indent: string, text: string) => `${indent}${oneLine(text)}`))
    .join('\n')
    .concat('\n');
}
