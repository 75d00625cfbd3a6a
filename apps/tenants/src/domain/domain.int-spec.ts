import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { TestPlatform } from '../../testing/index.js';
import { PgTenantRepository } from '../tenant/tenant.pg-repository.js';
import { AddDomain } from './add-domain.use-case.js';
import { PgDomainRepository } from './domain.pg-repository.js';
import { FakeDomainResolver } from './domain-resolver.fake-dns.js';
import { proofName, proofValue } from './domain.js';
import { RecheckDomains } from './recheck-domains.use-case.js';
import { RemoveDomain } from './remove-domain.use-case.js';
import { VerifyDomain } from './verify-domain.use-case.js';

const DAY = 24 * 60 * 60 * 1000;

// Databases are made here; a busy machine takes its time.
const HOOK = 60_000;

describe(PgDomainRepository.name, () => {
  let platform: TestPlatform;
  const clock = new FixedClock();
  const resolver = new FakeDomainResolver();

  beforeAll(async () => {
    platform = await TestPlatform.create({ small: 1 });
    for (const slug of ['acme', 'globex']) {
      const wish = { slug, name: slug, plan: 'growth', expectedUsers: 1 } as const;
      await platform.asOperator(() => platform.provisioner().execute(wish));
    }
  }, HOOK);
  afterAll(async () => {
    await platform.close();
  }, HOOK);

  function useCases() {
    const { directory, events, announcer, base } = platform;
    const tenants = new PgTenantRepository(directory);
    const domains = new PgDomainRepository(directory);
    const add = new AddDomain(directory, tenants, domains, events, announcer, base, clock);
    const verify = new VerifyDomain(directory, tenants, domains, resolver, events, announcer, clock);
    const remove = new RemoveDomain(directory, tenants, domains, events, announcer);
    return { add, verify, remove, recheck: new RecheckDomains(tenants, domains, verify, clock), tenants };
  }
  const op = <R>(work: () => Promise<R>) => platform.asOperator(work);
  const refreshed = async () => {
    const acme = await platform.router.tenantBySlug('acme');
    await platform.router.refresh(acme?.id ?? '');
    return platform.router;
  };

  it('gives a domain that is claimed by many at once to exactly one', async () => {
    const { add } = useCases();
    const claims = ['acme', 'globex', 'acme', 'globex'].map((slug) =>
      op(() => add.execute(slug, 'www.wanted.example')),
    );
    const outcomes = await Promise.allSettled(claims);
    const winners = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.tenantId : [],
    );
    expect(new Set(winners).size).toBe(1);
    expect(winners.length).toBeGreaterThanOrEqual(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'domain.taken' });
    }
  });

  it('lets a domain lead to its tenant from its proof on until it lapses or is removed', async () => {
    const { add, verify, recheck, remove } = useCases();
    const host = 'learn.acme.example';
    const { proofToken, tenantId } = await op(() => add.execute('acme', host));
    expect(await (await refreshed()).tenantByHost(host)).toBeNull();

    resolver.records.set(proofName(host), [proofValue(proofToken ?? '')]);
    await op(() => verify.execute('acme', host));
    expect(await (await refreshed()).tenantByHost(host)).toMatchObject({ slug: 'acme' });

    resolver.records.clear();
    for (let day = 0; day < 4; day += 1) {
      clock.advance(DAY + 1);
      await recheck.execute();
    }
    expect(await (await refreshed()).tenantByHost(host)).toBeNull();

    resolver.records.set(proofName(host), [proofValue(proofToken ?? '')]);
    await op(() => verify.execute('acme', host));
    expect(await (await refreshed()).tenantByHost(host)).toMatchObject({ slug: 'acme' });

    await op(() => remove.execute(tenantId, host));
    expect(await (await refreshed()).tenantByHost(host)).toBeNull();

    // Claimed anew by another, it leads there: the grave does not hide it.
    const next = await op(() => add.execute('globex', host));
    resolver.records.set(proofName(host), [proofValue(next.proofToken ?? '')]);
    await op(() => verify.execute('globex', host));
    expect(await (await refreshed()).tenantByHost(host)).toMatchObject({ slug: 'globex' });
  });

  it('does not lock itself up when many change the same tenants at once', async () => {
    const { add, remove, tenants } = useCases();
    const work = Array.from({ length: 24 }, (_, index) =>
      op(async () => {
        const slug = index % 2 === 0 ? 'acme' : 'globex';
        const host = `d${index}.${slug}.example`;
        const { tenantId } = await add.execute(slug, host);
        await tenants.saveSize(tenantId, index, clock.now());
        await remove.execute(tenantId, host);
      }),
    );
    await expect(Promise.all(work)).resolves.toHaveLength(24);
  });
});
