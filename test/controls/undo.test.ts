import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import deletionProtection from '../../shared/controls/cluster/eks-deletion-protection.ts';
import privateEnabled from '../../shared/controls/cluster/eks-endpoint-private-enabled.ts';
import { aCluster } from '../support/builders.ts';

const fixed = aCluster({ resourcesVpcConfig: { endpointPublicAccess: true } });
const publicOnly = aCluster({ resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: false } });

it('the private endpoint stays on where it is the only one left, or was on before', () => {
  const undo = (before: typeof fixed, subject: typeof fixed) =>
    privateEnabled.remediation?.undo?.({ before, subject, params: {} });
  expect([undo(publicOnly, fixed)?.length, undo(publicOnly, aCluster()), undo(fixed, fixed)]).toEqual([1, [], []]);
});

it('what somebody has undone already is not undone again', () => {
  const off = aCluster({ deletionProtection: false });
  const quiet = aCluster({ logging: undefined });
  const { params } = logging;
  expect([
    privateEnabled.remediation?.undo?.({ before: publicOnly, subject: publicOnly, params: {} }),
    deletionProtection.remediation?.undo?.({ before: off, subject: off, params: { prodTagValues: [] } }),
    logging.remediation?.undo?.({ before: quiet, subject: quiet, params: params.parse({}) }),
  ]).toEqual([[], [], []]);
});

it('logging takes back only the types that the fix turned on', () => {
  const some = aCluster({ logging: { clusterLogging: [{ types: ['api', 'audit'], enabled: true }] } });
  const steps = logging.remediation?.undo?.({
    before: some,
    subject: aCluster(),
    params: { requiredTypes: ['api', 'audit', 'authenticator'] },
  });
  expect(steps).toEqual([
    {
      safety: 'approve',
      action: 'eks:UpdateClusterConfig',
      input: { name: 'payments', logging: { clusterLogging: [{ types: ['authenticator'], enabled: false }] } },
    },
  ]);
});
