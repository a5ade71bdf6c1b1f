import type { Region } from '../account.ts';
import type { Names } from './names.ts';

function launchTemplate(names: Names): Region['launchTemplates'] {
  return {
    [`${names.launchTemplate}/1`]: {
      LaunchTemplateId: names.launchTemplate,
      LaunchTemplateName: 'payments-workers',
      VersionNumber: 1,
      CreateTime: '2026-06-15T08:50:02.000Z',
      CreatedBy: names.arn('iam', 'role/platform'),
      DefaultVersion: true,
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvdb', Ebs: { Encrypted: true, VolumeSize: 80, VolumeType: 'gp3' } }],
        SecurityGroupIds: [names.clusterGroup, names.nodeGroupSecurity],
      },
    },
  };
}

/** What nodes start from: a template without a key, with IMDSv2 and encrypted disks; an image of the account's own. */
export function healthyMachines(names: Names): Pick<Region, 'launchTemplates' | 'machineImages'> {
  return {
    launchTemplates: launchTemplate(names),
    machineImages: {
      'ami-0c0ffee0c0ffee001': {
        ImageId: 'ami-0c0ffee0c0ffee001',
        Name: 'payments-hardened-2026.10',
        OwnerId: names.account,
        State: 'available',
        Public: false,
        CreationDate: '2026-10-05T12:00:00.000Z',
      },
    },
  };
}
