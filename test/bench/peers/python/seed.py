"""Fills an AWS endpoint with EKS clusters and ECR repositories, good and bad mixed, by plain boto3.

Everything follows from an item's number, so that two runs of one size make the same. Prints JSON: how
much was made, for each control which names were made to fail it, and by path what moto does not keep.
"""
import argparse
import collections
import hashlib
import json

import boto3
from botocore.config import Config

REGION = "eu-west-1"
LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
OLD, SUPPORTED = "1.25", "1.34"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
IMAGE = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
AMIS = ("AL2023_x86_64_STANDARD", "BOTTLEROCKET_x86_64", "AL2023_ARM_64_STANDARD")


def document(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def trust(service):
    return document(Principal={"Service": service}, Action="sts:AssumeRole")


def sha(*parts):
    return "sha256:" + hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


class Seed:
    def __init__(self, endpoint, sizes):
        self.sizes = sizes
        self.made = collections.Counter()
        self.failing = collections.defaultdict(list)
        self.lost = {}
        session = boto3.Session(region_name=REGION, aws_access_key_id="sample", aws_secret_access_key="sample")
        config = Config(retries={"max_attempts": 1}, parameter_validation=False)
        for name in ("sts", "ec2", "kms", "iam", "logs", "eks", "ecr"):
            setattr(self, name, session.client(name, endpoint_url=endpoint, config=config))
        self.account = self.sts.get_caller_identity()["Account"]

    def fails(self, control, name, wrong):
        if wrong:
            self.failing[control].append(name)

    def role(self, kind, number):
        """One of the roles of a kind: every tenth is for clusters, nodes or Fargate each."""
        first = {"cluster": 0, "node": 1, "fargate": 2}[kind]
        count = max(1, (self.sizes.roles - first + 9) // 10)
        return f"arn:aws:iam::{self.account}:role/{kind}-{first + 10 * (number % count):04}"

    def networks(self):
        self.vpcs, self.subnets, self.remote, self.groups = [], [], [], {}
        for v in range(4):
            vpc = self.ec2.create_vpc(CidrBlock=f"10.{v}.0.0/16")["Vpc"]["VpcId"]
            self.vpcs.append(vpc)
            self.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
            gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
            self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
            public = self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
            self.ec2.create_route(RouteTableId=public, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
            row = []
            for s in range(4):
                subnet = self.ec2.create_subnet(
                    VpcId=vpc, CidrBlock=f"10.{v}.{s * 16}.0/20", AvailabilityZone=REGION + "ab"[s % 2])
                row.append(subnet["Subnet"]["SubnetId"])
                if s < 2:
                    self.ec2.associate_route_table(RouteTableId=public, SubnetId=row[-1])
            self.subnets.append(row)
            remote = self.ec2.create_security_group(GroupName=f"remote-{v}", Description="sample", VpcId=vpc)
            self.remote.append(remote["GroupId"])
            for c in range(v, self.sizes.clusters, 4):
                group = self.ec2.create_security_group(GroupName=f"cluster-{c:04}", Description="sample", VpcId=vpc)
                source = "0.0.0.0/0" if c % 5 == 0 else f"10.{v}.0.0/16"
                self.ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[
                    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": source}]}])
                self.groups[c] = group["GroupId"]
        self.key = self.kms.create_key(Description="cluster secrets")["KeyMetadata"]["Arn"]

    def roles(self):
        aws = "arn:aws:iam::aws:policy/"
        kinds = [
            ("cluster", trust("eks.amazonaws.com"), "AmazonEKSClusterPolicy"),
            ("node", trust("ec2.amazonaws.com"), "AmazonEKSWorkerNodePolicy"),
            ("fargate", trust("eks-fargate-pods.amazonaws.com"), "AmazonEKSFargatePodExecutionRolePolicy"),
        ]
        person = document(Principal={"AWS": f"arn:aws:iam::{self.account}:root"}, Action="sts:AssumeRole")
        for i in range(self.sizes.roles):
            kind, trusted, policy = kinds[i % 10] if i % 10 < 3 else ("team", person, None)
            name = f"{kind}-{i:04}"
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusted)
            if policy:
                self.iam.attach_role_policy(RoleName=name, PolicyArn=aws + policy)
            else:
                actions = "eks:*" if i % 20 == 5 else ["eks:DescribeCluster", "eks:ListClusters"]
                self.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(
                    Action=actions, Resource="*"))
            self.made["roles"] += 1

    def clusters(self):
        for i in range(self.sizes.clusters):
            name, row = f"cluster-{i:04}", self.subnets[i % 4]
            public, private, old = i % 4 != 2, i % 4 != 0, i % 5 == 0
            wide = public and i % 4 != 1
            logs = ([], ["api", "audit"], LOGS)[i % 3]
            network = {"subnetIds": row, "securityGroupIds": [self.groups[i]],
                       "endpointPublicAccess": public, "endpointPrivateAccess": private}
            if public:
                network["publicAccessCidrs"] = ["0.0.0.0/0"] if wide else ["203.0.113.0/28"]
            parts = [{"types": logs, "enabled": True}] if logs else []
            rest = [log for log in LOGS if log not in logs]
            if rest:
                parts.append({"types": rest, "enabled": False})
            self.eks.create_cluster(
                name=name, version=OLD if old else SUPPORTED, roleArn=self.role("cluster", i),
                resourcesVpcConfig=network, logging={"clusterLogging": parts}, tags={"owner": f"team-{i % 7}"},
                encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": self.key}}] if i % 2 else [])
            self.lost[f"/clusters/{name}"] = {"cluster": {
                "deletionProtection": i % 4 == 3,
                "accessConfig": {"authenticationMode": "API" if i % 2 else "CONFIG_MAP"},
                "resourcesVpcConfig": {"vpcId": self.vpcs[i % 4], "clusterSecurityGroupId": self.groups[i]}}}
            if logs:
                self.logs.create_log_group(logGroupName=f"/aws/eks/{name}/cluster")
            self.made["clusters"] += 1
            self.fails("eks-endpoint-public-cidrs", name, wide)
            self.fails("eks-endpoint-private-enabled", name, not private)
            self.fails("eks-control-plane-logging", name, len(logs) < len(LOGS))
            self.fails("eks-version-supported", name, old)
            self.fails("eks-secrets-cmk", name, i % 2 == 0)
            self.fails("eks-deletion-protection", name, i % 4 != 3)
            self.fails("eks-auth-mode-api", name, i % 2 == 0)
            self.members(i, name, row)

    def members(self, i, name, row):
        for n in range(self.sizes.nodegroups):
            k = i * self.sizes.nodegroups + n
            asked = {"remoteAccess": {"ec2SshKey": "ops"}} if k % 5 == 0 else {}
            self.eks.create_nodegroup(
                clusterName=name, nodegroupName=f"nodes-{n}", nodeRole=self.role("node", i),
                subnets=row[:2] if k % 4 == 0 else row[2:], amiType=AMIS[k % 3], instanceTypes=["m6i.large"],
                diskSize=50, scalingConfig={"minSize": 1, "maxSize": 3, "desiredSize": 2}, **asked)
            access = {} if asked else {"remoteAccess": None}
            self.lost[f"/clusters/{name}/node-groups/nodes-{n}"] = {"nodegroup": {
                **access, "resources": {"remoteAccessSecurityGroup": self.remote[i % 4] if asked else None}}}
            self.made["nodegroups"] += 1
            self.fails("node-no-ssh", f"{name}/nodes-{n}", k % 5 == 0)
        self.eks.create_fargate_profile(
            clusterName=name, fargateProfileName="profile", subnets=row[2:],
            podExecutionRoleArn=self.role("fargate", i), selectors=[{"namespace": "default"}])
        self.made["fargateProfiles"] += 1

    def repositories(self):
        pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        readers = {0: "*", 1: {"AWS": "arn:aws:iam::444455556666:root"}}
        for i in range(self.sizes.repositories):
            name = f"team-{i % 10}/app-{i:04}"
            self.ecr.create_repository(
                repositoryName=name, imageTagMutability="MUTABLE" if i % 3 else "IMMUTABLE",
                imageScanningConfiguration={"scanOnPush": i % 2 == 0})
            if i % 5 in readers:
                self.ecr.set_repository_policy(repositoryName=name, policyText=document(
                    Sid="pull", Principal=readers[i % 5], Action=pull))
            for n in range(self.sizes.images):
                layers = [{"mediaType": LAYER, "size": 1 << 20, "digest": sha("layer", i, n, k)} for k in range(3)]
                config = {"mediaType": IMAGE, "size": 1500, "digest": sha("config", i, n)}
                self.ecr.put_image(
                    repositoryName=name, imageTag=f"v{n}", imageManifestMediaType=MANIFEST,
                    imageManifest=json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": config,
                                              "layers": layers}))
                self.made["images"] += 1
            self.made["repositories"] += 1
            self.fails("ecr-tag-immutable", name, i % 3 != 0)
            self.fails("ecr-policy-public", name, i % 5 == 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoint", required=True)
    for name in ("clusters", "nodegroups", "repositories", "images", "roles"):
        parser.add_argument(f"--{name}", type=int, required=True)
    sizes = parser.parse_args()
    seed = Seed(sizes.endpoint, sizes)
    for part in (seed.networks, seed.roles, seed.clusters, seed.repositories):
        part()
    print(json.dumps({"made": seed.made, "failing": seed.failing, "lost": seed.lost}))


main()
