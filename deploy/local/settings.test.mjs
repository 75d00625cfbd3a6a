import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unsupportedNode } from './node-version.mjs';
import { Problem } from './problem.mjs';
import { readSettings } from './settings.mjs';

const read = (environment, args = []) => readSettings({ root: '/clone', args, environment });
const refuses = (environment, words, args) =>
  assert.throws(
    () => read(environment, args),
    (error) => error instanceof Problem && words.test(error.message),
  );
const shards = (list) => ({
  HARKA_DIRECTORY_URL: 'postgres://a:b@db/directory',
  HARKA_SHARDS: JSON.stringify(list),
});

describe('readSettings', () => {
  it('serves the demo on loopback, port 8080, from a folder in the clone, when nothing is said', () => {
    const settings = read({});
    assert.equal(settings.host, '127.0.0.1');
    assert.equal(settings.port, 8080);
    assert.equal(settings.demo, 'on');
    assert.equal(settings.dataFolder, '/clone/.harka');
    assert.equal(settings.reset, false);
  });

  it('takes an empty variable for one that is not set', () => {
    assert.equal(read({ HARKA_PORT: '' }).port, 8080);
  });

  it('refuses to show the demo to the network unless that is said', () => {
    refuses({ HARKA_HOST: '0.0.0.0' }, /HARKA_DEMO_PUBLIC=1/);
    assert.equal(read({ HARKA_HOST: '0.0.0.0', HARKA_DEMO_PUBLIC: '1' }).demoPublic, true);
    assert.equal(read({ HARKA_HOST: '0.0.0.0', HARKA_DEMO: 'off' }).demo, 'off');
    assert.equal(read({ HARKA_HOST: '127.0.0.2' }).host, '127.0.0.2');
    assert.equal(read({ HARKA_HOST: '::1' }).host, '::1');
  });

  it('names the variable that cannot be right', () => {
    refuses({ HARKA_PORT: '80a' }, /^HARKA_PORT/);
    refuses({ HARKA_PORT: '65536' }, /^HARKA_PORT/);
    refuses({ HARKA_METRICS_PORT: '-1' }, /^HARKA_METRICS_PORT/);
    refuses({ HARKA_DEMO: 'maybe' }, /^HARKA_DEMO/);
    refuses({ HARKA_HOST: 'a b' }, /^HARKA_HOST/);
    refuses({ HARKA_BASE_DOMAIN: 'Example.COM' }, /^HARKA_BASE_DOMAIN/);
    refuses({ HARKA_REDIS_URL: 'http://localhost' }, /^HARKA_REDIS_URL/);
  });

  it('repeats no password of a URL that it refuses', () => {
    assert.throws(
      () => read({ HARKA_REDIS_URL: 'http://:hunter2@x' }),
      (error) => !error.message.includes('hunter2'),
    );
  });

  it('takes servers of the person’s own only together', () => {
    refuses({ HARKA_DIRECTORY_URL: 'postgres://db/x' }, /go together/);
    refuses({ HARKA_SHARDS: '[]' }, /go together/);
    const [shard] = read(shards([{ name: 's', tier: 'small', url: 'postgres://db/s', more: 1 }])).shards;
    assert.deepEqual(shard, { name: 's', tier: 'small', url: 'postgres://db/s' });
  });

  it('says which shard is at fault', () => {
    refuses(shards([]), /no shard/);
    refuses(shards([{ name: 'a', tier: 'huge', url: 'postgres://db/s' }]), /entry 1 has a tier/);
    refuses(shards([{ name: 'a', tier: 'small', url: 'mysql://db/s' }]), /shard a/);
    const twice = { name: 'a', tier: 'small', url: 'postgres://db/s' };
    refuses(shards([twice, twice]), /entry 2 repeats/);
    refuses({ ...shards([]), HARKA_SHARDS: '{' }, /must be JSON/);
  });

  it('knows one argument', () => {
    assert.equal(read({}, ['--reset']).reset, true);
    refuses({}, /--hard/, ['--hard']);
  });
});

describe('unsupportedNode', () => {
  it('turns away what is older than 20.19', () => {
    assert.match(unsupportedNode('20.18.3'), /20\.19/);
    assert.match(unsupportedNode('18.20.0'), /20\.19/);
    assert.equal(unsupportedNode('20.19.0'), null);
    assert.equal(unsupportedNode('24.1.0'), null);
  });
});
