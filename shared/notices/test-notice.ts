import type { Route } from '../baseline/baseline.ts';
import { audience } from './compose.ts';
import { clip } from './escape.ts';
import type { Notice } from './notice.ts';

export interface TestNotice {
  account: string;
  region: string;
  id: string;
  /** Who sends it. */
  by: string;
  now: number;
}

/** A notice for every route of the baseline at once, that says of itself that it is a test. It is about no finding. */
export function testNotice({ account, region, id, by, now }: TestNotice, routes: readonly Route[]): Notice {
  return {
    schema: 1,
    id,
    resource: { kind: 'account-region', id: 'of eks-warden', account, region },
    key: `test#${account}#${region}`,
    called: 'Test notice',
    version: 0,
    clusters: [],
    severity: 'info',
    state: 'open',
    mode: 'notify',
    time: now,
    news: [
      {
        control: 'test',
        title: 'This is a test',
        why: 'It shows that notices arrive here.',
        howToFix: 'Nothing is to be done.',
        page: 'docs/operating.md',
        mode: 'notify',
        severity: 'info',
        from: 'closed',
        to: 'open',
        since: now,
        said: [
          {
            reason: 'test',
            severity: 'info',
            text: 'Nothing has happened, and nothing is to be done.',
          },
          { reason: 'test', severity: 'info', text: `It was sent by ${clip(by, 256)}.` },
        ],
        fixWanted: false,
      },
    ],
    test: true,
    to: audience(routes),
  };
}
