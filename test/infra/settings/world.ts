import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { completeExample } from '../support/complete-example.ts';

export const root = resolve(import.meta.dirname, '../../..');
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');
export const { app, settings, resources, ofType, only } = await completeExample();
export const text = (value: unknown): string => z.string().parse(value);
