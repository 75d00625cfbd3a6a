import { describe, expect, it } from '@jest/globals';
import { type KeyPress, shortcutOf } from './shortcut.js';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  defaultPrevented: false,
  target: null,
  ...changes,
});

const on = (tagName: string, role: string | null = null, isContentEditable = false) => ({
  target: { tagName, role, isContentEditable },
});

describe(shortcutOf.name, () => {
  it.each([
    ['j', 'next'],
    ['ArrowRight', 'next'],
    ['k', 'previous'],
    ['ArrowLeft', 'previous'],
    ['o', 'outline'],
    ['?', 'help'],
    ['x', null],
  ])('hears in %s: %s', (key, shortcut) => {
    expect(shortcutOf(press(key), true)).toBe(shortcut);
  });

  it('turns the arrows where lines run right to left', () => {
    expect(shortcutOf(press('ArrowLeft'), true, true)).toBe('next');
    expect(shortcutOf(press('ArrowRight'), true, true)).toBe('previous');
  });

  it('leaves single letters alone when they are switched off, but keeps the arrows', () => {
    expect(shortcutOf(press('j'), false)).toBeNull();
    expect(shortcutOf(press('ArrowRight'), false)).toBe('next');
  });

  it.each(['INPUT', 'TEXTAREA', 'SELECT', 'VIDEO'])('leaves every key in %s to it', (tagName) => {
    expect(shortcutOf(press('j', on(tagName)), true)).toBeNull();
    expect(shortcutOf(press('ArrowRight', on(tagName)), true)).toBeNull();
  });

  it('leaves the arrows to what they move in, and to selecting text', () => {
    expect(shortcutOf(press('ArrowRight', on('DIV', 'slider')), true)).toBeNull();
    expect(shortcutOf(press('ArrowRight', { shiftKey: true }), true)).toBeNull();
    expect(shortcutOf(press('ArrowRight', on('BUTTON', 'button')), true)).toBe('next');
  });

  it.each(['altKey', 'ctrlKey', 'metaKey', 'defaultPrevented'] as const)(
    'does not take a key from the browser: %s',
    (modifier) => {
      expect(shortcutOf(press('ArrowLeft', { [modifier]: true }), true)).toBeNull();
    },
  );
});
