import { describe, expect, it } from '@jest/globals';
import { protectTable } from './protect-table.js';

describe(protectTable.name, () => {
  it('enables and forces row-level security with one policy for reading and writing', () => {
    const [enable, force, policy] = protectTable('courses.enrolments');
    expect(enable).toBe('ALTER TABLE courses.enrolments ENABLE ROW LEVEL SECURITY');
    expect(force).toBe('ALTER TABLE courses.enrolments FORCE ROW LEVEL SECURITY');
    expect(policy).toMatch(/USING \(tenant_id = .*\) WITH CHECK \(tenant_id = .*\)/s);
  });

  it.each([
    ['read', 'GRANT SELECT ON a.b TO harka_app'],
    ['append', 'GRANT SELECT, INSERT ON a.b TO harka_app'],
    ['write', 'GRANT SELECT, INSERT, UPDATE, DELETE ON a.b TO harka_app'],
  ] as const)('grants what %s needs and no more', (grant, statement) => {
    expect(protectTable('a.b', grant).at(-1)).toBe(statement);
  });

  it.each(['enrolments', 'a.b.c', 'a.b; DROP TABLE c', 'a."b"', ''])('takes no name like %p', (table) => {
    expect(() => protectTable(table)).toThrow('Not a schema.table');
  });
});
