/** Lists that scroll by themselves, so that what a key has just reached is in sight. */
import { useEffect, useRef, type RefObject } from 'react';

/** For the row of a list: whenever it gets the ring, or something beside the list takes or leaves room (`beside`), the list scrolls as far as it must. */
export function useRingInSight<Row extends HTMLElement>(ringed: boolean, beside = false): RefObject<Row | null> {
  const row = useRef<Row>(null);
  useEffect(() => {
    if (ringed) row.current?.scrollIntoView({ block: 'nearest' });
  }, [ringed, beside]);
  return row;
}

/** For a list that grows: its last line is in sight whenever there are more of them, or those of something else (`of`). */
export function useLastInSight<List extends HTMLElement>(count: number, of: string | null): RefObject<List | null> {
  const list = useRef<List>(null);
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [count, of]);
  return list;
}
