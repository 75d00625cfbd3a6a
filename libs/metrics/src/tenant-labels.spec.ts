import { describe, expect, it } from '@jest/globals';
import { OTHER, TenantLabels } from './tenant-labels.js';

function serve(labels: TenantLabels, tenantId: string, times: number): string {
  let label = '';
  for (let n = 0; n < times; n += 1) label = labels.of(tenantId);
  return label;
}

describe(TenantLabels.name, () => {
  it('names tenants while there is room and calls the rest other', () => {
    const labels = new TenantLabels(2);
    expect(serve(labels, 'a', 1)).toBe('a');
    expect(serve(labels, 'b', 1)).toBe('b');
    expect(serve(labels, 'c', 5)).toBe(OTHER);
    expect(serve(labels, 'a', 1)).toBe('a');
  });

  it('gives the place of a quiet tenant to a busier one at a turn', () => {
    const labels = new TenantLabels(2);
    serve(labels, 'busy', 100);
    serve(labels, 'quiet', 2);
    serve(labels, 'rising', 50);
    expect(labels.turn()).toEqual(['quiet']);
    expect(labels.of('rising')).toBe('rising');
    expect(labels.of('quiet')).toBe(OTHER);
  });

  it('does not let two tenants of like traffic take turns', () => {
    const labels = new TenantLabels(1);
    serve(labels, 'a', 100);
    serve(labels, 'b', 150);
    expect(labels.turn()).toEqual([]);
    expect(labels.of('a')).toBe('a');
  });

  it('forgets the traffic of long ago', () => {
    const labels = new TenantLabels(1);
    serve(labels, 'a', 1_000);
    for (let turn = 0; turn < 12; turn += 1) labels.turn();
    serve(labels, 'b', 5);
    expect(labels.turn()).toEqual(['a']);
  });

  it('keeps a place through a window in which nobody came', () => {
    const labels = new TenantLabels(1);
    serve(labels, 'a', 1);
    labels.turn();
    labels.turn();
    expect(labels.of('a')).toBe('a');
  });
});
