import { useEffect, useState } from 'react';
import { type Shortcut, shortcutOf } from './shortcut.js';

const KEY = 'harka.shortcuts';

export type ShortcutHandlers = Readonly<Record<Shortcut, () => void>>;

/** Listens while the player is open; a dialog on top keeps its keys to itself. */
export function useShortcuts(handlers: ShortcutHandlers, lettersOn: boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const element = event.target instanceof HTMLElement ? event.target : null;
      if (element?.closest('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      const shortcut = shortcutOf(
        {
          key: event.key,
          altKey: event.altKey,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          shiftKey: event.shiftKey,
          defaultPrevented: event.defaultPrevented,
          target:
            element === null
              ? null
              : {
                  tagName: element.tagName,
                  role: element.getAttribute('role'),
                  isContentEditable: element.isContentEditable,
                },
        },
        lettersOn,
        document.documentElement.dir === 'rtl',
      );
      if (shortcut === null) return;
      event.preventDefault();
      handlers[shortcut]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [handlers, lettersOn]);
}

/** Whether single letters are shortcuts; remembered in this browser. */
export function useLetterShortcuts(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => readSetting() !== 'off');
  return [
    on,
    (value) => {
      setOn(value);
      try {
        localStorage.setItem(KEY, value ? 'on' : 'off');
      } catch {
        // Holds until the page is left.
      }
    },
  ];
}

function readSetting(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
