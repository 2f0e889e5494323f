import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Report } from '../../src/report/report.ts';

/** The reports of the snapshot, by name: whole cases of the case study’s company. */
export const STORED_REPORTS = ['plan', 'applied', 'github-in-trouble'] as const;

/** A report as it was filed, with times and digests in the place of those that differ from run to run. */
export function storedReport(name: (typeof STORED_REPORTS)[number]): Report {
  const text = readFileSync(new URL(`../snapshot/report-${name}.yaml`, import.meta.url), 'utf8')
    .replaceAll('<sha256>', SHA256)
    .replaceAll(':<port>', '')
    .replace(/(\d{4}-\d\d-\d\d[T ]\d\d:\d)x/g, '$10')
    .replace(/T(\d\d:\d0)Z/g, 'T$1:00.000Z');
  return withFiles(parse(text)) as Report;
}

const SHA256 = '5b1d'.repeat(16);

/** The snapshot keeps the names of files alone. */
function withFiles(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && key === 'beforeImage') return fileOf(value);
  if (Array.isArray(value)) return value.map((each) => (key === 'files' ? fileOf(String(each)) : withFiles(each)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withFiles(inner, name)]));
}

function fileOf(name: string): object {
  return { container: 'evidence', name, sha256: SHA256, bytes: 412 };
}
