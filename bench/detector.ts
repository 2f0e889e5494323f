import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { detectTokens } from '../src/credentials/detector/detect-tokens.ts';
import { ADVERSARIAL, KINDS, type Kind, makeCorpus, type Planted, type Sample } from './detector/corpus.ts';

/** A stretch of a text that a detector calls a secret. */
type Said = readonly { readonly start: number; readonly end: number }[];
type Detector = (text: string) => Promise<Said>;

const OURS: Detector = async (text) => detectTokens(text).filter(({ checksum }) => checksum !== 'wrong');
const SECRETLINT: Detector = async (content) => {
  const { messages } = await lintSource({
    source: { content, filePath: 'sample.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] } },
  });
  return messages.map(({ range: [start, end] }) => ({ start, end }));
};
const DETECTORS = { ours: OURS, secretlint: SECRETLINT } as const;

const LENGTH = 200_000;
const RUNS = 40;
const TOKENS_OF_A_KIND = 40;
const ALLOWED_SECONDS = 0.1;

const corpus = makeCorpus(20_261_128);
const mixed = (): Kind[] => Array.from({ length: 8 }, (_, at) => KINDS[(at * 7) % KINDS.length] ?? 'github-classic');
const SPEED: Readonly<Record<string, string>> = {
  YAML: corpus.sample(corpus.yaml, LENGTH, corpus.clear, mixed()).text,
  'YAML in base64': Buffer.from(corpus.sample(corpus.yaml, LENGTH, corpus.clear, mixed()).text).toString('base64'),
  'base64, wrapped': corpus.sample(corpus.base64, LENGTH, corpus.clear, mixed()).text,
  'base64, one line': corpus.bytes(LENGTH).toString('base64'),
  'JSON log': corpus.sample(corpus.log, LENGTH, corpus.clear, mixed()).text,
};

await speed('Throughput', SPEED);
const hostile = Object.fromEntries(
  ADVERSARIAL.map((seed) => [
    JSON.stringify(seed.slice(0, 24)),
    seed.repeat(Math.ceil(LENGTH / 2 / seed.length)).slice(0, LENGTH / 2),
  ]),
);
await speed('Throughput of hostile text', hostile);
await quality('In clear', corpus.clear);
await quality('Encoded', corpus.encoded);

/**
 * Megabytes a second of the process's own time, the best of a few runs: on a machine that others use at the same time,
 * the clock on the wall measures them. The two take turns.
 */
async function speed(title: string, texts: Readonly<Record<string, string>>): Promise<void> {
  console.log(`\n${title}, MB a second\n`);
  console.log('| text | ours | secretlint |\n|---|---:|---:|');
  const all: Record<keyof typeof DETECTORS, number> = { ours: 0, secretlint: 0 };
  let slowest = { name: '', rate: Number.POSITIVE_INFINITY };
  let characters = 0;
  for (const [name, text] of Object.entries(texts)) {
    const best = { ours: Number.POSITIVE_INFINITY, secretlint: Number.POSITIVE_INFINITY };
    for (let run = 0; run < RUNS; run += 1) {
      for (const who of ['ours', 'secretlint'] as const) {
        if (best[who] > ALLOWED_SECONDS && run > 0) continue;
        const began = process.cpuUsage();
        await DETECTORS[who](text);
        const { user, system } = process.cpuUsage(began);
        best[who] = Math.min(best[who], Math.max(user + system, 1) / 1e6);
      }
    }
    characters += text.length;
    all.ours += best.ours;
    all.secretlint += best.secretlint;
    const rate = text.length / best.ours / 1e6;
    if (rate < slowest.rate) slowest = { name, rate };
    console.log(`| ${name} | ${shown(rate)} | ${shown(text.length / best.secretlint / 1e6)} |`);
  }
  console.log(`| together | ${shown(characters / all.ours / 1e6)} | ${shown(characters / all.secretlint / 1e6)} |`);
  console.log(`\nSlowest: ${slowest.name} with ${shown(slowest.rate)}.`);
}

/** Per kind, how many of the planted tokens were met, and of what was said beside them how much was wrong. */
async function quality(title: string, forms: Parameters<typeof corpus.sample>[2]): Promise<void> {
  const found = { ours: new Map<Kind, number>(), secretlint: new Map<Kind, number>() };
  const wrong = { ours: 0, secretlint: 0 };
  const right = { ours: 0, secretlint: 0 };
  for (const kind of KINDS) {
    const sample = corpus.sample(corpus.yaml, 60_000, forms, Array<Kind>(TOKENS_OF_A_KIND).fill(kind));
    for (const who of ['ours', 'secretlint'] as const) {
      const said = await DETECTORS[who](sample.text);
      found[who].set(kind, sample.planted.filter((token) => said.some((each) => meets(each, token))).length);
      for (const each of said) {
        if (isPlanted(each, sample)) right[who] += 1;
        else wrong[who] += 1;
      }
    }
  }
  console.log(`\n${title}: recall, of ${TOKENS_OF_A_KIND} tokens each\n`);
  console.log('| type | ours | secretlint |\n|---|---:|---:|');
  const share = (who: keyof typeof DETECTORS, kind: Kind): string =>
    `${Math.round((100 * (found[who].get(kind) ?? 0)) / TOKENS_OF_A_KIND)} %`;
  for (const kind of KINDS) console.log(`| ${kind} | ${share('ours', kind)} | ${share('secretlint', kind)} |`);
  const precision = (who: keyof typeof DETECTORS): string =>
    `${((100 * right[who]) / Math.max(1, right[who] + wrong[who])).toFixed(1)} % (${wrong[who]} wrong)`;
  console.log(`| **precision** | ${precision('ours')} | ${precision('secretlint')} |`);
}

function meets(said: Said[number], { start, end }: Planted): boolean {
  return said.start < end && start < said.end;
}

function isPlanted(said: Said[number], { planted }: Sample): boolean {
  return planted.some((token) => meets(said, token));
}

function shown(rate: number): string {
  return rate >= 10 ? rate.toFixed(0) : rate.toFixed(1);
}
