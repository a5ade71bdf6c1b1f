import { describe, expect, it } from 'vitest';
import { nodegroup } from '../../shared/resources/nodegroup.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { at, template, templated, workers } from '../support/node-groups.ts';

describe('the launch template and image of a node group', () => {
  it('has no launch template of its user’s without one', async () => {
    const read = await nodegroup.facets.launchTemplate.read(fakeReader({}), workers, at, []);
    expect(read).toEqual({ outcome: 'found', value: null, began: Number.POSITIVE_INFINITY });
  });

  it('keeps facts of its template in the version that it runs, and no user data', async () => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () =>
        template({
          ImageId: 'ami-0a1b2c3d4e5f60718',
          KeyName: 'ops',
          SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
          NetworkInterfaces: [{ Groups: ['sg-0b1b2c3d4e5f60718', 'sg-0a1b2c3d4e5f60718'] }, {}],
          UserData: Buffer.from('[settings.host-containers.admin]\nenabled = true\n').toString('base64'),
        }),
    });
    expect(await nodegroup.facets.launchTemplate.read(reader, templated, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: {
        id: 'lt-0a1b2c3d4e5f60718',
        version: '3',
        imageId: 'ami-0a1b2c3d4e5f60718',
        keyName: 'ops',
        securityGroups: ['sg-0a1b2c3d4e5f60718', 'sg-0b1b2c3d4e5f60718'],
        adminContainer: true,
      },
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeLaunchTemplateVersions', { LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', Versions: ['3'] }],
    ]);
  });

  it('asks for a template by its name where there is no id, and for its default where there is no version', async () => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => template({}) });
    const base = { launchTemplate: { name: 'workers' } };
    expect(await nodegroup.facets.launchTemplate.read(reader, base, at, [])).toMatchObject({
      value: { version: '$Default', imageId: null, keyName: null, securityGroups: [], adminContainer: false },
    });
    expect(reader.calls).toEqual([
      ['ec2:DescribeLaunchTemplateVersions', { LaunchTemplateName: 'workers', Versions: ['$Default'] }],
    ]);
  });

  it.each([
    ['gone', 'gone', { outcome: 'gone', began: 1 }],
    ['refused', 'refused', unread('refused', 'ec2:DescribeLaunchTemplateVersions', 1)],
    ['an empty list', { LaunchTemplateVersions: [] }, { outcome: 'gone', began: 1 }],
    ['no list', {}, lacking('ec2:DescribeLaunchTemplateVersions', 1)],
    ['no content', { LaunchTemplateVersions: [{}] }, lacking('ec2:DescribeLaunchTemplateVersions', 1)],
  ])('cannot read its template: %s', async (_, answer, expected) => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => answer as 'gone' });
    expect(await nodegroup.facets.launchTemplate.read(reader, templated, at, [])).toEqual(expected);
  });

  it('asks for the owner of a custom image only', async () => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () => template({ ImageId: 'ami-0a1b2c3d4e5f60718' }),
      'ec2:DescribeImages': () => ({ Images: [{ OwnerId: '444455556666', Name: 'hardened' }] }),
    });
    expect(await nodegroup.facets.image.read(fakeReader({}), workers, at, [])).toMatchObject({ value: null });
    expect(await nodegroup.facets.image.read(reader, templated, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: { id: 'ami-0a1b2c3d4e5f60718', name: 'hardened', owner: '444455556666', ownerAlias: null },
    });
    expect(reader.calls.at(-1)).toEqual(['ec2:DescribeImages', { ImageIds: ['ami-0a1b2c3d4e5f60718'] }]);
  });

  it.each([
    ['no template', { ...workers, amiType: 'CUSTOM' as const }, {}, 'malformed'],
    ['a template without an image', templated, template({}), 'malformed'],
    ['a template that is gone', templated, 'gone', 'gone'],
  ])('cannot name the owner of a custom image: %s', async (_, base, answer, outcome) => {
    const reader = fakeReader({ 'ec2:DescribeLaunchTemplateVersions': () => answer as 'gone' });
    expect((await nodegroup.facets.image.read(reader, base, at, [])).outcome).toBe(outcome);
  });

  it.each([
    ['gone', 'gone'],
    [{ Images: [] }, 'gone'],
    [{ Images: [{}] }, 'malformed'],
    [{}, 'malformed'],
    ['refused', 'refused'],
  ])('the image %j is %s', async (answer, outcome) => {
    const reader = fakeReader({
      'ec2:DescribeLaunchTemplateVersions': () => template({ ImageId: 'ami-0a1b2c3d4e5f60718' }),
      'ec2:DescribeImages': () => answer as 'gone',
    });
    const read = await nodegroup.facets.image.read(reader, templated, at, []);
    expect([read.outcome, read.began]).toEqual([outcome, 1]);
  });
});
