import { afterEach, expect, it, vi } from 'vitest';
import { lambdaLog } from '../../shared/runtime/logger.ts';
import { lambdaMetrics } from '../../shared/runtime/meter.ts';
import { HOSTILE } from '../support/hostile.ts';

/** The lines that go out: a Lambda's log has an entry for each. */
function listening() {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
  return written;
}

afterEach(() => vi.restoreAllMocks());

it.each(['info', 'warn', 'error'] as const)('writes one line of JSON with the chosen fields: %s', (level) => {
  const written = listening();
  lambdaLog('locate-change')[level]('A message.', { resource: 'a#b', records: 2, late: true });
  expect(written.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: level.toUpperCase(),
      message: 'A message.',
      service: 'locate-change',
      resource: 'a#b',
      records: 2,
      late: true,
    }),
  ]);
});

it('IN-04: whatever text stands in a message or a field, an entry is one line of JSON that says it again (an empty field is left out)', () => {
  const written = listening();
  const log = lambdaLog('evaluate-resource');
  for (const text of HOSTILE) log.info(text, { why: text });
  const lines = written.join('').split(/(?<=\n)/);
  const said = lines.map((line) => JSON.parse(line)).map(({ message, why }) => [message, why]);
  expect(said.length).toBe(HOSTILE.length);
  expect(said.findIndex(([message = '', why = ''], at) => message !== HOSTILE[at] || why !== HOSTILE[at])).toBe(-1);
});

it('Y-02: at the level that is the default nothing but the fields that were chosen is written', () => {
  const written = listening();
  lambdaLog('locate-change').info('A message.', { messageId: 'm1' });
  const [line = '{}'] = written;
  expect(Object.keys(JSON.parse(line)).sort()).toEqual([
    'level',
    'message',
    'messageId',
    'sampling_rate',
    'service',
    'timestamp',
  ]);
});

it('Q-01: counters are written once at the end of an invocation, those with dimensions each for itself', () => {
  const written = listening();
  const metrics = lambdaMetrics('evaluate-resource');
  metrics.count('received', 2);
  metrics.count('received', 3);
  metrics.count('looked', 1, { outcome: 'judged' });
  metrics.duration('eventToVerdict', 1500);
  metrics.flush();
  metrics.flush();
  const said = written.map((line) => JSON.parse(line)).map(({ _aws, ...fields }) => fields);
  expect(said).toEqual([
    { service: 'evaluate-resource', outcome: 'judged', looked: 1 },
    { service: 'evaluate-resource', received: [2, 3], eventToVerdict: 1500 },
  ]);
});
