import { keyOf } from '../../../shared/resources/resource.ts';
import type { Entry, LookEntry } from '../chronicle/entry.ts';
import { type Paper, quietLine, rowLines, sceneLines } from './layout.ts';
import { type Home, rowsOf } from './rows.ts';
import { clock } from './words.ts';

/** Writes the timeline entry by entry. Looks that found nothing new are only counted, at the end of each scene. */
export function printer(paper: Paper, home: Home) {
  const isNews = newsFilter();
  let shown = '';
  let quiet = 0;
  const rest = () => {
    if (quiet > 0) paper.out(quietLine(quiet, paper));
    quiet = 0;
    shown = '';
  };

  return {
    entry(entry: Entry): void {
      if (entry.what === 'scene') {
        rest();
        for (const line of sceneLines(entry, paper)) paper.out(line);
        return;
      }
      if (entry.what === 'look' && !isNews(entry)) {
        quiet += 1;
        return;
      }
      for (const row of rowsOf(entry, home)) {
        const time = clock(entry.at);
        for (const line of rowLines(row, time === shown ? '' : time, paper)) paper.out(line);
        shown = time;
      }
    },
    end: rest,
  };
}

/** Of a resource that is waited for, the first look is news, and then the one that ends the waiting. */
function newsFilter(): (look: LookEntry) => boolean {
  const waiting = new Set<string>();
  return ({ resource, transitions, unread, gone, later, why, state }) => {
    const key = keyOf(resource);
    const isKnown = waiting.has(key);
    if (later !== undefined) {
      waiting.add(key);
      return !isKnown;
    }
    waiting.delete(key);
    if (transitions.length > 0 || unread.length > 0 || gone !== undefined) return true;
    return why === 'event' && state !== undefined && state.look?.why !== 'pace';
  };
}
