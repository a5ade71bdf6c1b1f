import type * as sdk from '@aws-sdk/client-cloudtrail';
import { type Plain, regionOf } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';

type Trail = Plain<sdk.Trail>;

/** The trails that a region sees: its own, and the shadows of multi-region trails at home elsewhere. */
function visible(call: Call, shadows: boolean): Trail[] {
  return Object.keys(call.account.regions).flatMap((name) =>
    Object.values(regionOf(call.account, name).trails).filter(
      (trail) => name === call.region || (shadows && trail.IsMultiRegionTrail === true),
    ),
  );
}

const absent = (name: string, call: Call) =>
  new AwsFault('TrailNotFoundException', `Unknown trail: ${name} for the user: ${call.accountId}`);

/** A shadow has to be named by its ARN; its name alone is good in its home region only. */
function trailNamed(name: string, call: Call): Trail {
  const trail = visible(call, true).find(
    (one) => one.TrailARN === name || (one.Name === name && one.HomeRegion === call.region),
  );
  if (!trail) throw absent(name, call);
  return trail;
}

/** What the home region keeps beside a trail. */
const beside = <T>(trail: Trail, call: Call, collection: 'trailStatus' | 'eventSelectors'): T =>
  (regionOf(call.account, trail.HomeRegion ?? call.region)[collection][trail.Name ?? ''] ?? {}) as T;

function describeTrails({ trailNameList, includeShadowTrails }: Plain<sdk.DescribeTrailsRequest>, call: Call): object {
  const trails = visible(call, includeShadowTrails ?? true);
  if (!trailNameList?.length) return { trailList: trails };
  return {
    trailList: trails.filter(
      ({ Name = '', TrailARN = '' }) => trailNameList.includes(Name) || trailNameList.includes(TrailARN),
    ),
  };
}

function getTrail({ Name = '' }: Plain<sdk.GetTrailRequest>, call: Call): object {
  return { Trail: trailNamed(Name, call) };
}

function getTrailStatus({ Name = '' }: Plain<sdk.GetTrailStatusRequest>, call: Call): object {
  return { IsLogging: false, ...beside<object>(trailNamed(Name, call), call, 'trailStatus') };
}

const EVERYTHING = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

function getEventSelectors({ TrailName = '' }: Plain<sdk.GetEventSelectorsRequest>, call: Call): object {
  const trail = trailNamed(TrailName, call);
  const { EventSelectors, AdvancedEventSelectors } = beside<{
    EventSelectors?: unknown;
    AdvancedEventSelectors?: unknown;
  }>(trail, call, 'eventSelectors');
  if (AdvancedEventSelectors) return { TrailARN: trail.TrailARN, AdvancedEventSelectors };
  return { TrailARN: trail.TrailARN, EventSelectors: EventSelectors ?? [EVERYTHING] };
}

/** Writes alone are kept; the newest come first. IAM's are in the history of the region that its events occur in. */
function lookupEvents(request: Plain<sdk.LookupEventsRequest>, call: Call): object {
  const [{ AttributeKey, AttributeValue } = {}] = request.LookupAttributes ?? [];
  const { StartTime = '0', EndTime = '9' } = request;
  const found = call.history
    .filter(({ recipientAccountId, awsRegion }) => recipientAccountId === call.accountId && awsRegion === call.region)
    .filter(({ eventName }) => AttributeKey !== 'EventName' || eventName === AttributeValue)
    .filter(
      ({ eventTime }) => Date.parse(eventTime) >= Date.parse(StartTime) && Date.parse(eventTime) <= Date.parse(EndTime),
    )
    .reverse();
  const asked = { most: request.MaxResults ?? 50, token: request.NextToken };
  const refused = () => new AwsFault('InvalidNextTokenException', 'The token is not valid.');
  const { items, next } = page('events', found, asked, call, refused);
  const Events = items.map((detail) => ({
    EventId: detail.eventID,
    EventName: detail.eventName,
    EventTime: detail.eventTime,
    CloudTrailEvent: JSON.stringify(detail),
  }));
  return { Events, ...(next === undefined ? {} : { NextToken: next }) };
}

