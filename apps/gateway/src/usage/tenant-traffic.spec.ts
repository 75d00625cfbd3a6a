import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { TenantTraffic } from './tenant-traffic.js';

const aResponse = (status = 200, headersSent = true) =>
  Object.assign(new EventEmitter(), { statusCode: status, headersSent }) as unknown as ServerResponse;

describe(TenantTraffic.name, () => {
  const setUp = () => {
    const seen: unknown[] = [];
    const answered = (...answer: unknown[]) => seen.push(answer);
    return { seen, traffic: new TenantTraffic({ concurrency: 2, answered }) };
  };

  it('holds one tenant to so many requests at once, and no other for it', () => {
    const { traffic } = setUp();
    const first = aResponse();
    traffic.enter('a', '/x', first);
    traffic.enter('a', '/x', aResponse());
    expect(() => {
      traffic.enter('a', '/x', aResponse());
    }).toThrow('at once');
    expect(() => {
      traffic.enter('b', '/x', aResponse());
    }).not.toThrow();
  });

  it('lets the next one in when one has ended', () => {
    const { traffic } = setUp();
    const responses = [aResponse(), aResponse(), aResponse()];
    for (const response of responses.slice(0, 2)) traffic.enter('a', '/x', response);
    responses[0]?.emit('close');
    expect(() => {
      traffic.enter('a', '/x', aResponse());
    }).not.toThrow();
  });

  it('tells what became of each request, also of one whose client left', () => {
    const { traffic, seen } = setUp();
    const responses = [aResponse(201), aResponse(200, false)];
    for (const response of responses) traffic.enter('a', '/x/:id', response);
    for (const response of responses) response.emit('close');
    expect(seen).toEqual([
      ['a', '/x/:id', 201],
      ['a', '/x/:id', 499],
    ]);
  });
});
