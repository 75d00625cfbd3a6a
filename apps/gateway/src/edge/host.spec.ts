import { describe, expect, it } from '@jest/globals';
import { hostNameOf, HostReader } from './host.js';

describe('hostNameOf', () => {
  it.each([
    ['acme.harka.example', 'acme.harka.example'],
    ['ACME.Harka.Example', 'acme.harka.example'],
    ['acme.harka.example:8443', 'acme.harka.example'],
    ['acme.harka.example.', 'acme.harka.example'],
    ['acme.harka.example.:80', 'acme.harka.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
  ])('reads %p as %p', (header, name) => {
    expect(hostNameOf(header)).toBe(name);
  });

  it.each([
    '',
    ' ',
    '.',
    '..',
    'acme..example',
    '.acme.example',
    'acme.example..',
    '-acme.example',
    'acme-.example',
    'user@acme.example',
    'user:secret@acme.example',
    'acme.example:',
    'acme.example:99999',
    'acme.example:80:80',
    'acme.example:80a',
    'acme.example/path',
    'acme.example?x',
    'acme.example#x',
    'acme.example, globex.example',
    'acme.example globex.example',
    'acme.example\tglobex.example',
    'acme\u0000.example',
    'acme%2eexample',
    'acme_works.example',
    'bücher.example',
    'аcme.example',
    '[::1',
    '::1',
    '[::1]x',
    'http://acme.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}example`,
    'a'.repeat(10_000),
  ])('refuses %p', (header) => {
    expect(hostNameOf(header)).toBeNull();
  });
});

describe(HostReader.name, () => {
  const hosts = new HostReader('harka.example');

  it('knows the bare host, the admin host, a subdomain and a foreign name apart', () => {
    expect(hosts.read('harka.example')).toEqual({ kind: 'bare', name: 'harka.example' });
    expect(hosts.read('admin.harka.example:443')).toEqual({ kind: 'admin', name: 'admin.harka.example' });
    expect(hosts.read('Acme.harka.example')).toEqual({
      kind: 'subdomain',
      name: 'acme.harka.example',
      slug: 'acme',
    });
    expect(hosts.read('learn.customer.example')).toEqual({ kind: 'custom', name: 'learn.customer.example' });
  });

  it('does not take a name that merely ends alike for a subdomain', () => {
    expect(hosts.read('acme.notharka.example')).toMatchObject({ kind: 'custom' });
    expect(hosts.read('harka.example.evil.example')).toMatchObject({ kind: 'custom' });
  });

  it('keeps a deeper name whole, so that no tenant answers to it', () => {
    expect(hosts.read('a.acme.harka.example')).toMatchObject({ kind: 'subdomain', slug: 'a.acme' });
  });

  it('takes loopback addresses for the bare host on a laptop only', () => {
    expect(new HostReader('localhost').read('127.0.0.1:8080')).toMatchObject({ kind: 'bare' });
    expect(hosts.read('127.0.0.1')).toMatchObject({ kind: 'custom' });
  });

  it('answers alike when a flood of made-up names empties its memory', () => {
    const small = new HostReader('harka.example', 10);
    for (let index = 0; index < 100; index += 1) small.read(`x${index}.harka.example`);
    expect(small.read('acme.harka.example')).toMatchObject({ slug: 'acme' });
    expect(small.read('@')).toBeNull();
  });
});
