/**
 * The Python program that is moto's server: moto, put right where it plays AWS in a way that the local cloud cannot
 * live with. What moto knows is known nowhere else; so it is to say the truth itself.
 *
 * - It ends with the process that holds the other end of its standard input. Its line for every request is left out.
 * - Of the 1,544 policies that AWS manages only those are kept that a host of ECS may want: moto reads all of them
 *   again for each of six partitions at every reset, which takes seconds.
 * - Auto Scaling keeps the wanted number of members and launches none: the front does, with all that the launch
 *   template says. Members that join towards the wanted number do not change it.
 * - EC2 shows no images whose ids are in the file of hidden images, its first argument.
 * - ECS lists active clusters only, and all capacity providers where none are named.
 */
export const motoServer = `
import json, logging, os, re, sys, threading

logging.getLogger("werkzeug").setLevel(logging.ERROR)

def end_with_parent():
    try:
        while os.read(0, 1):
            pass
    finally:
        os._exit(0)

threading.Thread(target=end_with_parent, daemon=True).start()

import moto.iam.models as iam
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.ec2.models.amis import AmiBackend
from moto.ecs.models import EC2ContainerServiceBackend
from moto.server import main

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

def list_clusters(self):
    return [cluster.arn for cluster in self.clusters.values() if cluster.status == "ACTIVE"]

EC2ContainerServiceBackend.describe_capacity_providers = describe_capacity_providers
EC2ContainerServiceBackend.list_clusters = list_clusters

sys.exit(main(sys.argv[1:]))
`;
