import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anchorOf } from '../../../shared/reports/html-report/finding-row.ts';
import { htmlReport } from '../../../shared/reports/html-report/index.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aHostileReport, aLargeReport, aReport, REPORTED_AT } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ADDRESS = 'http://127.0.0.1:9/report.html';
const HISTORY = [{ at: REPORTED_AT - 86_400_000, failing: { critical: 4, high: 1 } }];
/** A real browser takes its time to start on a busy machine. */
const PATIENCE = 120_000;

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Without a Chromium on the machine these are skipped, and told as such; CHROMIUM names another than Debian's. */
const inBrowser = it.skipIf(!existsSync(executablePath));

let browser: Browser | undefined;
beforeAll(async () => {
  if (existsSync(executablePath))
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}, PATIENCE);
afterAll(async () => browser?.close(), PATIENCE);

interface Opened {
  page: Page;
  /** What the browser had to say, and whatever it asked for besides the page itself. */
  noise: string[];
}

type Options = NonNullable<Parameters<Browser['newContext']>[0]>;

/** The report in a page of its own. Nothing is sent: the one request is answered here. */
async function opened(report: Report, hash = '', options: Options = {}): Promise<Opened> {
  if (browser === undefined) throw new Error('There is no browser.');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', ({ message }) => noise.push(message));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await context.route('**/*', async (route) => {
    if (route.request().url() === ADDRESS)
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: htmlReport(report, { history: HISTORY }) });
    noise.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${ADDRESS}${hash}`);
  return { page, noise };
}

const shown = (page: Page) => page.locator('#shown').textContent();
const visible = (page: Page) => page.locator('details.f:not([hidden])').count();

/** With everything unfolded. */
async function flawsOf(page: Page): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(`(async () => {
    for (const each of document.querySelectorAll('details')) each.open = true;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => id + ' ' + nodes[0].html);
  })()`);
}

const beyond = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    inBrowser(
      `has no flaw that axe knows, ${colorScheme}, ${width} pixels wide, and nothing sticks out`,
      async () => {
        const viewport = { width, height: 900 };
        const { page, noise } = await opened(aReport(), '', { colorScheme, viewport, bypassCSP: true });
        expect([await flawsOf(page), await beyond(page), noise]).toEqual([[], 0, []]);
      },
      PATIENCE,
    );
  }
}

inBrowser(
  'IN-02: with hostile names nothing runs, is asked for or complained of',
  async () => {
    const texts = HOSTILE.filter((text) => text !== '' && text.length < 1000);
    const noises = [];
    for (const text of texts) {
      const { page, noise } = await opened(aHostileReport(text));
      noises.push(...noise);
      await page.context().close();
    }
    expect(noises).toEqual([]);
  },
  PATIENCE,
);

inBrowser(
  'has no flaw that axe knows where its rows are drawn by the script',
  async () => {
    const report = aLargeReport(400);
    const findings = report.verdicts.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
    expect(findings.length).toBeGreaterThan(200);
    const { page, noise } = await opened(report, '', { bypassCSP: true });
    await expect.poll(() => visible(page), { timeout: PATIENCE }).toBe(findings.length);
    expect([await flawsOf(page), await beyond(page), noise]).toEqual([[], 0, []]);
  },
  PATIENCE,
);

inBrowser(
  'finds, filters and sorts 5,000 verdicts, and the address keeps it',
  async () => {
    const report = aLargeReport(5000);
    const count = (severity: string) =>
      report.verdicts.filter(
        (one) => one.severity === severity && one.verdict !== 'pass' && one.verdict !== 'not-applicable',
      ).length;
    const { page, noise } = await opened(report);
    await page.locator('#filter [value=critical]').check();
    await expect.poll(() => visible(page)).toBe(count('critical'));
    await page.locator('#filter [name=q]').fill('administrator');
    await page.locator('#filter [name=sort]').selectOption('resource');
    await expect.poll(() => page.url()).toBe(`${ADDRESS}#q=administrator&sort=resource&severity=critical`);
    const found = report.verdicts.filter(({ control }) => control === 'iam-node-role').length;
    await expect.poll(() => visible(page)).toBe(found);
    const again = await opened(report, new URL(page.url()).hash);
    expect(await shown(again.page)).toBe(await shown(page));
    await page.locator('#filter [type=reset]').click();
    await expect.poll(() => shown(page)).toMatch(/^Showing (\S+) of \1 findings\.$/);
    expect([...noise, ...again.noise]).toEqual([]);
  },
  PATIENCE,
);

