import { describe, expect, it } from '@jest/globals';
import { Tracer } from './trace.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe(Tracer.name, () => {
  const tracer = new Tracer();

  it('keeps a sane request id', () => {
    expect(tracer.trace('build-42:retry.1', undefined).requestId).toBe('build-42:retry.1');
  });

  it.each(['short', 'with blank 123', 'line\nbreak123', 'x'.repeat(129), 'ümlaut-12345', '{"json":"123"}'])(
    'replaces %p by an id of its own',
    (id) => {
      expect(tracer.trace(id, undefined).requestId).toMatch(uuid);
    },
  );

  it('continues a trace under a new span', () => {
    const { traceparent } = tracer.trace(undefined, parent);
    expect(traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(traceparent).not.toBe(parent);
  });

  it.each([
    'garbage',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    parent.toUpperCase(),
  ])('starts a trace of its own instead of %p', (given) => {
    const { traceparent } = tracer.trace(undefined, given);
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceparent).not.toContain('0af7651916cd43dd');
  });

  it('never gives the same ids twice', () => {
    const seen = new Set(Array.from({ length: 5_000 }, () => tracer.trace(undefined, undefined).traceparent));
    expect(seen.size).toBe(5_000);
  });
});
