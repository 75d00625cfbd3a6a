import { createContext, use, useSyncExternalStore } from 'react';
import { StepUps } from './step-ups.js';

export const StepUpContext = createContext(new StepUps());

export function useStepUp(): readonly [boolean, (proved: boolean) => void] {
  const store = use(StepUpContext);
  const isAsked = useSyncExternalStore(store.subscribe, store.isAsked);
  return [
    isAsked,
    (proved) => {
      store.settle(proved);
    },
  ];
}
