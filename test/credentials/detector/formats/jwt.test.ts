import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JWT_FORMAT } from '../../../../src/credentials/detector/formats/jwt.ts';
import { drawing, type Expected, found, isFound } from './found.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A JSON object that takes so many letters. */
const long = (value: object, letters: number): string => {
  for (let more = 0; more < letters; more += 1) {
    const written = part({ ...value, x: 'x'.repeat(more) });
    if (written.length === letters) return written;
  }
  return assert.fail(`no object has ${letters} letters`);
};
const HEADER = part({ alg: 'RS256', typ: 'JWT' });
const PAYLOAD = part({ upn: 'alex@corp.example' });
const EXPECTED: Expected = {
  type: 'jwt',
  holder: 'personal',
  checksum: 'none',
  claims: { upn: 'alex@corp.example' },
};
const sureOf = (token: string): number => token.lastIndexOf('.') + 1;
const finds = (text: string): number => found([JWT_FORMAT], text).length;

test('a token is found with its signature, up to what is no letter of it', () => {
  const { bytes } = drawing();
  const token = `${HEADER}.${PAYLOAD}.${bytes(256).toString('base64url')}`;
  for (const around of [
    ['', ''],
    ['"', '"'],
    ['+', '+x'],
    ['/', '/x'],
    ['abc', ' '],
    ['abc.', '.x'],
  ] as const)
    isFound([JWT_FORMAT], token, { ...EXPECTED, sure: sureOf(token) }, around);
  const unsigned = `${HEADER}.${PAYLOAD}.`;
  isFound([JWT_FORMAT], unsigned, { ...EXPECTED, sure: unsigned.length });
});

test('a header may hold what begins like one, and may be written over lines', () => {
  const inner = Buffer.from(`{"kid":"${part({ a: 1 })}","alg":"none"}`).toString('base64url');
  for (const header of [inner, Buffer.from('{\n "alg": "x" }').toString('base64url')]) {
    const payload = Buffer.from('{ "upn": "alex@corp.example"\n}').toString('base64url');
    const token = `${header}.${payload}.c2ln`;
    isFound([JWT_FORMAT], token, { ...EXPECTED, sure: sureOf(token) });
  }
});

test('what is longer than any token is none, and a signature is cut at its longest', () => {
  const sign = 'aB3'.repeat(600);
  const of = (header: number, payload: number): string =>
    `${long({ alg: 'RS256' }, header)}.${long({ upn: 'alex@corp.example' }, payload)}.${sign.slice(0, 1_400)}`;
  for (const token of [of(1_024, 100), of(100, 16_384)]) {
    isFound([JWT_FORMAT], token, { ...EXPECTED, sure: sureOf(token) });
    isFound([JWT_FORMAT], token, { ...EXPECTED, sure: sureOf(token) }, ['', 'aB3']);
  }
  for (const [header, payload] of [
    [1_026, 100],
    [100, 16_386],
  ] as const)
    assert.equal(finds(of(header, payload)), 0, `${header} and ${payload}`);
});

test('two segments, a header without an algorithm and what is no JSON are none', () => {
  for (const text of [
    `${HEADER}.${PAYLOAD}`,
    `${HEADER}.${PAYLOAD} .x`,
    `${part({ typ: 'JWT' })}.${PAYLOAD}.x`,
    `${part({ alg: 256 })}.${PAYLOAD}.x`,
    `${HEADER}.eyJub3QgSlNPTg.x`,
    `${HEADER}.${PAYLOAD.slice(0, 8)}+${PAYLOAD.slice(8)}.x`,
    `${HEADER}.${PAYLOAD.slice(0, 8)}/${PAYLOAD.slice(8)}.x`,
    ` .${PAYLOAD}.x`,
    `.${PAYLOAD}.x`,
  ])
    assert.equal(finds(text), 0, text);
});
