import { azureDevOpsChecksum, azureDevOpsLegacyHolder } from '../checksums.ts';
import {
  type AnchoredFinder,
  type Candidate,
  hasLetters,
  isPlaceholder,
  type RunFinder,
  type TokenFormat,
  textBefore,
} from '../token-format.ts';

const REVOKE = 'Revoke the person’s personal access tokens in Azure DevOps (token administration).';

/** Of chance, 52 letters are more different ones than this. */
const FEWEST_LETTERS = 8;

/** The letters before and behind tell whether it is exactly this long. */
const BEFORE = 76;

/**
 * 84 characters with `AZDO` at 76. The four characters before it vary, contrary to Microsoft's own rule. Service
 * principals cannot create these tokens, so each belongs to a person.
 */
const current: AnchoredFinder = {
  anchors: ['AZDO'],
  findAt: (text, at) => {
    const start = at - BEFORE;
    if (start < 0) return undefined;
    const around = text.slice(Math.max(0, start - 1), start + 85);
    const token = around.slice(start === 0 ? 0 : 1).slice(0, 84);
    if (!hasLetters(token.slice(0, 52), FEWEST_LETTERS)) return undefined;
    if (!/^[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}$/.test(token)) return undefined;
    const found = { type: 'azure-devops', holder: 'personal', start, end: start + 84, sureEnd: start + 84 } as const;
    if (azureDevOpsChecksum(token.slice(0, 80)) === token.slice(80)) return { ...found, checksum: 'valid' };
    if (isPlaceholder(token.slice(0, 52))) return undefined;
    const exactly = !/^[0-9A-Za-z]{85}/.test(around) && !/[0-9A-Za-z]{85}$/.test(around);
    if (exactly) return { ...found, checksum: 'wrong' };
    // In a longer run four letters are chance; with the marker before them they are not.
    return token.slice(52, 58) === 'JQQJ99' ? { ...found, checksum: 'none' } : undefined;
  },
};

const LEGACY_LENGTH = 52;
const NAMED = /(?:azure[-_]?devops|azdo|\bado|vsts|vso|devops)[\w.-]{0,40}["']?\s*[:=]\s*["']?$/i;

/** 52 characters of base32 without any marker: every stretch of a run is tried by its checksum. */
const legacy: RunFinder = {
  run: { of: 'base32', least: LEGACY_LENGTH },
  findIn: (text, start, end) => {
    const run = text.slice(start, end);
    const found: Candidate[] = [];
    const window = new LetterWindow();
    for (let end = 1; end <= run.length; end += 1) {
      const code = run.charCodeAt(end - 1);
      const from = end - LEGACY_LENGTH;
      window.move(code, from > 0 ? run.charCodeAt(from - 1) : undefined);
      // The last character holds one bit of the 256: it is `a` or `q`. Of chance, the others are many.
      if (from < 0 || window.letters < FEWEST_LETTERS || (code !== 0x61 && code !== 0x71)) continue;
      const holder = azureDevOpsLegacyHolder(run.slice(from, end));
      if (holder !== undefined) found.push(candidate(start + from, holder, 'valid'));
    }
    if (found.length > 0 || run.length !== LEGACY_LENGTH || window.letters < FEWEST_LETTERS) return found;
    // Digests are written like this too, so that only a name makes it one with a wrong checksum.
    const last = run.charCodeAt(run.length - 1);
    const edges = textBefore(text, start, 1) + text.slice(end, end + 1);
    if ((last !== 0x61 && last !== 0x71) || /\w/.test(edges) || !NAMED.test(textBefore(text, start, 80))) return [];
    return isPlaceholder(run) ? [] : [candidate(start, 'personal', 'wrong')];
  },
};

/** How many different letters a stretch of a run has, while it moves along it. */
class LetterWindow {
  readonly #counts = new Uint8Array(128);
  letters = 0;

  move(comes: number, goes: number | undefined): void {
    const before = this.#counts[comes] ?? 0;
    this.#counts[comes] = before + 1;
    if (before === 0) this.letters += 1;
    if (goes === undefined) return;
    const left = (this.#counts[goes] ?? 0) - 1;
    this.#counts[goes] = left;
    if (left === 0) this.letters -= 1;
  }
}

function candidate(start: number, holder: 'personal' | 'service', checksum: Candidate['checksum']): Candidate {
  const end = start + LEGACY_LENGTH;
  return { type: 'azure-devops-legacy', holder, checksum, start, end, sureEnd: end };
}

export const AZURE_DEVOPS_FORMATS: readonly TokenFormat[] = [
  {
    type: 'azure-devops',
    vendor: 'Azure DevOps',
    name: 'personal access token',
    holder: 'personal',
    looksLike: '84 letters and digits with `AZDO` behind the 76th',
    checksum: 'Marvin-32 of the first 80 characters, four in base62',
    source: 'https://github.com/microsoft/security-utilities (SEC101/102, IdentifiableSecrets)',
    revoke: REVOKE,
    finders: [current],
  },
  {
    type: 'azure-devops-legacy',
    vendor: 'Azure DevOps',
    name: 'personal access token of before July 2024',
    holder: 'told',
    looksLike: '52 characters of lower-case base32',
    checksum: 'CRC-32 in four of its 32 bytes; its seed tells people’s from services’',
    source: 'https://github.com/microsoft/security-utilities (SEC101/102)',
    revoke: REVOKE,
    finders: [legacy],
  },
];
