import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { platformEnvironments } from './environment.mjs';
import { eachLine } from './lines.mjs';
import { forPerson } from './logs.mjs';
import { closingLine, isGood, ofJest, ofTap, skippedTitles } from './tally.mjs';
import { readTestArguments } from './test-arguments.mjs';

describe('eachLine', () => {
  const linesOf = async (chunks) => {
    const stream = new PassThrough();
    const lines = [];
    eachLine(stream, (line) => lines.push(line));
    chunks.forEach((chunk) => stream.write(chunk));
    stream.end();
    await new Promise((resolve) => stream.once('end', resolve));
    return lines;
  };

  it('joins what arrives in pieces, in the middle of a letter too', async () => {
    const bytes = Buffer.from('grün\nblau');
    assert.deepEqual(await linesOf([bytes.subarray(0, 3), bytes.subarray(3)]), ['grün', 'blau']);
  });

  it('cuts a line that never ends', async () => {
    const lines = await linesOf([Buffer.alloc(3 * 1024 * 1024, 'x')]);
    assert.equal(lines.join('').length, 3 * 1024 * 1024);
    assert.ok(lines.length >= 1);
  });
});

describe('forPerson', () => {
  it('shows plain lines, and of structured ones what went wrong', () => {
    assert.equal(forPerson('harka ready http://x'), 'harka ready http://x');
    assert.equal(forPerson('{not json'), '{not json');
    assert.equal(forPerson('{"level":"info","msg":"request"}'), null);
    assert.equal(
      forPerson('{"level":"error","service":"auth","tenant":"acme","msg":"failed","err":{"message":"boom"}}'),
      'error: auth acme: failed: boom',
    );
  });
});

describe('platformEnvironments', () => {
  const { migrator, services } = platformEnvironments({
    settings: { host: '127.0.0.1', baseDomain: 'localhost', demo: 'on', demoPublic: false },
    secrets: {
      databasePasswords: { postgres: 'super', harka_app: 'app' },
      serviceKeys: [],
      masterKey: 'm',
      csrfSecret: 'c',
      operatorToken: 'o',
    },
    data: { path: '/data' },
    port: 8080,
    metricsPort: 9464,
    servers: {
      directoryUrl: 'postgres://postgres:super@127.0.0.1:1/d',
      shards: [{ name: 's', tier: 'small', url: 'postgres://postgres:super@127.0.0.1:1/s' }],
      redisUrl: 'redis://127.0.0.1:2',
    },
  });

  it('gives administrative logins to the migrator alone', () => {
    assert.match(migrator.HARKA_SHARDS, /super/);
    assert.deepEqual(Object.keys(JSON.parse(migrator.HARKA_DATABASE_PASSWORDS)), ['harka_app']);
    const seen = JSON.stringify(services);
    assert.ok(!seen.includes('super'));
    assert.equal(services.HARKA_DIRECTORY_URL, 'postgres://127.0.0.1:1/d');
    assert.equal('HARKA_SHARDS' in services, false);
  });

  it('leaves out what npm added for itself', () => {
    assert.equal(
      Object.keys(services).some((name) => name.startsWith('npm_')),
      false,
    );
  });
});

describe('the tally', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 2,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { name: '/a', assertionResults: [{ status: 'pending', fullName: 'later' }, { status: 'passed' }] },
    ],
  };

  it('counts a file that could not run as a failure, and tells what was left out', () => {
    assert.deepEqual(ofJest(report), { passed: 5, failed: 3, skipped: 2 });
    assert.deepEqual(skippedTitles(report), ['/a: later']);
  });

  it('reads what Node’s runner says', () => {
    const text = '# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    assert.deepEqual(ofTap(text), { passed: 3, failed: 2, skipped: 1 });
  });

  it('closes in the words that others read, and is good only if something ran', () => {
    assert.equal(closingLine({ passed: 2, failed: 0, skipped: 0 }), '2 passed, 0 failed');
    assert.equal(closingLine({ passed: 2, failed: 1, skipped: 3 }), '2 passed, 1 failed, 3 skipped');
    assert.equal(isGood({ passed: 0, failed: 0 }), false);
    assert.equal(isGood({ passed: 1, failed: 1 }), false);
    assert.equal(isGood({ passed: 1, failed: 0 }), true);
  });
});

describe('readTestArguments', () => {
  it('runs everything unless told otherwise, and hands the rest to Jest', () => {
    assert.deepEqual(readTestArguments([]).projects, ['local', 'unit', 'integration', 'e2e']);
    assert.deepEqual(readTestArguments(['--project', 'unit', 'libs/kernel', '-t', 'x']), {
      projects: ['unit'],
      filter: ['libs/kernel', '-t', 'x'],
    });
    assert.throws(() => readTestArguments(['--project', 'nope']), /no project/);
  });
});
