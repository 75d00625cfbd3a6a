import { describe, expect, it } from '@jest/globals';
import { emptyForm, faultsOf, formOf, inputOf, newCondition, whomOf } from './rule-form.js';

const id = '0198f0c1-2f5e-7abc-8def-0123456789ab';
const course = { id, label: 'Fire safety' };

describe('the form of a rule', () => {
  it('says what is missing', () => {
    expect([...faultsOf(emptyForm())]).toEqual(['name', 'conditions', 'courses']);
    const form = { ...emptyForm(), name: 'New hires', conditions: [], courses: [course] };
    expect([...faultsOf(form)]).toEqual([]);
    expect([...faultsOf({ ...form, dueKind: 'date' as const })]).toEqual(['due']);
    expect([...faultsOf({ ...form, escalates: true, escalateAfterDays: null })]).toEqual(['escalation']);
  });

  it('counts only conditions that are complete', () => {
    const done = { ...newCondition('team'), values: [{ id: 'Sales', label: 'Sales' }] };
    const form = { ...emptyForm(), conditions: [done, newCondition('role')] };
    expect(whomOf(form).conditions).toEqual([
      { attribute: 'team', operator: 'is_one_of', values: ['Sales'] },
    ]);
  });

  it('comes back from the server as it went there', () => {
    const input = inputOf({
      ...{ ...emptyForm(), name: ' New hires ', courses: [course], dueKind: 'date', dueDate: '2030-06-30' },
      conditions: [
        { ...newCondition('joined'), date: '2026-01-01' },
        { ...newCondition('manager'), negated: true, values: [{ id, label: 'Bo' }] },
      ],
      ...{ escalates: true, renews: true, renewAfterMonths: 24 },
    });
    const rule = {
      ...{ ...input, id, courses: [{ courseId: id, title: 'Fire safety', open: true }] },
      names: { [id]: 'Bo' },
      ...{ people: 0, assignments: 0, completed: 0, overdue: 0, applying: false },
      ...{ createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
    };
    const again = formOf(rule);
    expect(again.conditions[1]?.values).toEqual([{ id, label: 'Bo' }]);
    expect(inputOf(again)).toEqual(input);
  });
});
