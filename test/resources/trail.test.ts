import { describe, expect, it } from 'vitest';
import { accountRegion } from '../../shared/resources/account-region.ts';
import { trail } from '../../shared/resources/trail.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const at = aResource('trail', 'main');
const here = aResource('account-region', 'eu-west-1');
const ARN = 'arn:aws:cloudtrail:us-east-1:444455556666:trail/org';
const shadow = { Name: 'org', TrailARN: ARN, HomeRegion: 'us-east-1', IsMultiRegionTrail: true };
const selectors = [{ ReadWriteType: 'All' as const, IncludeManagementEvents: true }];

const status = (answer: object | 'refused') =>
  trail.facets.status.read(fakeReader({ 'cloudtrail:GetTrailStatus': () => answer as 'refused' }), {}, at, []);
const selected = (answer: object | 'refused') =>
  trail.facets.selectors.read(fakeReader({ 'cloudtrail:GetEventSelectors': () => answer as 'refused' }), {}, at, []);
const recorded = (changed: object, trailList: (typeof shadow)[] = [shadow]) => {
  const answers = {
    'cloudtrail:GetTrailStatus': { IsLogging: true },
    'cloudtrail:GetEventSelectors': { EventSelectors: selectors },
    ...changed,
  };
  const made = Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, () => answer]));
  const reader = fakeReader(made);
  return { reader, read: accountRegion.facets.trails.read(reader, { trailList }, here, []) };
};

describe('trail and account-region', () => {
  it('reads a trail by its name in its home region', async () => {
    const reader = fakeReader({ 'cloudtrail:GetTrail': () => ({ Trail: { Name: 'main' } }) });
    expect(await trail.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: { Name: 'main' } });
    expect(reader.calls).toEqual([['cloudtrail:GetTrail', { Name: 'main' }]]);
    expect(await trail.base?.(fakeReader({ 'cloudtrail:GetTrail': () => ({}) }), at)).toEqual(
      lacking('cloudtrail:GetTrail', 1),
    );
  });

  it('knows whether a trail is logging, and how its last delivery ended', async () => {
    expect(await status({ IsLogging: true, LatestDeliveryError: 'AccessDenied' })).toMatchObject({
      value: { logging: true, deliveryError: 'AccessDenied' },
    });
    expect(await status({ IsLogging: false, LatestDeliveryError: '' })).toMatchObject({
      value: { logging: false, deliveryError: null },
    });
    expect(await status({})).toEqual(lacking('cloudtrail:GetTrailStatus', 1));
    expect(await status('refused')).toEqual(unread('refused', 'cloudtrail:GetTrailStatus', 1));
  });

  it('knows what a trail records', async () => {
    const advanced = [{ Name: 'management', FieldSelectors: [] }];
    expect(await selected({ EventSelectors: selectors })).toMatchObject({ value: { basic: selectors, advanced: [] } });
    expect(await selected({ AdvancedEventSelectors: advanced })).toMatchObject({ value: { basic: [], advanced } });
    expect(await selected({})).toEqual(lacking('cloudtrail:GetEventSelectors', 1));
    expect(await selected('refused')).toEqual(unread('refused', 'cloudtrail:GetEventSelectors', 1));
  });

  it('lists the trails that record a region, those of elsewhere too', async () => {
    const reader = fakeReader({ 'cloudtrail:DescribeTrails': () => ({ trailList: [shadow] }) });
    expect(await accountRegion.base?.(reader, here)).toEqual({
      outcome: 'found',
      began: 1,
      value: { trailList: [shadow] },
    });
    expect(reader.calls).toEqual([['cloudtrail:DescribeTrails', { includeShadowTrails: true }]]);
    expect(await accountRegion.base?.(fakeReader({ 'cloudtrail:DescribeTrails': () => ({}) }), here)).toEqual(
      lacking('cloudtrail:DescribeTrails', 1),
    );
  });

  it('links a region to its trails where their events occur', () => {
    const links = accountRegion.links?.(
      { trailList: [shadow, { Name: 'no home' }, { ...shadow, TrailARN: 'org' }] },
      {},
      here,
    );
    expect(lines(links ?? [])).toEqual(['trail → trail org in 444455556666 in us-east-1']);
  });

  it('asks for each trail by its ARN, which a trail of elsewhere needs', async () => {
    const { reader, read } = recorded({});
    expect(await read).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        {
          trail: shadow,
          status: { logging: true, deliveryError: null },
          selectors: { basic: selectors, advanced: [] },
        },
      ],
    });
    expect(reader.calls).toEqual([
      ['cloudtrail:GetTrailStatus', { Name: ARN }],
      ['cloudtrail:GetEventSelectors', { TrailName: ARN }],
    ]);
  });

  it('knows without a call that no trail records', async () => {
    expect(await recorded({}, []).read).toEqual({ outcome: 'found', began: Number.POSITIVE_INFINITY, value: [] });
  });

  it.each([
    [{ 'cloudtrail:GetTrailStatus': 'refused' }, { outcome: 'refused', began: 1 }],
    [{ 'cloudtrail:GetEventSelectors': 'refused' }, { outcome: 'refused', began: 1 }],
    [{ 'cloudtrail:GetTrailStatus': 'gone' }, { outcome: 'gone', began: 1 }],
    [{ 'cloudtrail:GetEventSelectors': {} }, { outcome: 'malformed', began: 1 }],
  ])('leaves out no trail that cannot be read: %j', async (changed, expected) => {
    expect(await recorded(changed).read).toMatchObject(expected);
  });
});
