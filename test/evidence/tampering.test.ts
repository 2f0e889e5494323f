import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceFile } from '../../src/evidence/verification.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import { type Chance, chanceOf } from '../truth/firm/random.ts';
import { buildCase, CASE_ID, mintKey } from './build-case.ts';

const [first, second] = [await mintKey('vault/keys/signing/1'), await mintKey('vault/keys/signing/2')];
const stranger = await mintKey('vault/keys/signing/1');
const keys = [{ thumbprint: first.thumbprint }, { thumbprint: second.thumbprint }];

/** Every case by its own seed, so that a failure is made again by its number. */
const CASES = 300;

type Tampering = (files: readonly EvidenceFile[], chance: Chance) => readonly EvidenceFile[] | Promise<EvidenceFile[]>;

const onOne =
  (change: (bytes: Buffer, chance: Chance) => Uint8Array): Tampering =>
  (files, chance) => {
    const target = chance.pick(files);
    return files.map((file) =>
      file === target ? { name: file.name, bytes: change(Buffer.from(file.bytes), chance) } : file,
    );
  };

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  nothing: (files) => files,
  'another order of reading': (files, chance) =>
    files
      .map((file) => ({ file, at: chance.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ file }) => file),
  'one bit': onOne((bytes, chance) => {
    const at = chance.between(0, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.between(0, 7));
    return bytes;
  }),
  'one byte': onOne((bytes, chance) => {
    bytes[chance.between(0, bytes.length - 1)] = chance.between(0, 255);
    return bytes;
  }),
  'cut short': onOne((bytes, chance) => bytes.subarray(0, chance.between(0, bytes.length - 1))),
  'a byte added': onOne((bytes, chance) => {
    const at = chance.between(0, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), chance.bytes(1), bytes.subarray(at)]);
  }),
  'a file gone': (files, chance) => {
    const target = chance.pick(files);
    return files.filter((file) => file !== target);
  },
  'a file renamed': (files, chance) => {
    const target = chance.pick(files);
    return files.map((file) =>
      file === target ? { name: `${file.name}${chance.pick(['2', '/x', '.bak'])}`, bytes: file.bytes } : file,
    );
  },
  'a file added': (files, chance) => {
    const { name } = chance.pick(files);
    const added = `${name.slice(0, name.lastIndexOf('/'))}/${chance.pick(['new.json', 'manifest-2.json', 'report.md.old'])}`;
    return [...files, { name: added, bytes: chance.bytes(9) }];
  },
  'two files swapped': (files, chance) => {
    const [one, other] = [chance.pick(files), chance.pick(files)];
    return files.map((file) => {
      if (file === one) return { name: file.name, bytes: other.bytes };
      return file === other ? { name: file.name, bytes: one.bytes } : file;
    });
  },
  'two of a kind swapped': (files, chance) => {
    const kind = chance.pick(['manifest.json', 'signature.dsse.json', 'report.json']);
    const all = files.filter(({ name }) => name.endsWith(`/${kind}`));
    const [one, other] = [chance.pick(all), chance.pick(all)];
    return files.map((file) => {
      if (file === one) return { name: file.name, bytes: other.bytes };
      return file === other ? { name: file.name, bytes: one.bytes } : file;
    });
  },
  'a revision gone': (files, chance) => {
    const n = chance.between(1, 4);
    const folder = `cases/${CASE_ID}/revision-${n}/`;
    if (n > 1) return files.filter(({ name }) => !name.startsWith(folder));
    return files.filter(({ name }) => /\/(?:revision-\d+|decisions|keys)\//.test(name));
  },
  'a revision of another case': async (files, chance) => {
    const other = await buildCase({
      caseId: '0e000000-0000-4000-8000-000000000009-1',
      keys: [first, first, first, first],
    });
    const n = chance.between(1, 4);
    const folder = n === 1 ? '' : `revision-${n}/`;
    const taken = new Map(other.map(({ name, bytes }) => [name.split('/').slice(2).join('/'), bytes]));
    return files.map((file) => {
      const name = file.name.split('/').slice(2).join('/');
      return name.startsWith(folder) ? { name: file.name, bytes: taken.get(name) ?? file.bytes } : file;
    });
  },
  'forged with another key': () => buildCase({ keys: [stranger] }),
};

/** What must be as it was: all but the content of what nobody vouches for. */
function essence(files: readonly EvidenceFile[], unsealed: ReadonlySet<string>): string {
  const lines = files.map(
    ({ name, bytes }) => `${name} ${unsealed.has(name) ? '' : Buffer.from(bytes).toString('hex')}`,
  );
  return lines.sort().join('\n');
}

test('of evidence that somebody laid hands on, exactly what is as it was filed is verified', async () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= CASES; seed += 1) {
    const chance = chanceOf(seed);
    const length = chance.between(1, 4);
    const rotated = chance.between(0, length);
    const shape = {
      keys: Array.from({ length }, (_, index) => (index < rotated ? first : second)),
      broken: Array.from({ length }, (_, index) => index + 1).filter(() => chance.is(0.2)),
    };
    const filed = await buildCase(shape);
    const untouched = await verifyEvidence(filed, { keys });
    assert.equal(untouched.verdict, 'verified', `seed ${seed}: ${JSON.stringify(untouched.faults)}`);
    const kind = chance.pick(Object.keys(TAMPERINGS));
    const files = (await TAMPERINGS[kind]?.(filed, chance)) ?? [];
    const expect = untouched.revisions.at(-1)?.sha256 ?? '';
    const verified = await verifyEvidence(files, { keys, expect });
    const left = new Set(untouched.unsealed.map(({ file }) => file));
    const isSame = essence(files, left) === essence(filed, left);
    // What was added may lie where nobody vouches for it: it is told, by its name.
    const isTold = verified.unsealed.some(({ file }) => !left.has(file)) || verified.unsealed.length < left.size;
    assert.equal(
      verified.verdict === 'verified' && !isTold,
      isSame,
      `seed ${seed}, ${kind}: ${JSON.stringify(verified, undefined, 1)}`,
    );
    seen.set(kind, (seen.get(kind) ?? 0) + (isSame ? 0 : 1));
  }
  // The campaign is worth what it tried.
  for (const kind of Object.keys(TAMPERINGS).slice(2))
    assert.ok((seen.get(kind) ?? 0) > 2, `${kind}: ${seen.get(kind)}`);
});

test('wherever a single byte of a case is changed, it is found', async () => {
  const filed = await buildCase({ keys: [first, second] });
  for (const [index, { name, bytes }] of filed.entries())
    for (let at = 0; at < bytes.length; at += name.endsWith('.dsse.json') ? 11 : 3) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 1;
      const { ok } = await verifyEvidence(filed.with(index, { name, bytes: other }), { keys });
      assert.ok(!ok, `byte ${at} of ${name}`);
    }
});
