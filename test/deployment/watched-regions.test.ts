import { expect, it } from 'vitest';
import { collectorRegions, reachOf, watchedRegions } from '../../shared/deployment/watched-regions.ts';

it.each([
  ['eu-west-1', [], ['eu-west-1', 'us-east-1'], ['us-east-1']],
  ['us-east-1', [], ['us-east-1'], []],
  [
    'eu-west-1',
    ['eu-central-1', 'eu-west-1'],
    ['eu-central-1', 'eu-west-1', 'us-east-1'],
    ['eu-central-1', 'us-east-1'],
  ],
  ['us-gov-east-1', [], ['us-gov-east-1', 'us-gov-west-1'], ['us-gov-west-1']],
  ['cn-northwest-1', [], ['cn-north-1', 'cn-northwest-1'], ['cn-north-1']],
])('a hub in %s with %j watches %j, and needs collectors in %j', (region, regions, watched, collectors) => {
  expect(watchedRegions({ region, regions })).toEqual(watched);
  expect(collectorRegions({ region, regions })).toEqual(collectors);
});

it('what is enabled and not watched is blind; what is to be watched and not enabled is named', () => {
  const enabled = ['us-east-1', 'eu-west-1', 'eu-north-1', 'ap-south-1'];
  expect(reachOf({ region: 'eu-west-1', regions: ['eu-north-1', 'me-south-1'] }, enabled)).toEqual({
    watched: ['eu-north-1', 'eu-west-1', 'us-east-1'],
    blind: ['ap-south-1'],
    notEnabled: ['me-south-1'],
  });
});
