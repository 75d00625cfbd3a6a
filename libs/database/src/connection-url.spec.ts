import { describe, expect, it } from '@jest/globals';
import { databaseOf, serverOf, withDatabase, withLogin, withoutLogin } from './connection-url.js';

const admin = 'postgres://admin:se%40cret@db.example:6432/harka_small_1?sslmode=require';

describe('A connection URL', () => {
  it('loses every way in before it is stored', () => {
    expect(withoutLogin(admin)).toBe('postgres://db.example:6432/harka_small_1?sslmode=require');
    expect(withoutLogin('postgres://h/db?user=x&password=y&options=-c%20role%3Dz')).toBe('postgres://h/db');
  });

  it('takes another login, whatever is in the password', () => {
    const url = new URL(withLogin(admin, { user: 'harka_app', password: 'a:b/c@d?e#f%' }));
    expect([decodeURIComponent(url.username), decodeURIComponent(url.password)]).toEqual([
      'harka_app',
      'a:b/c@d?e#f%',
    ]);
    expect(url.pathname).toBe('/harka_small_1');
    expect(url.searchParams.get('sslmode')).toBe('require');
  });

  it('carries start-up options', () => {
    const url = withLogin('postgres://h/db', { user: 'u', password: 'p', options: '-c role=harka_app' });
    expect(new URL(url).searchParams.get('options')).toBe('-c role=harka_app');
  });

  it('names its database and its server', () => {
    expect(databaseOf(admin)).toBe('harka_small_1');
    expect(databaseOf(withDatabase(admin, 'späti/1'))).toBe('späti/1');
    expect(serverOf(admin)).toBe('db.example:6432');
    expect(serverOf('postgres://h/db')).toBe('h:5432');
    expect(serverOf('postgres:///db?host=/var/run')).toBe('/var/run:5432');
  });
});
