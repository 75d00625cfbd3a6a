import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { currentTenant, runInContext } from '#libs/tenancy';
import { aContext } from '#libs/tenancy/testing';
import { csvLine, csvStream } from './csv.js';

describe('csv', () => {
  it('quotes what needs it, and nothing else', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', null, 3, new Date(0)])).toBe(
      'plain,"a,b","say ""hi""","two\nlines",,3,1970-01-01T00:00:00.000Z\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|"/c calc"!A1'])(
    'lets no spreadsheet work %j out',
    (formula) => {
      expect(csvLine([formula])).toMatch(/^"?'/);
    },
  );

  it('keeps negative numbers that are numbers', () => {
    expect(csvLine([-7])).toBe('-7\r\n');
  });

  it('streams page by page in the tenant of whoever asked', async () => {
    const context = aContext({});
    const tenants: string[] = [];
    async function* pages() {
      for (const page of [['a'], ['b']]) {
        await Promise.resolve();
        tenants.push(currentTenant().id);
        yield [page];
      }
    }
    const stream = runInContext(context, () => csvStream(['name'], pages));
    expect((await buffer(stream)).toString()).toBe('\ufeffname\r\na\r\nb\r\n');
    expect(new Set(tenants)).toEqual(new Set([context.tenant?.id]));
  });
});
