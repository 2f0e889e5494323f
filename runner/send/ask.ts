import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Ask = (url: URL, question: Question, signal: AbortSignal) => Promise<Answer>;

const MOST_CHARACTERS = 64 * 1_024;

/** One request. It follows no redirect, keeps no connection, and reads no more of an answer than a token needs. */
export const ask: Ask = (url, { method = 'GET', headers = {}, body }, signal) =>
  new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? askHttps : askHttp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = open(url, { method, headers: { ...headers, ...length }, agent: false, signal }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (text.length < MOST_CHARACTERS) text += chunk;
        else answer.destroy();
      });
      answer.on('error', reject);
      answer.on('close', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: text,
          header: (name) => [answer.headers[name] ?? []].flat()[0],
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
