import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { htmlReport } from '../../shared/reports/html-report/index.ts';
import { aCause, aLargeReport, aReport, REPORTED_AT } from '../support/a-report.ts';
import type { Part } from './figure.ts';
import { median } from './statistics.ts';

const FINDINGS = 5000;

/** What a person does with the filter, each from its input to the next frame drawn. */
const ACTS = {
  severity: `form.querySelector('[value=critical]').checked = true`,
  search: `form.elements.q.value = 'payments-7'`,
  clear: `form.elements.q.value = ''; form.querySelector('[value=critical]').checked = false`,
  sort: `form.elements.sort.value = 'resource'`,
  back: `form.elements.sort.value = 'control'`,
};

interface Times {
  open: number;
  acts: Readonly<Record<keyof typeof ACTS, number>>;
}

/** The report of 5,000 findings in a real Chromium, where there is one. */
export async function page(quick: boolean): Promise<Part> {
  const text = largePage();
  const size = {
    id: 'page.size',
    what: `page of ${FINDINGS} findings`,
    value: Buffer.byteLength(text) / 1e6,
    unit: 'MB',
  } as const;
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    return { figures: [size], how: `Not opened: there is no ${executablePath}; CHROMIUM may name another.` };
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-bench-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, text);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await timed(browser, file);
    const runs: Times[] = [];
    for (let run = 0; run < (quick ? 3 : 9); run++) runs.push(await timed(browser, file));
    const slowest = runs.map(({ acts }) => Math.max(...Object.values(acts)));
    return {
      figures: [
        size,
        { id: 'page.open', what: 'page: opened', value: median(runs.map(({ open }) => open)), unit: 'ms' },
        { id: 'page.filter', what: 'page: the slowest of its filters', value: median(slowest), unit: 'ms' },
      ],
      how: 'A report in which each finding has who and when, in Chromium without a window: until its script is ready, and from an input to the next frame drawn; medians, after one opening that does not count.',
      details: { runs },
    };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function largePage(): string {
  const known = { cause: aCause(), firstSeen: REPORTED_AT - 3_600_000, since: REPORTED_AT - 3_600_000 };
  const verdicts = aLargeReport(FINDINGS * 2)
    .verdicts.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable')
    .slice(0, FINDINGS)
    .map((one) => ({ ...one, ...known }));
  return htmlReport(aReport({ source: 'table', verdicts }));
}

async function timed(browser: Browser, file: string): Promise<Times> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const open = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd');
  const acts = {} as Record<keyof typeof ACTS, number>;
  for (const [name, act] of Object.entries(ACTS)) {
    acts[name as keyof typeof ACTS] = await page.evaluate<number>(`(async () => {
      const form = document.getElementById('filter');
      const began = performance.now();
      ${act};
      form.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 61));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - began;
    })()`);
  }
  await page.close();
  return { open, acts };
}
