import type { AwsFault } from '../call.ts';
import { fromJson, parsedJson, toJson } from './json.ts';
import { fromForm } from './query.ts';
import { routed } from './routes.ts';
import { type Operation, operationOf, type ServiceName } from './schema.ts';
import { element, escapeXml, toXml } from './xml.ts';

export interface WireRequest {
  method: string;
  /** With its query string. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Asked {
  operation: Operation;
  input: Record<string, unknown>;
}

/** How a service speaks. */
export interface Protocol {
  /** Undefined for an operation that the SDK does not know. */
  read(request: WireRequest): Asked | undefined;
  answer(operation: Operation, output: object, requestId: string): WireAnswer;
  error(fault: AwsFault, requestId: string): WireAnswer;
}

const sender = (status: number) => (status < 500 ? 'Sender' : 'Receiver');

function restJson(service: ServiceName): Protocol {
  const headers = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId });
  return {
    read: (request) => routed(service, request),
    answer: ({ output }, value, id) => ({
      status: 200,
      headers: headers(id),
      body: JSON.stringify(toJson(output, value)),
    }),
    error: ({ code, message, status, fields }, id) => ({
      status,
      headers: { ...headers(id), 'x-amzn-errortype': code },
      body: JSON.stringify({ ...fields, message }),
    }),
  };
}

function jsonRpc(service: ServiceName): Protocol {
  const headers = (requestId: string) => ({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': requestId,
  });
  return {
    read(request) {
      const operation = operationOf(service, request.headers['x-amz-target']?.split('.').at(-1) ?? '');
      if (!operation) return undefined;
      return {
        operation,
        input: (fromJson(operation.input, parsedJson(request.body)) ?? {}) as Record<string, unknown>,
      };
    },
    answer: ({ output }, value, id) => ({
      status: 200,
      headers: headers(id),
      body: output.isUnitSchema() ? '' : JSON.stringify(toJson(output, value)),
    }),
    error: ({ code, message, status, fields }, id) => ({
      status,
      headers: headers(id),
      body: JSON.stringify({ __type: code, ...fields, message }),
    }),
  };
}

function readForm(service: ServiceName, flavour: 'query' | 'ec2'): Protocol['read'] {
  return ({ body }) => {
    const form = new URLSearchParams(body);
    const operation = operationOf(service, form.get('Action') ?? '');
    return operation && { operation, input: fromForm(operation.input, form, flavour) };
  };
}

const xml = (status: number, body: string, requestId: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const said = ({ code, message }: AwsFault) => element('Code', code) + element('Message', escapeXml(message));

function query(service: ServiceName, namespace: string): Protocol {
  return {
    read: readForm(service, 'query'),
    answer: ({ name, output }, value, id) =>
      xml(
        200,
        `<${name}Response xmlns="${namespace}">${element(`${name}Result`, toXml(output, value))}` +
          `${element('ResponseMetadata', element('RequestId', id))}</${name}Response>`,
        id,
      ),
    error: (fault, id) => {
      const error = element('Error', element('Type', sender(fault.status)) + said(fault));
      return xml(fault.status, element('ErrorResponse', error + element('RequestId', id)), id);
    },
  };
}

const ec2: Protocol = {
  read: readForm('ec2', 'ec2'),
  answer: ({ name, output }, value, id) =>
    xml(
      200,
      `<${name}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${element('requestId', id)}${toXml(output, value)}</${name}Response>`,
      id,
    ),
  error: (fault, id) => {
    const errors = element('Errors', element('Error', said(fault)));
    return xml(fault.status, element('Response', errors + element('RequestID', id)), id);
  },
};

export const PROTOCOLS: Readonly<Record<ServiceName, Protocol>> = {
  cloudtrail: jsonRpc('cloudtrail'),
  ec2,
  ecr: jsonRpc('ecr'),
  eks: restJson('eks'),
  iam: query('iam', 'https://iam.amazonaws.com/doc/2010-05-08/'),
  inspector2: restJson('inspector2'),
  kms: jsonRpc('kms'),
  logs: jsonRpc('logs'),
  sts: query('sts', 'https://sts.amazonaws.com/doc/2011-06-15/'),
};
