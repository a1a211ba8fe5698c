import { motoKeeping } from "./motoKeeping";
import { motoListening } from "./motoListening";
import { motoPace } from "./motoPace";
import { motoTagging } from "./motoTagging";

/**
 * The Python program that is moto's server: moto, put right where it plays AWS in a way that the local cloud cannot
 * live with. What moto knows is known nowhere else; so it is to say the truth itself.
 *
 * - It ends with the process that holds the other end of its standard input. Its line for every request is left out.
 * - Of the 1,544 policies that AWS manages only those are kept that a host of ECS may want: moto reads all of them
 *   again for each of six partitions at every reset, which takes seconds.
 * - Auto Scaling keeps the wanted number of members and launches none: the front does, with all that the launch
 *   template says. Members that join towards the wanted number do not change it.
 * - A lifecycle action's heartbeat, which only the front sends here, puts a member into the state Terminating:Wait.
 * - EC2 shows no images whose ids are in the file of hidden images, its first argument.
 * - EC2 shows all instances in one answer unless pages are asked for, however many they are
 *   (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html).
 * - Other security groups of an instance are those of its network interface too.
 * - A NAT gateway names itself in its network interface; one that is deleted lets go of its address and its network interface.
 * - IAM deletes no policy that is attached, or has further versions
 *   (https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html).
 * - IAM says that a role is not there when it is taken out of an instance profile for the second time, and tells the tags
 *   of instance profiles (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html).
 * - A VPC endpoint that is deleted already may be deleted again, as by a client whose first answer got lost.
 * - Stop protection also refuses a termination
 *   (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html).
 * - The tags of a resource of EC2 are looked up by its id: moto goes through all tags of all resources for
 *   each that it shows or filters, which takes minutes where there are a thousand.
 * - The tags of an Elastic IP address are those of an elastic-ip
 *   (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html).
 * - ECS changes managed draining where a capacity provider is updated.
 * - EventBridge Scheduler refuses a group that is there already, a schedule in one that is not, and a time zone that does not
 *   exist, where this machine knows them; it removes tags, and the tagging API knows its groups.
 * - ECS lists active clusters only, and all capacity providers where none are named.
 */
