import { describe, expect, it } from '@jest/globals';
import { namespaceOf, planObjects } from './plan-resources.js';

describe(namespaceOf.name, () => {
  it('fits into what Kubernetes allows, and is one for each slug', () => {
    expect(namespaceOf('acme')).toBe('harka-tenant-acme');
    const long = namespaceOf('a'.repeat(63));
    expect(long).toHaveLength(63);
    expect(long).not.toBe(namespaceOf(`${'a'.repeat(62)}b`));
  });
});

describe(planObjects.name, () => {
  it('writes quantities as the server gives them back', () => {
    const { quotas, limits } = planObjects('acme', 'enterprise', 'eu');
    expect(quotas.map(({ spec }) => spec)).toEqual([
      {
        hard: {
          'limits.cpu': '5',
          'limits.memory': '10Gi',
          'requests.cpu': '2500m',
          'requests.memory': '5Gi',
        },
        scopes: ['NotTerminating'],
      },
      {
        hard: { 'limits.cpu': '4', 'limits.memory': '8Gi', 'requests.cpu': '2', 'requests.memory': '4Gi' },
        scopes: ['Terminating'],
      },
      { hard: { 'requests.storage': '1Ti' } },
    ]);
    expect(limits).toMatchObject({
      metadata: { labels: { 'harka.ai/tenant': 'acme', 'harka.ai/residency': 'eu' } },
      spec: {
        limits: [
          { default: { cpu: '2', memory: '4Gi' }, defaultRequest: { cpu: '500m', memory: '1Gi' } },
          {},
        ],
      },
    });
  });

  it('has a quantity for every plan', () => {
    for (const plan of ['starter', 'growth', 'enterprise'] as const) {
      expect(JSON.stringify(planObjects('acme', plan, undefined))).not.toContain('NaN');
    }
  });
});
