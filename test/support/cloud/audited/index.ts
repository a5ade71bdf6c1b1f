export { type Account, merge, type PolicyDocument, type Region } from './account.ts';
export { type Act, type AuditedOptions, type AuditedServices, auditedServices, type LoggedCall, type SignedRequest } from './audited-services.ts';
export type { Caller } from './callers.ts';
export { type FaultKind, type FaultRule, failing } from './faults.ts';
export { anAccount } from './healthy/an-account.ts';
export { type Names, namesOf } from './healthy/names.ts';
export type { EventDetail } from './recording.ts';
export { scopeOf, startAuditedAccounts } from './server.ts';
