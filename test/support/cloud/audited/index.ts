export { type Account, merge, type PolicyDocument, type Region } from './account.ts';
export type { Answer, LoggedCall, SignedRequest } from './answering.ts';
export { type Act, type AuditedOptions, type AuditedServices, auditedServices } from './audited-services.ts';
export type { Caller } from './callers.ts';
export type { FaultKind, FaultRule } from './faults.ts';
export { anAccount } from './healthy/an-account.ts';
export { type Names, namesOf } from './healthy/names.ts';
export type { EventDetail } from './recording.ts';
export { scopeOf, startAuditedAccounts } from './server.ts';