/** Every finding of a large report says this, and is on a resource that is named so. */
function aLargeHostileReport(text: string): Report {
  const said = [{ reason: 'any', severity: 'high', text, data: {} }] as const;
  const verdicts = aLargeReport(600).verdicts.map((one, at) => ({
    ...one,
    resource: { ...one.resource, id: `${at} ${text}` },
    ...(one.verdict === 'fail' ? { said } : {}),
  }));
  return aReport({ verdicts });
}

inBrowser(
  'IN-02: of many findings none runs, breaks out of its row or is lost, whatever it is named',
  async () => {
    const texts = [
      '</noscript><img src=x onerror=alert(1)>',
      '<details class="f x" id="y"><small>',
      '&lt;b&gt; $& &#39;"',
    ];
    for (const text of texts) {
      const report = aLargeHostileReport(text);
      const findings = report.verdicts.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
      const { page, noise } = await opened(report);
      await expect.poll(() => visible(page), { timeout: PATIENCE }).toBe(findings.length);
      const said = await page.locator('details.f.fail > summary > span').allTextContents();
      await page.locator('#filter [name=q]').fill('nowhere to be found');
      await expect.poll(() => shown(page)).toBe(`Showing 0 of ${findings.length} findings.`);
      await page.locator('#filter [name=q]').fill(`${text} `);
      await expect.poll(() => shown(page)).toBe(`Showing ${findings.length} of ${findings.length} findings.`);
      expect([[...new Set(said)], await page.locator('#findings img').count(), noise]).toEqual([[text], 0, []]);
      await page.context().close();
    }
  },
  PATIENCE,
);

inBrowser(
  'of many findings a link finds one that was not drawn yet, a sort shows the first at once, and paper gets all',
  async () => {
    const report = aLargeReport(5000);
    const findings = report.verdicts.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
    const last = findings.at(-1)?.id ?? '';
    const { page, noise } = await opened(report, `#${anchorOf(last)}`);
    const row = page.locator(`#${anchorOf(last)}`);
    expect([await row.getAttribute('open'), await row.isVisible()]).toEqual(['', true]);
    const sorted = await page.evaluate(`new Promise((done) => {
      document.getElementById('filter').elements.sort.value = 'resource';
      document.getElementById('filter').dispatchEvent(new Event('input', { bubbles: true }));
      setTimeout(() => done(document.querySelectorAll('#flat > .f').length >= 60), 100);
    })`);
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect([sorted, await visible(page), noise]).toEqual([true, findings.length, []]);
  },
  PATIENCE,
);

inBrowser(
  'a link to a finding opens it, whatever was filtered',
  async () => {
    const { page } = await opened(aReport(), '#severity=low');
    const critical = aReport().verdicts.find(({ verdict, severity }) => verdict === 'fail' && severity === 'critical');
    const id = anchorOf(critical?.id ?? '');
    await page.evaluate(`location.hash = '${id}'`);
    await expect.poll(() => page.locator(`#${id}`).getAttribute('open')).toBe('');
    expect(await page.locator(`#${id}`).isVisible()).toBe(true);
  },
  PATIENCE,
);

inBrowser(
  'a figure in a picture leads to its findings',
  async () => {
    const { page } = await opened(aReport());
    await page.locator('#posture a', { hasText: 'payments' }).click();
    await expect.poll(() => page.url()).toBe(`${ADDRESS}#account=111122223333&cluster=payments`);
    await expect.poll(() => shown(page)).toBe('Showing 7 of 11 findings.');
  },
  PATIENCE,
);

inBrowser(
  'without its script many findings can be read too',
  async () => {
    const report = aLargeReport(1000);
    const findings = report.verdicts.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
    const { page } = await opened(report, '', { javaScriptEnabled: false });
    const rows = page.locator('details.f');
    await page.locator('details.g > summary').first().click();
    await rows.first().locator('summary').click();
    expect([await rows.count(), await rows.first().locator('dl').isVisible()]).toEqual([findings.length, true]);
  },
  PATIENCE,
);

inBrowser(
  'without its script every finding can be read, and no dead control is shown',
  async () => {
    const { page } = await opened(aReport(), '', { javaScriptEnabled: false });
    const rows = page.locator('details.f');
    expect(await rows.count()).toBe(11);
    expect(await rows.first().isVisible()).toBe(true);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await rows.first().locator('summary').click();
    expect(await rows.first().locator('dl').isVisible()).toBe(true);
  },
  PATIENCE,
);
