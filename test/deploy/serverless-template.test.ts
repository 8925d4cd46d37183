import { beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions, packageFunctions, type Resource, type Template } from '../support/package-functions.ts';

let template: Template;
beforeAll(async () => {
  await buildFunctions();
});

const functions = ['http', 'observations-created', 'scheduled', 'migrate'];

function of(type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

const named = (name: string): Resource['Properties'] => template.Resources[name]!.Properties;

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface PolicyDocument {
  readonly Statement: readonly (Statement | { readonly 'Fn::If': readonly [string, Statement, unknown] })[];
}

/** Every action that a role allows, and on what, conditions taken as met. */
function grantsOf(role: Resource): Record<string, unknown> {
  const [policy] = role.Properties['Policies'] as { PolicyDocument: PolicyDocument }[];
  return allowedBy(policy!.PolicyDocument);
}

function allowedBy({ Statement }: PolicyDocument): Record<string, unknown> {
  const statements = Statement.map((statement) => ('Fn::If' in statement ? statement['Fn::If'][1] : statement));
  return Object.fromEntries(statements.flatMap(({ Action, Resource }) => [Action].flat().map((action) => [action, Resource])));
}

describe('an HTTP API on arm64, the default', () => {
  beforeAll(async () => {
    template = await packageFunctions();
  });

  test('four functions on Node 24, each with its own role, a bound on its instances and logs that end', () => {
    const lambdas = of('AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    expect(lambdas.map(({ FunctionName }) => FunctionName as string)).toEqual(functions.map((name) => `mortem-dev-${name}`));
    expect(lambdas.map(({ Runtime, Architectures }) => [Runtime, Architectures] as unknown)).toEqual(
      functions.map(() => ['nodejs24.x', ['arm64']]),
    );
    expect(lambdas.map(({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions as number)).toEqual([20, 10, 1, 1]);
    const roles = lambdas.map(({ Role }) => (Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0]);
    expect(roles).toEqual(['HttpRole', 'ProcessorRole', 'ScheduledRole', 'MigrateRole']);
    expect(of('AWS::IAM::Role').map(([name]) => name)).toEqual(roles);
    expect(of('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties['RetentionInDays'] as number)).toEqual([30, 30, 30, 30]);
  });

  test('a role allows what its handler does, and nothing else', () => {
    const logs = (name: string) => {
      const group = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/mortem-dev-${name}:*`;
      return { 'logs:CreateLogStream': { 'Fn::Sub': group }, 'logs:PutLogEvents': { 'Fn::Sub': group } };
    };
    const received = { 'Fn::Sub': '${ObservationsBucket.Arn}/observations/*' };
    const purged = { 'Fn::Sub': '${ObservationsBucket.Arn}/purged/*' };
    const bodies = [received, purged];
    const bucket = { 'Fn::GetAtt': ['ObservationsBucket', 'Arn'] };
    const queue = { 'Fn::GetAtt': ['ObservationsQueue', 'Arn'] };
    expect(Object.fromEntries(of('AWS::IAM::Role').map(([name, role]) => [name, grantsOf(role)]))).toEqual({
      HttpRole: { ...logs('http'), 's3:PutObject': received, 'kms:GenerateDataKey': '' },
      ProcessorRole: {
        ...logs('observations-created'),
        's3:GetObject': bodies,
        's3:ListBucket': bucket,
        'sqs:ReceiveMessage': queue,
        'sqs:DeleteMessage': queue,
        'sqs:GetQueueAttributes': queue,
        'sqs:SendMessage': { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
        'kms:Decrypt': '',
      },
      ScheduledRole: { ...logs('scheduled'), 's3:DeleteObject': bodies, 'sqs:SendMessage': queue },
      MigrateRole: logs('migrate'),
    });
    // Of people who purge and redrive: the policy is theirs to attach, no role of a function has it.
    expect(allowedBy(named('OperatorPolicy')['PolicyDocument'] as PolicyDocument)).toEqual({
      's3:GetObject': bodies,
      's3:DeleteObject': bodies,
      's3:PutObject': purged,
      's3:ListBucket': bucket,
      'sqs:SendMessage': queue,
      'sqs:ReceiveMessage': { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
      'sqs:DeleteMessage': { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
      'kms:Decrypt': '',
      'kms:GenerateDataKey': '',
    });
    expect(named('OperatorPolicy')).not.toHaveProperty('Roles');
  });

  test('every bucket is encrypted, and none can be public', () => {
    const own = named('ObservationsBucket');
    expect(template.Resources['ObservationsBucket']?.DeletionPolicy).toBe('Retain');
    expect(own['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(own['OwnershipControls']).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    for (const [name, { Properties }] of of('AWS::S3::Bucket')) {
      expect([name, Properties['BucketEncryption']]).toEqual([name, { ServerSideEncryptionConfiguration: [expect.anything()] }]);
    }
    const policies = [...of('AWS::S3::BucketPolicy'), ...of('AWS::SQS::QueuePolicy')].flatMap(
      ([, { Properties }]) =>
        (Properties['PolicyDocument'] as { Statement: { Effect: string; Principal: unknown; Condition: unknown }[] }).Statement,
    );
    // Whoever anybody could be is only ever denied.
    const open = policies.filter(({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('*'));
    expect(open).toEqual([]);
    expect(policies.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).toContainEqual({
      Bool: { 'aws:SecureTransport': 'false' },
    });
  });

  test('what the schedule did not find ends by itself, also what a purge left of a body', () => {
    const { Rules } = named('ObservationsBucket')['LifecycleConfiguration'] as { Rules: { Prefix?: string; ExpirationInDays?: number }[] };
    expect(Rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
      ['observations/', 400],
      ['purged/', 400],
      [undefined, undefined],
    ]);
  });

  test('a new batch goes to the queue, from this bucket only; what fails goes to the dead letters', () => {
    const queue = named('ObservationsQueue');
    expect(queue['RedrivePolicy']).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 20 });
    for (const name of ['ObservationsQueue', 'DeadLetters']) {
      expect(named(name)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    }
    expect(named('ObservationsBucket')['NotificationConfiguration']).toEqual({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: { 'Fn::GetAtt': ['ObservationsQueue', 'Arn'] },
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'observations/' }] } },
        },
      ],
    });
    const [allow] = (named('ObservationsQueuePolicy')['PolicyDocument'] as { Statement: { Condition: unknown }[] }).Statement;
    expect(allow).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    const [, mapping] = of('AWS::Lambda::EventSourceMapping')[0]!;
    expect(mapping.Properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    const { Timeout } = named('ObservationsDashcreatedLambdaFunction') as { Timeout: number };
    expect(queue['VisibilityTimeout'] as number).toBeGreaterThanOrEqual(6 * Timeout);
  });

  test('no secret is in the template', () => {
    for (const [, { Properties }] of of('AWS::Lambda::Function')) {
      expect((Properties['Environment'] as { Variables: Record<string, unknown> }).Variables['MORTEM_DATABASE_URL']).toBe(
        '{{resolve:secretsmanager:mortem/dev/database:SecretString:url}}',
      );
    }
    expect((named('HttpLambdaFunction')['Environment'] as { Variables: Record<string, unknown> }).Variables['MORTEM_SESSION_SECRET']).toBe(
      '{{resolve:secretsmanager:mortem/dev/database:SecretString:sessionSecret}}',
    );
  });

  test('each fault that a person should know of has an alarm', () => {
    const alarms = of('AWS::CloudWatch::Alarm').map(([name, { Properties }]) => [name, Properties['MetricName'] as string]);
    expect(alarms).toEqual([
      ['DeadLettersAlarm', 'ApproximateNumberOfMessagesVisible'],
      ['BacklogAlarm', 'ApproximateAgeOfOldestMessage'],
      ['HttpErrorsAlarm', 'Errors'],
      ['HttpThrottlesAlarm', 'Throttles'],
      ['ProcessorErrorsAlarm', 'Errors'],
      ['ScheduledErrorsAlarm', 'Errors'],
      ['ScheduledMissingAlarm', 'Invocations'],
    ]);
  });

  test('says where a collector sends to', () => {
    expect(template.Outputs['Endpoint']?.Value).toEqual({ 'Fn::Sub': 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}' });
    expect(of('AWS::ApiGatewayV2::Api')).toHaveLength(1);
    expect(of('AWS::Lambda::Url')).toEqual([]);
  });
});

test('a Function URL for signed requests, on x86_64, within a network, with a key and a topic of its own', async () => {
  template = await packageFunctions(
    'endpoint=function-url-iam',
    'architecture=x86_64',
    'subnetIds=subnet-1,subnet-2',
    'securityGroupIds=sg-1',
    'kmsKey=arn:aws:kms:eu-central-1:111122223333:key/1',
    'alarmTopic=arn:aws:sns:eu-central-1:111122223333:alarms',
  );
  expect(of('AWS::ApiGatewayV2::Api')).toEqual([]);
  expect(of('AWS::Lambda::Url').map(([, { Properties }]) => Properties['AuthType'] as string)).toEqual(['AWS_IAM']);
  // Who may call is for the policies of the callers: nobody else may.
  expect(of('AWS::Lambda::Permission').map(([, { Properties }]) => Properties['Principal'] as string)).toEqual(['events.amazonaws.com']);
  for (const [, { Properties }] of of('AWS::Lambda::Function')) {
    expect(Properties['Architectures']).toEqual(['x86_64']);
    expect(Properties['VpcConfig']).toEqual({
      'Fn::If': [
        'InVpc',
        { SubnetIds: { 'Fn::Split': [',', 'subnet-1,subnet-2'] }, SecurityGroupIds: { 'Fn::Split': [',', 'sg-1'] } },
        { Ref: 'AWS::NoValue' },
      ],
    });
  }
  expect(grantsOf(template.Resources['HttpRole']!)['kms:GenerateDataKey']).toBe('arn:aws:kms:eu-central-1:111122223333:key/1');
  expect(template.Outputs['Endpoint']?.Value).toEqual({ 'Fn::GetAtt': ['HttpLambdaFunctionUrl', 'FunctionUrl'] });
});
