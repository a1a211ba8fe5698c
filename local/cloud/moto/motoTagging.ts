/**
 * What moto's Resource Groups Tagging API shows of services that do not tell it, or not by AWS's names: repositories of
 * ECR, the namespaces and services of Cloud Map, and the type of CloudWatch's log groups.
 * Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export const motoTagging = `
from moto.ecr.models import ECRBackend
from moto.logs.models import LogsBackend
from moto.servicediscovery.models import ServiceDiscoveryBackend

def iter_log_groups(self):
    for group in self.groups.values():
        tags = self.tagger.get_tag_dict_for_resource(group.arn)
        yield TaggedResource(arn=group.arn, tags=tags, resource_type="logs:log-group")

LogsBackend.iter_tagged_resources = iter_log_groups

def iter_cloud_map(self):
    for kind, all in (("namespace", self.namespaces), ("service", self.services)):
        for one in all.values():
            tags = self.tagger.get_tag_dict_for_resource(one.arn)
            yield TaggedResource(arn=one.arn, tags=tags, resource_type=f"servicediscovery:{kind}")

ServiceDiscoveryBackend.__bases__ += (TaggableResourcesMixin,)
ServiceDiscoveryBackend.SERVICE_NAMESPACE = "servicediscovery"
ServiceDiscoveryBackend.iter_tagged_resources = iter_cloud_map

def iter_repositories(self):
    for repository in self.repositories.values():
        tags = self.tagger.get_tag_dict_for_resource(repository.arn)
        yield TaggedResource(arn=repository.arn, tags=tags, resource_type="ecr:repository")

ECRBackend.__bases__ += (TaggableResourcesMixin,)
ECRBackend.SERVICE_NAMESPACE = "ecr"
ECRBackend.iter_tagged_resources = iter_repositories
`;
