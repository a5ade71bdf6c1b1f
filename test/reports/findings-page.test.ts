import { expect, it } from 'vitest';
import { findingsPage } from '../../shared/reports/findings-page.ts';
import type { FindingsPage, PageFinding } from '../../shared/reports/page.ts';
import { HOSTILE } from '../support/hostile.ts';

const AT = Date.UTC(2026, 10, 20, 9, 0, 45);

/** A finding and a page in which every text is the given one. */
const aFinding = (text: string, more: Partial<PageFinding> = {}): PageFinding => ({
  id: 'f-0123456789ab',
  control: text,
  title: text,
  severity: 'high',
  state: 'open',
  called: text,
  resource: text,
  account: text,
  region: text,
  clusters: [`${text} too`],
  said: [text],
  why: text,
  howToFix: text,
  before: text,
  now: text,
  plan: [text],
  notJudged: text,
  proven: false,
  moments: [{ at: AT, what: 'event', text, detail: text, tone: 'bad' }],
  ...more,
});

const aPage = (
  text: string,
  findings = [aFinding(text), aFinding(text, { state: 'closed', proven: true })],
): FindingsPage => ({
  title: text,
  about: text,
  madeAt: AT,
  figures: [{ label: text, value: text }],
  posture: [{ control: text, title: text, severity: 'high', passed: 1, open: 0, unknown: 2, waived: 0 }],
  findings,
});

/** The markup alone: every tag with its attributes, in order. */
const markup = (page: string) => page.replace(/<style>[^<]*<\/style>/, '').match(/<[^>]*>?/g);

it('IN-02: hostile names stay text: the markup is the same as with harmless ones', () => {
  const harmless = markup(findingsPage(aPage('payments')));
  const others = HOSTILE.filter((text) => text !== '').map((text) => markup(findingsPage(aPage(text))));
  expect(others.map((other) => JSON.stringify(other) === JSON.stringify(harmless))).toEqual(others.map(() => true));
});

it('IN-02: shows controls and text that turns around as their codes', () => {
  const page = findingsPage(aPage('\u202etxt.exe\u202c \u001b[31mred'));
  expect(page.match(/[\p{Cf}]|[^\P{Cc}\n]/gu)).toBe(null);
  expect(page).toContain('\\u{202e}txt.exe\\u{202c} \\u{1b}[31mred');
});

it('IN-02: allows nothing but its own style sheet, and has no script, handler or address', () => {
  const page = findingsPage(aPage('payments'));
  expect(page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1]).toMatch(
    /^default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  );
  expect(markup(page)?.filter((tag) => /<script|\son\w+=|\s(?:href|src|style)=/i.test(tag))).toEqual([]);
});

it('lists what is not in order before what is closed, each the worst first', () => {
  const found = (id: string, severity: PageFinding['severity'], state: PageFinding['state']) =>
    aFinding('payments', { id, severity, state });
  const page = findingsPage(
    aPage('payments', [
      found('a', 'low', 'open'),
      found('b', 'critical', 'closed'),
      found('c', 'critical', 'unsure'),
      found('d', 'medium', 'closed'),
    ]),
  );
  expect([...page.matchAll(/<details id="(\w)">/g)].map(([, id]) => id)).toEqual(['c', 'a', 'b', 'd']);
});

it('says so where nothing is wrong', () => {
  const page = findingsPage(aPage('payments', []));
  expect(page).toContain('Nothing: every control that was judged holds.');
  expect(page).toContain('Nothing was closed yet.');
});

it('is the same page for the same data', () => {
  expect(findingsPage(aPage('payments'))).toBe(findingsPage(aPage('payments')));
});
