const LISTED = 'a listing answers it; only what none has, such as the role of an AWS service, is read by itself';

/** Rights that no call over the wire can show, by function, each with its reason. */
export const NOT_CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'every function': {
    'logs:CreateLogStream': 'made by Lambda itself',
    'logs:PutLogEvents': 'made by Lambda itself',
    'sqs:ReceiveMessage': 'made by Lambda itself',
    'sqs:DeleteMessage': 'made by Lambda itself',
    'sqs:GetQueueAttributes': 'made by Lambda itself',
    'dynamodb:DescribeStream': 'made by Lambda itself',
    'dynamodb:GetRecords': 'made by Lambda itself',
    'dynamodb:GetShardIterator': 'made by Lambda itself',
    'dynamodb:ListStreams': 'made by Lambda itself',
    'kms:Decrypt': 'SNS uses the key of the topic in the name of who publishes; the emulator encrypts nothing',
    'kms:GenerateDataKey': 'SNS uses the key of the topic in the name of who publishes; the emulator encrypts nothing',
    'ec2:DescribeImages': 'only nodes with a machine image of their own ask for it',
    'ec2:GetManagedPrefixListEntries': 'only rules of security groups that name a prefix list ask for it',
    'inspector2:ListFindings': 'only repositories with enhanced scanning ask for it',
  },
  'announce-finding': {
    'sqs:SendMessage': 'Lambda itself sends what the stream could not deliver',
  },
  'evaluate-resource': {
    'dynamodb:DeleteItem': 'only a link that went away is deleted',
  },
  'locate-change': {
    'states:StartExecution': 'only an account or region that was never swept is swept because of an event',
  },
  'post-to-slack': {
    'dynamodb:DeleteItem': 'only threads of a bot are forgotten; a webhook has none',
  },
  'sweep-scope': {
    'iam:GetPolicyVersion': LISTED,
    'iam:GetRole': LISTED,
    'iam:GetRolePolicy': LISTED,
    'iam:ListAttachedRolePolicies': LISTED,
    'iam:ListRolePolicies': LISTED,
  },
  'remediate-finding': {
    'sts:AssumeRole': 'nothing is fixed in the other account here',
    'dynamodb:DeleteItem': 'only a claim that came to nothing is given back',
  },
};
