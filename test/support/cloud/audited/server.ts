import { localServer } from '../own/server.ts';
import { type AuditedOptions, auditedServices } from './audited-services.ts';

/** Access key, region and service, from the `Authorization` header; undefined where it is not signed that way. */
export function scopeOf(
  authorization: string | undefined,
): { accessKey: string; region: string; service: string } | undefined {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(authorization ?? '');
  const [, accessKey, region, service] = scope ?? [];
  return accessKey && region && service ? { accessKey, region, service } : undefined;
}

const UNSIGNED = {
  status: 400,
  headers: { 'content-type': 'text/plain' },
  body: 'Not signed for a service of the audited accounts.',
};

/** The audited accounts alone on a port of 127.0.0.1, for clients with `AWS_ENDPOINT_URL` set to `url`. */
export async function startAuditedAccounts(options: AuditedOptions) {
  const services = auditedServices(options);
  const { url, stop } = await localServer(options.now, async (request, body) => {
    const scope = scopeOf(request.headers.authorization);
    if (!scope || !services.handles(scope.service)) return UNSIGNED;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    return services.answer({
      ...scope,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      body,
    });
  });
  return { ...services, url, stop };
}