/** A trail is changed where it is at home, nowhere else. */
function atHome(name: string, call: Call): { name: string; trail: Trail } {
  const trail = trailNamed(name, call);
  if (trail.HomeRegion !== call.region) {
    throw new AwsFault(
      'InvalidHomeRegionException',
      `The home region of the trail ${trail.Name} is ${trail.HomeRegion}`,
    );
  }
  return { name: trail.Name ?? '', trail };
}

const logging = (IsLogging: boolean) => (request: Plain<sdk.StartLoggingRequest>, call: Call) => {
  const { name } = atHome(request.Name ?? '', call);
  const time = IsLogging ? { StartLoggingTime: call.at } : { StopLoggingTime: call.at };
  call.here.trailStatus[name] = { ...call.here.trailStatus[name], IsLogging, ...time };
  return {};
};

function putEventSelectors(request: Plain<sdk.PutEventSelectorsRequest>, call: Call): object {
  const { name, trail } = atHome(request.TrailName ?? '', call);
  const { EventSelectors, AdvancedEventSelectors } = request;
  call.here.eventSelectors[name] = AdvancedEventSelectors
    ? { AdvancedEventSelectors }
    : { EventSelectors: EventSelectors ?? [] };
  return { TrailARN: trail.TrailARN, ...call.here.eventSelectors[name] };
}

function updateTrail(request: Plain<sdk.UpdateTrailRequest>, call: Call): object {
  const { trail } = atHome(request.Name ?? '', call);
  const { Name: _, EnableLogFileValidation, ...changes } = request;
  Object.assign(
    trail,
    changes,
    EnableLogFileValidation === undefined ? {} : { LogFileValidationEnabled: EnableLogFileValidation },
  );
  const { HomeRegion: _home, HasCustomEventSelectors: _custom, HasInsightSelectors: _insight, ...answer } = trail;
  return answer;
}

function createTrail(request: Plain<sdk.CreateTrailRequest>, call: Call): object {
  const { Name = '', EnableLogFileValidation = false, TagsList: _, ...asked } = request;
  if (call.here.trails[Name]) {
    throw new AwsFault('TrailAlreadyExistsException', `Trail ${Name} already exists for customer: ${call.accountId}`);
  }
  const trail: Trail = {
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    IsOrganizationTrail: false,
    ...asked,
    Name,
    TrailARN: `arn:${call.partition}:cloudtrail:${call.region}:${call.accountId}:trail/${Name}`,
    LogFileValidationEnabled: EnableLogFileValidation,
  };
  call.here.trails[Name] = { ...trail, HomeRegion: call.region, HasCustomEventSelectors: false };
  return trail;
}

function putInsightSelectors(request: Plain<sdk.PutInsightSelectorsRequest>, call: Call): object {
  const { trail } = atHome(request.TrailName ?? '', call);
  trail.HasInsightSelectors = (request.InsightSelectors ?? []).length > 0;
  return { TrailARN: trail.TrailARN, InsightSelectors: request.InsightSelectors };
}

function deleteTrail(request: Plain<sdk.DeleteTrailRequest>, call: Call): object {
  const { name } = atHome(request.Name ?? '', call);
  delete call.here.trails[name];
  delete call.here.trailStatus[name];
  delete call.here.eventSelectors[name];
  return {};
}

export const cloudtrail: Operations = {
  reads: {
    DescribeTrails: describeTrails,
    GetEventSelectors: getEventSelectors,
    GetTrail: getTrail,
    GetTrailStatus: getTrailStatus,
    LookupEvents: lookupEvents,
  },
  writes: {
    CreateTrail: createTrail,
    DeleteTrail: deleteTrail,
    PutEventSelectors: putEventSelectors,
    PutInsightSelectors: putInsightSelectors,
    StartLogging: logging(true),
    StopLogging: logging(false),
    UpdateTrail: updateTrail,
  },
};
