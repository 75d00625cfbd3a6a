import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Children } from './children.mjs';
import { openDataFolder } from './data-folder.mjs';
import { keep } from './keeper.mjs';
import { takeLock } from './lock.mjs';
import { choosePort, requirePort } from './ports.mjs';
import { Problem, Stopped } from './problem.mjs';
import { endGroup, identify, inspect, isAlive } from './processes.mjs';
import { readSecrets } from './secrets.mjs';

const KILL = [['SIGKILL', 5_000]];
const SLEEP = ['-e', 'setTimeout(() => undefined, 60_000)'];
/** Its own group outlives its first process, and it is deaf to SIGTERM. */
const STUBBORN = [
  '-e',
  "process.on('SIGTERM', () => undefined); console.log('up'); setTimeout(() => undefined, 60_000)",
];

let folder;
let names = 0;
const place = () => join(folder, `at-${(names += 1)}`);

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'harka-local-'));
});
after(() => {
  rmSync(folder, { recursive: true });
});

async function dead() {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  const identity = identify(child.pid);
  await new Promise((resolve) => child.once('exit', resolve));
  return identity;
}

describe('identify', () => {
  it('tells a process from a later one with the same id', async () => {
    const own = identify(process.pid);
    assert.equal(isAlive(own), true);
    assert.equal(isAlive({ ...own, startedAt: own.startedAt - 1 }), false);
    assert.equal(isAlive({ ...own, boot: 'another' }), false);
    assert.equal(isAlive(await dead()), false);
  });
});

describe('takeLock', () => {
  it('is refused while its holder lives, naming it, and given once released', () => {
    const file = place();
    const lock = takeLock(file);
    assert.deepEqual(takeLock(file), { holder: process.pid });
    lock.release();
    takeLock(file).release();
    assert.equal(existsSync(file), false);
  });

  it('takes over from a holder that died, and from one half written', async () => {
    const file = place();
    for (const text of [JSON.stringify(await dead()), '{"pid', '']) {
      writeFileSync(file, text);
      const lock = takeLock(file);
      assert.equal(typeof lock.release, 'function');
      lock.release();
    }
  });

  it('never removes the lock of somebody else', () => {
    const file = place();
    const lock = takeLock(file);
    writeFileSync(file, 'theirs');
    lock.release();
    assert.equal(readFileSync(file, 'utf8'), 'theirs');
  });
});

describe('openDataFolder', () => {
  it('makes and marks a folder that others may pass but not list', () => {
    const path = join(place(), 'deep/down');
    const data = openDataFolder(path);
    assert.equal(statSync(path).mode & 0o777, 0o711);
    assert.equal(existsSync(join(path, 'harka.json')), true);
    data.release();
  });

  it('serves one at a time', () => {
    const path = place();
    const data = openDataFolder(path);
    assert.throws(() => openDataFolder(path), /already running .* \(process \d+\)/);
    data.release();
    openDataFolder(path).release();
  });

  it('touches nothing in a folder that is not ours, whatever is asked', () => {
    const path = mkdtempSync(join(folder, 'full-'));
    writeFileSync(join(path, 'thesis.txt'), 'mine');
    assert.throws(() => openDataFolder(path), Problem);
    assert.deepEqual(readdirSync(path), ['thesis.txt']);
  });

  it('refuses a file, a path through a file and a file system that cannot take it', () => {
    const file = place();
    writeFileSync(file, '');
    assert.throws(() => openDataFolder(file), /it is a file/);
    assert.throws(() => openDataFolder(join(file, 'sub')), /part of that path is a file/);
    assert.throws(() => openDataFolder('/proc/harka'), Problem);
  });

  it('keeps its marker and lock when emptied', () => {
    const data = openDataFolder(place());
    data.remember({ redis: { port: 1 } });
    data.folder('postgres');
    data.empty();
    assert.deepEqual(readdirSync(data.path).sort(), ['harka.json', 'lock']);
    data.release();
  });

  it('says so when its notes are damaged, and lets a reset go on', () => {
    const data = openDataFolder(place());
    writeFileSync(data.file('state.json'), '{"po');
    assert.throws(() => data.recall(), /damaged/);
    data.forgetDamaged();
    assert.deepEqual(data.recall(), {});
    data.release();
  });
});

