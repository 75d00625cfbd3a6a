import { describe, expect, it } from '@jest/globals';
import type { Arrival } from '../edge/arrival.js';
import { answeredHeaders, forwardedHeaders } from './forwarded-headers.js';

const arrival: Arrival = {
  host: { kind: 'subdomain', name: 'acme.localhost', slug: 'acme' },
  hostHeader: 'acme.localhost:8080',
  ip: '203.0.113.7',
  secure: false,
  requestId: 'request-1',
  traceparent: '00-a-b-01',
};
const asRecord = (list: readonly string[]): Record<string, string[]> => {
  const record: Record<string, string[]> = {};
  for (let index = 0; index < list.length; index += 2) {
    (record[list[index] ?? ''] ??= []).push(list[index + 1] ?? '');
  }
  return record;
};

describe(forwardedHeaders.name, () => {
  it('says what the gateway knows and never what a stranger claims', () => {
    const spoofed = {
      'x-harka-context': 'forged',
      'x-tenant-id': 'b',
      'x-request-id': 'theirs',
      'x-forwarded-for': '9.9.9.9',
      'x-forwarded-host': 'globex.localhost',
      'x-forwarded-proto': 'https',
      forwarded: 'for=9.9.9.9',
      'x-real-ip': '9.9.9.9',
      host: 'acme.localhost',
      connection: 'x-smuggled',
      'x-smuggled': '1',
      authorization: 'Bearer t',
      'x-api-key': 'k',
      cookie: 'harka_session=s',
      'x-csrf-token': 'c',
      accept: 'application/json',
      'idempotency-key': 'once',
    };
    expect(asRecord(forwardedHeaders(spoofed, arrival, { service: 'courses' }, 'signed', false))).toEqual({
      'x-harka-context': ['signed'],
      'x-request-id': ['request-1'],
      traceparent: ['00-a-b-01'],
      'x-forwarded-for': ['203.0.113.7'],
      'x-forwarded-proto': ['http'],
      'x-forwarded-host': ['acme.localhost:8080'],
      accept: ['application/json'],
      'idempotency-key': ['once'],
    });
  });

  it('shows cookies to auth alone, and lengths only with a body', () => {
    const incoming = { cookie: 'harka_refresh=r', 'content-length': '2', 'content-type': 'application/json' };
    const toAuth = asRecord(forwardedHeaders(incoming, arrival, { service: 'auth' }, 'signed', true));
    expect(toAuth).toMatchObject({ cookie: ['harka_refresh=r'], 'content-length': ['2'] });
    const without = asRecord(forwardedHeaders(incoming, arrival, { service: 'courses' }, 'signed', false));
    expect(Object.keys(without)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(Object.keys(without)).not.toEqual(expect.arrayContaining(['content-length']));
  });
});

describe('an upload', () => {
  it('is bytes to a service, whatever it is', () => {
    const incoming = { 'content-type': 'application/json' };
    const list = forwardedHeaders(incoming, arrival, { service: 'media', upload: true }, 'signed', true);
    expect(asRecord(list)).toMatchObject({ 'content-type': ['application/octet-stream'] });
  });
});

describe(answeredHeaders.name, () => {
  const own = ['x-request-id', 'ours', 'cache-control', 'no-store', 'content-security-policy', 'strict'];

  it('adds our headers where the service says nothing of its own', () => {
    const answer = { 'content-type': 'application/json', 'cache-control': 'private, no-cache' };
    expect(asRecord(answeredHeaders(answer, 'courses', own))).toEqual({
      'content-type': ['application/json'],
      'cache-control': ['private, no-cache'],
      'x-request-id': ['ours'],
      'content-security-policy': ['strict'],
    });
  });

  it('drops what belongs to the connection, and a request id that is not ours', () => {
    const answer = { connection: 'keep-alive', 'transfer-encoding': 'chunked', 'x-request-id': 'theirs' };
    expect(asRecord(answeredHeaders(answer, 'courses', own))).toMatchObject({ 'x-request-id': ['ours'] });
    expect(asRecord(answeredHeaders(answer, 'courses', []))).toEqual({});
  });

  it('lets auth alone set cookies, as many as it likes', () => {
    const answer = { 'set-cookie': ['a=1', 'b=2'] };
    expect(asRecord(answeredHeaders(answer, 'auth', []))).toEqual({ 'set-cookie': ['a=1', 'b=2'] });
    expect(asRecord(answeredHeaders(answer, 'courses', []))).toEqual({});
  });
});
