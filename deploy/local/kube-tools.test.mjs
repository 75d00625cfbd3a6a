import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cacheFolder, isNewEnough } from './kube-tools.mjs';

describe('isNewEnough', () => {
  it('takes Go from 1.24 on, which knows tools in go.mod', () => {
    for (const version of ['go1.24', 'go1.24.0', 'go1.26.8', 'go1.30rc1', 'go2.0']) {
      assert.equal(isNewEnough(version), true, version);
    }
    for (const version of ['go1.23.9', 'go1.9', 'devel', ''])
      assert.equal(isNewEnough(version), false, version);
  });
});

describe('cacheFolder', () => {
  it('follows the XDG rules: the variable where it is an absolute path', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/var/cache' }), '/var/cache/harka');
    assert.match(cacheFolder({ XDG_CACHE_HOME: 'relative' }), /\/\.cache\/harka$/);
    assert.match(cacheFolder({}), /\/\.cache\/harka$/);
  });
});