describe('readSecrets', () => {
  it('makes them once, for their owner alone, and adds what a newer release needs', () => {
    const data = openDataFolder(place());
    const first = readSecrets(data);
    assert.deepEqual(readSecrets(data), first);
    assert.equal(statSync(data.file('secrets.json')).mode & 0o777, 0o600);
    assert.equal(Buffer.from(first.masterKey, 'base64').length, 32);
    assert.equal(Buffer.from(first.csrfSecret, 'base64').length, 32);
    assert.ok(
      first.serviceKeys.every(
        ({ kty, crv, d, x, kid }) => kty === 'OKP' && crv === 'Ed25519' && d && x && kid,
      ),
    );
    const older = { ...first.databasePasswords, harka_auth: undefined };
    writeFileSync(data.file('secrets.json'), JSON.stringify({ ...first, databasePasswords: older }));
    const completed = readSecrets(data);
    assert.equal(completed.databasePasswords.harka_app, first.databasePasswords.harka_app);
    assert.ok(completed.databasePasswords.harka_auth);
    data.release();
  });

  it('are not made anew beside a database that the old ones open', () => {
    const data = openDataFolder(place());
    data.remember({ postgres: { home: null } });
    assert.throws(() => readSecrets(data), /secrets\.json is missing/);
    data.release();
  });
});

describe('ports', () => {
  it('keeps a remembered port that is free and replaces one that is taken', async () => {
    const port = await choosePort();
    assert.equal(await choosePort(port), port);
    const server = createServer();
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    assert.notEqual(await choosePort(port), port);
    await assert.rejects(
      requirePort('HARKA_PORT', '127.0.0.1', port),
      /Port \d+ on 127\.0\.0\.1 is taken.*HARKA_PORT/,
    );
    await new Promise((resolve) => server.close(resolve));
    await requirePort('HARKA_PORT', '127.0.0.1', port);
    await assert.rejects(requirePort('HARKA_PORT', '203.0.113.1', port), /no address of this machine/);
  });
});

describe('Children', () => {
  it('runs a command to its end and keeps what it said', async () => {
    const children = new Children(mkdtempSync(join(folder, 'run-')));
    const { code, tail } = await children.run('say', process.execPath, [
      '-e',
      'console.log(1); process.exit(3)',
    ]);
    assert.equal(code, 3);
    assert.deepEqual(tail, ['1']);
  });

  it('tells of a program that is not there', async () => {
    const children = new Children(mkdtempSync(join(folder, 'run-')));
    await assert.rejects(children.run('x', '/nowhere/x', []), Problem);
  });

  it('ends a whole group, harder when asking does not help', async () => {
    const children = new Children(mkdtempSync(join(folder, 'run-')));
    let up;
    const ready = new Promise((resolve) => (up = resolve));
    const child = await children.start('stubborn', process.execPath, STUBBORN, { onLine: up });
    await ready;
    assert.equal(await child.end([['SIGTERM', 200], ...KILL]), 'SIGKILL');
    assert.equal(inspect(child.pid), null);
  });

  it('turns back what is under way, and what comes later, once closed', async () => {
    const children = new Children(mkdtempSync(join(folder, 'run-')));
    const running = assert.rejects(children.run('sleep', process.execPath, SLEEP), Stopped);
    await children.close();
    await assert.rejects(children.run('sleep', process.execPath, SLEEP), Stopped);
    await children.sweep();
    await running;
  });

  it('reclaims what an earlier owner left, and no stranger that has its id now', async () => {
    const run = mkdtempSync(join(folder, 'run-'));
    const orphan = await new Children(run).start('orphan', process.execPath, SLEEP);
    const stranger = spawn(process.execPath, SLEEP, { detached: true, stdio: 'ignore' });
    const theirs = identify(stranger.pid);
    writeFileSync(join(run, 'other.pid'), JSON.stringify({ ...theirs, startedAt: theirs.startedAt - 5 }));
    assert.deepEqual(await new Children(run).reclaim(() => undefined), ['orphan']);
    assert.equal(inspect(orphan.pid), null);
    assert.equal(isAlive(theirs), true);
    assert.deepEqual(readdirSync(run), []);
    await endGroup(stranger.pid, KILL);
  });
});

describe('keep', () => {
  it('starts a server again when it falls, and gives up when it will not stay up', async () => {
    let starts = 0;
    const server = {
      ended: Promise.resolve({ code: 1, signal: null }),
      start: async () => {
        starts += 1;
      },
    };
    await assert.rejects(
      keep('It', server, () => false),
      /again and again \(exit code 1\)/,
    );
    assert.equal(starts, 3);
  });

  it('lets a server end that was told to', async () => {
    await keep('It', { ended: Promise.resolve({ code: 0 }), start: () => assert.fail() }, () => true);
  });
});
