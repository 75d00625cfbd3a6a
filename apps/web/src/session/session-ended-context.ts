import { createContext, use, useSyncExternalStore } from 'react';
import { SessionEnded } from './session-ended.js';

export const SessionEndedContext = createContext(new SessionEnded());

export function useSessionEnded(): readonly [boolean, (ended: boolean) => void] {
  const store = use(SessionEndedContext);
  const ended = useSyncExternalStore(store.subscribe, store.current);
  return [
    ended,
    (value) => {
      store.set(value);
    },
  ];
}
