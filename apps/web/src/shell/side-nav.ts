import { type LinkProps } from '@tanstack/react-router';
import { type LucideIcon } from 'lucide-react';
import { type MessageKey } from '../language/t.js';

/** One entry of a side navigation. */
export interface SidePlace {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: MessageKey;
  readonly icon: LucideIcon;
  /** Only the page itself counts as current, not what lies below it. */
  readonly exact?: boolean;
}

export interface SideGroup {
  readonly title: MessageKey;
  readonly places: readonly SidePlace[];
}
