import { describe, expect, it } from '@jest/globals';
import { compare, isEmpty, withTimes, type Agreement, type Registered, type TenantSpec } from './tenant.js';

const spec: TenantSpec = { displayName: 'Acme', plan: 'starter' };
const registered: Registered = { displayName: 'Acme', plan: 'starter', suspended: false, domains: [] };
const base: Agreement = { displayName: 'Acme', plan: 'starter', suspended: false, domains: [] };

describe(compare.name, () => {
  it('changes nothing where both say the same, whatever they said before', () => {
    for (const before of [base, {}, { plan: 'growth' } as const]) {
      const comparison = compare(spec, registered, { suspended: false, ...before });
      expect(isEmpty(comparison)).toBe(true);
      expect(comparison.disagreements).toEqual([]);
    }
  });

  it('pushes what the object changed and pulls what the directory changed, at once', () => {
    const { push, pull, disagreements } = compare(
      { ...spec, plan: 'growth' },
      { ...registered, suspended: true, displayName: 'New' },
      base,
    );
    expect(push).toMatchObject({ plan: 'growth' });
    expect(pull).toEqual({ suspended: true, displayName: 'New' });
    expect(disagreements).toEqual([]);
  });

  it('does nothing about what both changed, and names it', () => {
    const comparison = compare({ ...spec, plan: 'growth' }, { ...registered, plan: 'enterprise' }, base);
    expect(isEmpty(comparison)).toBe(true);
    expect(comparison.disagreements).toEqual(['plan is growth here and enterprise in the directory']);
  });

  it('takes neither side where they never agreed', () => {
    const comparison = compare({ ...spec, plan: 'growth' }, registered, { suspended: false });
    expect(isEmpty(comparison)).toBe(true);
    expect(comparison.disagreements).toHaveLength(1);
  });

  it('leaves the name to the academy', () => {
    const comparison = compare({ ...spec, displayName: 'Mine' }, registered, base);
    expect(isEmpty(comparison)).toBe(true);
    expect(comparison.disagreements[0]).toContain('displayName');
  });

  it('merges domains one by one', () => {
    const { push, pull, disagreements } = compare(
      { ...spec, domains: ['both.example', 'new-here.example', 'gone-there.example'] },
      { ...registered, domains: ['both.example', 'new-there.example', 'gone-here.example'] },
      { ...base, domains: ['both.example', 'gone-there.example', 'gone-here.example'] },
    );
    expect(push).toMatchObject({ addDomains: ['new-here.example'], removeDomains: ['gone-here.example'] });
    expect(pull.domains).toEqual(['both.example', 'new-here.example', 'new-there.example']);
    expect(disagreements).toEqual([]);
  });
});

describe(withTimes.name, () => {
  it('keeps the time of a condition that stays as it is', () => {
    const ready = { type: 'Ready', status: 'True', reason: 'Reconciled', message: 'one' } as const;
    const first = withTimes([ready], [], 1, new Date('2026-01-01T00:00:00.123Z'));
    expect(first[0]?.lastTransitionTime).toBe('2026-01-01T00:00:00Z');
    const later = new Date('2026-01-02T00:00:00Z');
    expect(withTimes([{ ...ready, message: 'two' }], first, 2, later)[0]).toMatchObject({
      message: 'two',
      observedGeneration: 2,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    });
    expect(withTimes([{ ...ready, status: 'False' }], first, 2, later)[0]?.lastTransitionTime).toBe(
      '2026-01-02T00:00:00Z',
    );
  });
});
