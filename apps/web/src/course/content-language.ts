import { createContext } from 'react';

/** The language that a course is written in, for those who have it read out: the frame around it may speak another. */
export const ContentLanguage = createContext<string | undefined>(undefined);