const motoAsAws = `
import functools, json, logging, os, re, sys, threading

logging.getLogger("werkzeug").setLevel(logging.ERROR)

def end_with_parent():
    try:
        while os.read(0, 1):
            pass
    finally:
        os._exit(0)

threading.Thread(target=end_with_parent, daemon=True).start()

import moto.ec2.models.tags
import moto.ec2.utils as ec2_utils
import moto.iam.models as iam
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
from moto.ec2.models.amis import AmiBackend
from moto.ec2.exceptions import EC2ClientError, InvalidSecurityGroupNotFoundError
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.responses.instances import InstanceResponse
from moto.ecs.models import CapacityProvider, EC2ContainerServiceBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.iam.responses import IamResponse
from moto.scheduler.exceptions import ScheduleExists, ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend
from zoneinfo import available_timezones

wanted = re.compile("ECS|EC2|SSM|CloudWatch|AutoScaling")
policies = json.loads(iam.aws_managed_policies_data)
iam.aws_managed_policies_data = json.dumps({name: policy for name, policy in policies.items() if wanted.search(name)})

def set_desired_capacity(self, new_capacity):
    self.desired_capacity = self.min_size if new_capacity is None else new_capacity

def replace_autoscaling_group_instances(self, count_needed, propagated_tags):
    pass

motos_attach_instances = AutoScalingBackend.attach_instances

def attach_instances(self, group_name, instance_ids):
    group = self.autoscaling_groups[group_name]
    desired = group.desired_capacity
    motos_attach_instances(self, group_name, instance_ids)
    group.desired_capacity = max(desired, group.desired_capacity)

FakeAutoScalingGroup.set_desired_capacity = set_desired_capacity
FakeAutoScalingGroup.replace_autoscaling_group_instances = replace_autoscaling_group_instances
AutoScalingBackend.attach_instances = attach_instances

def record_lifecycle_action_heartbeat(self):
    group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
    for state in group.instance_states:
        if state.instance.id == self._get_param("InstanceId"):
            state.lifecycle_state = "Terminating:Wait"
    return EmptyResult()

AutoScalingResponse.record_lifecycle_action_heartbeat = record_lifecycle_action_heartbeat

hidden_images = sys.argv.pop(1)
motos_describe_images = AmiBackend.describe_images

def describe_images(self, *args, **kwargs):
    with open(hidden_images) as file:
        hidden = json.load(file)
    return [image for image in motos_describe_images(self, *args, **kwargs) if image.id not in hidden]

AmiBackend.describe_images = describe_images

motos_describe_capacity_providers = EC2ContainerServiceBackend.describe_capacity_providers

def describe_capacity_providers(self, names):
    return motos_describe_capacity_providers(self, names or list(self.capacity_providers))

motos_update_capacity_provider = CapacityProvider.update

def update_capacity_provider(self, asg_details):
    if "managedDraining" in asg_details:
        self.auto_scaling_group_provider["managedDraining"] = asg_details["managedDraining"]
    motos_update_capacity_provider(self, asg_details)

CapacityProvider.update = update_capacity_provider

def list_clusters(self):
    return [cluster.arn for cluster in self.clusters.values() if cluster.status == "ACTIVE"]

EC2ContainerServiceBackend.describe_capacity_providers = describe_capacity_providers
EC2ContainerServiceBackend.list_clusters = list_clusters

motos_delete_policy = iam.IAMBackend.delete_policy

def delete_policy(self, policy_arn):
    policy = self.get_policy(policy_arn)
    if policy.attachment_count > 0:
        raise iam.DeleteConflictException("Cannot delete a policy attached to entities.")
    if len(policy.versions) > 1:
        raise iam.DeleteConflictException(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's "
            "versions. The default version is deleted with the policy."
        )
    motos_delete_policy(self, policy_arn)

iam.IAMBackend.delete_policy = delete_policy

motos_remove_role = iam.IAMBackend.remove_role_from_instance_profile

def remove_role_from_instance_profile(self, profile_name, role_name):
    if self.get_role(role_name) not in self.get_instance_profile(profile_name).roles:
        raise iam.NotFoundException(f"The role {role_name} is not in the instance profile {profile_name}.")
    motos_remove_role(self, profile_name, role_name)

iam.IAMBackend.remove_role_from_instance_profile = remove_role_from_instance_profile

def list_instance_profile_tags(self):
    profile = self.backend.get_instance_profile(self._get_param("InstanceProfileName"))
    return ActionResult({"Tags": sorted(profile.tags, key=lambda tag: tag["Key"]), "IsTruncated": False})

IamResponse.list_instance_profile_tags = list_instance_profile_tags

def modify_instance_security_groups(self, instance_id, new_group_id_list):
    instance = self.get_instance(instance_id)
    groups = [self.get_security_group_from_id(group_id) for group_id in new_group_id_list]
    if None in groups:
        raise InvalidSecurityGroupNotFoundError(new_group_id_list[groups.index(None)])
    instance.security_groups = groups
    instance.nics[0]._group_set = groups
    return instance

InstanceBackend.modify_instance_security_groups = modify_instance_security_groups

motos_create_nat_gateway = NatGatewayBackend.create_nat_gateway

def create_nat_gateway(self, *args, **kwargs):
    gateway = motos_create_nat_gateway(self, *args, **kwargs)
    gateway._eni.description = f"Interface for NAT Gateway {gateway.id}"
    return gateway

NatGatewayBackend.create_nat_gateway = create_nat_gateway

motos_delete_nat_gateway = NatGatewayBackend.delete_nat_gateway

def delete_nat_gateway(self, nat_gateway_id):
    gateway = motos_delete_nat_gateway(self, nat_gateway_id)
    for address in self.addresses:
        if address.eni is not None and address.eni.id == gateway._eni.id:
            self.disassociate_address(association_id=address.association_id)
    self.enis.pop(gateway._eni.id, None)
    return gateway

NatGatewayBackend.delete_nat_gateway = delete_nat_gateway

def get_tags(self):
    if not self.id:
        return []
    resource_type = ec2_utils.EC2_PREFIX_TO_RESOURCE.get(ec2_utils.get_prefix(self.id), "")
    return [
        {"resource_id": self.id, "key": key, "value": value, "resource_type": resource_type}
        for key, value in list(self.ec2_backend.tags.get(self.id, {}).items())
    ]

TaggedEC2Resource.get_tags = get_tags
ec2_utils.EC2_PREFIX_TO_RESOURCE.update(eipalloc="elastic-ip", nat="natgateway")

simple_aws_filter_to_re = functools.lru_cache(maxsize=4096)(ec2_utils.simple_aws_filter_to_re)
ec2_utils.simple_aws_filter_to_re = simple_aws_filter_to_re
moto.ec2.models.tags.simple_aws_filter_to_re = simple_aws_filter_to_re

motos_delete_vpc_endpoints = VPCBackend.delete_vpc_endpoints

def delete_vpc_endpoints(self, vpce_ids=None):
    there = [id for id in vpce_ids or [] if id in self.vpc_end_points and self.vpc_end_points[id].state != "deleted"]
    motos_delete_vpc_endpoints(self, there)

VPCBackend.delete_vpc_endpoints = delete_vpc_endpoints

motos_create_schedule = EventBridgeSchedulerBackend.create_schedule
motos_create_schedule_group = EventBridgeSchedulerBackend.create_schedule_group
motos_delete_schedule_group = EventBridgeSchedulerBackend.delete_schedule_group

motos_update_schedule = EventBridgeSchedulerBackend.update_schedule
time_zones = available_timezones()

def check_schedule(schedule_expression=None, schedule_expression_timezone=None, **_):
    if not re.fullmatch(r"(at|cron|rate)\\(.+\\)", schedule_expression or ""):
        raise ValidationException(f"Invalid Schedule Expression {schedule_expression}.")
    if time_zones and (schedule_expression_timezone or "UTC") not in time_zones:
        raise ValidationException(f"Invalid Schedule Expression Timezone {schedule_expression_timezone}.")

def create_schedule(self, *args, **kwargs):
    self.get_schedule_group(kwargs.get("group_name"))
    check_schedule(**kwargs)
    return motos_create_schedule(self, *args, **kwargs)

def update_schedule(self, *args, **kwargs):
    check_schedule(**kwargs)
    return motos_update_schedule(self, *args, **kwargs)

def create_schedule_group(self, name, tags):
    if name in self.schedule_groups:
        raise ScheduleExists(f"group {name}")
    return motos_create_schedule_group(self, name, tags or [])

def delete_schedule_group(self, name):
    self.tagger.delete_all_tags_for_resource(self.get_schedule_group(name).arn)
    motos_delete_schedule_group(self, name)

def untag_schedule_group(self, resource_arn, tag_keys):
    self.tagger.untag_resource_using_names(resource_arn, tag_keys)

def iter_schedule_groups(self):
    for group in self.schedule_groups.values():
        yield TaggedResource(
            arn=group.arn,
            tags=self.tagger.get_tag_dict_for_resource(group.arn),
            resource_type="scheduler:schedule-group",
        )

EventBridgeSchedulerBackend.__bases__ += (TaggableResourcesMixin,)
EventBridgeSchedulerBackend.create_schedule = create_schedule
EventBridgeSchedulerBackend.update_schedule = update_schedule
EventBridgeSchedulerBackend.create_schedule_group = create_schedule_group
EventBridgeSchedulerBackend.delete_schedule_group = delete_schedule_group
EventBridgeSchedulerBackend.untag_resource = untag_schedule_group
EventBridgeSchedulerBackend.iter_tagged_resources = iter_schedule_groups

motos_terminate_instances = InstanceBackend.terminate_instances

def terminate_instances(self, instance_ids):
    for instance in self.get_multi_instances_by_id(instance_ids or []):
        if instance.disable_api_stop in (True, "true") and instance.disable_api_termination is not True:
            raise EC2ClientError(
                "OperationNotPermitted",
                f"The instance '{instance.id}' may not be terminated. Modify its 'disableApiStop' instance attribute "
                "and try again.",
            )
    return motos_terminate_instances(self, instance_ids)

InstanceBackend.terminate_instances = terminate_instances

motos_describe_instances = InstanceResponse.describe_instances

def describe_instances(self):
    if "MaxResults" not in self.params:
        self.params["MaxResults"] = sys.maxsize
    return motos_describe_instances(self)

InstanceResponse.describe_instances = describe_instances
`;

export const motoServer = `${motoAsAws}${motoTagging}${motoPace}${motoKeeping}${motoListening}
sys.exit(moto.server.main(["-H", "127.0.0.1", "-p", "0"]))
`;
