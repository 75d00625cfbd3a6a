import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '#libs/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { testPlatform } from '../support/platform.js';

const FOLDER = 'deploy/prometheus';
const RUNBOOKS = 'docs/operations/runbooks';
const run = promisify(execFile);

const rule = z.union([
  z.strictObject({ record: z.string(), expr: z.string() }),
  z.strictObject({
    alert: z.string(),
    expr: z.string(),
    for: z.string().optional(),
    labels: z.strictObject({ severity: z.enum(['page', 'ticket']), window: z.string().optional() }),
    annotations: z.strictObject({
      summary: z.string(),
      description: z.string().optional(),
      runbook: z.string(),
    }),
  }),
]);
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })),
});
const testFile = z.object({
  tests: z.array(z.object({ alert_rule_test: z.array(z.object({ alertname: z.string() })) })),
});

const rules = async () =>
  ruleFile
    .parse(parse(await readFile(join(FOLDER, 'harka.rules.yaml'), 'utf8')))
    .groups.flatMap(({ rules: all }) => all);
const alerts = async () => (await rules()).flatMap((each) => ('alert' in each ? [each] : []));

describe('the alerts', () => {
  it('fire when they should, and are silent when they should, by promtool', async () => {
    const { stdout } = await run('promtool', ['test', 'rules', join(FOLDER, 'harka.rules.test.yaml')]);
    expect(stdout).toContain('SUCCESS');
    const tried = testFile
      .parse(parse(await readFile(join(FOLDER, 'harka.rules.test.yaml'), 'utf8')))
      .tests.flatMap((test) => test.alert_rule_test.map(({ alertname }) => alertname));
    expect([...new Set(tried)].sort()).toEqual(
      [...new Set((await alerts()).map(({ alert }) => alert))].sort(),
    );
  });

  it('each have a runbook that names them, and no runbook is without an alert', async () => {
    const named = new Map<string, Set<string>>();
    for (const { alert, annotations } of await alerts()) {
      named.set(annotations.runbook, (named.get(annotations.runbook) ?? new Set()).add(alert));
    }
    const pages = (await readdir(RUNBOOKS)).map((name) => `${RUNBOOKS}/${name}`);
    expect([...named.keys()].sort()).toEqual(pages.sort());
    for (const [page, names] of named) {
      const text = await readFile(page, 'utf8');
      const [, line = ''] = /^Alert: (.+)$/m.exec(text) ?? [];
      expect(line.match(/\w+/g)?.sort()).toEqual([...names].sort());
      expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
        ...['Meaning', 'Check', 'Fix', 'Undo'],
      ]);
    }
  });

  it('ask for metrics that the platform has', async () => {
    const exposed = await (await fetch(testPlatform().metricsUrl)).text();
    const families = [...exposed.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_count`, `${name}_bucket`] : [name],
    );
    const recorded = (await rules()).flatMap((each) => ('record' in each ? [each.record] : []));
    const expressions = (await rules()).map(({ expr }) => expr);
    const byName = expressions.flatMap(namesIn);
    const byPattern = expressions.flatMap((expr) => [...expr.matchAll(/__name__=~"([^"]+)"/g)]);
    expect([byName.length, byPattern.length].every((count) => count > 5)).toBe(true);
    const unknown = byName.filter(
      (name) => !families.includes(name) && !recorded.includes(name) && !name.startsWith('kube_'),
    );
    expect(unknown).toEqual([]);
    for (const [, pattern = ''] of byPattern) {
      const matching = families.filter((name) => new RegExp(`^(?:${pattern})$`).test(name));
      const services = serviceNames.filter((service) =>
        matching.some((name) => name.startsWith(`${service}_`)),
      );
      expect({ pattern, services }).toEqual({
        pattern,
        services: expect.arrayContaining(['auth', 'courses']),
      });
    }
  });
});

/** The metrics that an expression names: what is left without matchers, groupings and functions. */
function namesIn(expression: string): string[] {
  const bare = expression.replace(/\{[^}]*\}/g, '').replace(/\b(?:by|on|ignoring)\s*\([^)]*\)/g, '');
  return bare.match(/\b[a-z][a-z0-9:]*(?:_[a-z0-9:]+)+\b(?!\s*\()/g) ?? [];
}
