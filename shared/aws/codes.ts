/**
 * The codes that say that what was asked for does not exist, by service: only these close a finding. Other codes end in
 * `NotFound` and mean something else (a KMS key of a trail, an account, an endpoint).
 */
export const GONE: Readonly<Record<string, RegExp>> = {
  cloudtrail: /^TrailNotFoundException$/,
  ec2: /^Invalid\w+\.(?:\w*NotFound(?:Exception)?|Unavailable)$/,
  ecr: /^(?:Repository|RepositoryPolicy|Image|Scan)NotFoundException$/,
  eks: /^ResourceNotFoundException$/,
  iam: /^NoSuchEntity(?:Exception)?$/,
  inspector2: /^ResourceNotFoundException$/,
  kms: /^NotFoundException$/,
  logs: /^ResourceNotFoundException$/,
};

/** No permission, or no way in: a region that is not opted into answers with the codes for unknown keys. */
export const REFUSED =
  /^(?:AccessDenied\w*|Unauthorized\w*|NotAuthorized\w*|AuthorizationError\w*|AuthFailure|OptInRequired|SubscriptionRequired\w*|RegionDisabled\w*|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient\w*|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken\w*|NotSignedUp)$/;

/** AWS being unwell, or our session running out under way: the same question may be answered later. */
export const UNAVAILABLE =
  /^(?:Throttl\w*|ThrottledException|EC2ThrottledException|TooManyRequests\w*|RequestLimitExceeded|RequestThrottled\w*|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceeded\w*|ServiceUnavailable\w*|Unavailable|InternalFailure|InternalError|InternalServer\w*|ServerException|ServiceFailure\w*|KMSInternalException|DependencyTimeout\w*|RequestTimeout\w*|TimeoutError|AbortError|ExpiredToken\w*|RequestExpired|RequestTimeTooSkewed|IDPCommunicationError\w*)$/;

/** Node's codes for a connection that failed or broke, TLS included. */
export const SOCKET =
  /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EPROTO|ERR_SOCKET\w*|ERR_TLS\w*|ERR_SSL\w*|CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED\w*|DEPTH_ZERO\w*|HPE_\w+|UND_ERR\w*)$/;

/** Another update is running, or the last one is not yet seen everywhere. */
export const BUSY =
  /^(?:ResourceInUse\w*|ResourcePropagationDelay\w*|OperationAborted\w*|ConcurrentModification\w*|Conflict\w*|EntityTemporarilyUnmodifiable\w*)$/;
