import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

function collected() {
  const lines: Record<string, unknown>[] = [];
  return {
    lines,
    destination: { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  };
}

describe(createLogger.name, () => {
  it('writes JSON lines that say which service, tenant and request', () => {
    const { lines, destination } = collected();
    const place = () => ({ tenant: 'acme', requestId: 'r-1' });
    createLogger({ service: 'courses', place, destination }).info({ courseId: 'c-1' }, 'published');
    expect(lines).toMatchObject([
      {
        level: 'info',
        service: 'courses',
        tenant: 'acme',
        requestId: 'r-1',
        courseId: 'c-1',
        msg: 'published',
      },
    ]);
    expect(new Date(String(lines[0]?.['time'])).getTime()).toBeGreaterThan(0);
  });

  it('writes without a place where there is no request', () => {
    const { lines, destination } = collected();
    createLogger({ service: 'courses', place: () => undefined, destination }).warn('starting');
    expect(lines[0]).not.toHaveProperty('tenant');
  });

  it('never writes a secret, on the line itself or two levels down', () => {
    const { lines, destination } = collected();
    const logger = createLogger({ service: 'auth', destination });
    logger.info({
      password: 'hunter2',
      user: { token: 'tok-1' },
      req: { headers: { cookie: 'c=1', 'x-api-key': 'k' } },
    });
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|tok-1|c=1|"k"/);
    expect(lines[0]).toMatchObject({ password: '[redacted]' });
  });

  it('is quiet below its level', () => {
    const { lines, destination } = collected();
    createLogger({ service: 'auth', level: 'warn', destination }).info('hello');
    expect(lines).toEqual([]);
  });
});
