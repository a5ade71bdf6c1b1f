import type { StackSettings } from './settings.ts';
import type { Resources } from './template-parts.ts';

/** The kill switch, only where something may be fixed. It begins as `on`; what a person sets later, a deployment leaves. */
export function fixingResources({ baseline }: Pick<StackSettings, 'baseline'>): Resources {
  if (baseline.fixed.length === 0) return {};
  return {
    KillSwitch: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: baseline.remediation.killSwitch,
        Type: 'String',
        Value: 'on',
        AllowedPattern: '^(on|off)$',
        Description:
          'eks-warden fixes only while this says on: npx eks-warden fixes pause, npx eks-warden fixes resume',
      },
    },
  };
}
