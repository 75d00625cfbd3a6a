import { describe, expect, it } from '@jest/globals';
import { requirePlainBody, requireSaneUrl } from './request-url.js';
import type { IncomingMessage } from 'node:http';

describe(requireSaneUrl.name, () => {
  it.each(['/', '/api/v1/courses?q=fire+safety', '/a%20b?c=%C3%BC', '/?q=100%25'])('passes %p', (url) => {
    expect(() => {
      requireSaneUrl(url);
    }).not.toThrow();
  });

  it.each([
    '',
    '*',
    'http://evil.example/',
    '/a b',
    '/a\u0000',
    '/ü',
    '/%00',
    '/?q=%00',
    '/%',
    '/%zz',
    '/?q=%ff',
    '/%c3%28',
    `/${'a'.repeat(8_192)}`,
  ])('refuses %p', (url) => {
    expect(() => {
      requireSaneUrl(url);
    }).toThrow();
  });
});

describe(requirePlainBody.name, () => {
  it('refuses a packed body, which could unpack to anything', () => {
    const request = (coding?: string) => ({ headers: { 'content-encoding': coding } }) as IncomingMessage;
    expect(() => {
      requirePlainBody(request('gzip'));
    }).toThrow('Content-Encoding');
    expect(() => {
      requirePlainBody(request('identity'));
    }).not.toThrow();
    expect(() => {
      requirePlainBody(request());
    }).not.toThrow();
  });
});
