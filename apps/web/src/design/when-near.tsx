import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Loading } from './skeleton.js';

/** How far from the window something begins to load. */
const MARGIN = '200px';

interface WhenNearProps {
  /** Stands in, in the size of what will come. */
  readonly skeleton: ReactNode;
  readonly children: ReactNode;
}

/** What is further down a page begins, and asks the server, when the reader comes near it. */
export function WhenNear({ skeleton, children }: WhenNearProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(place.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  if (isNear) return children;
  return (
    <div ref={place}>
      <Loading>{skeleton}</Loading>
    </div>
  );
}
