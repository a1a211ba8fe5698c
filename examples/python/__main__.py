import pulumi
import pulumi_aws as aws
import pulumi_sles_ecs as sles_ecs

clients = aws.ec2.SecurityGroup("clients", description="May talk to the web")

cluster = sles_ecs.SlesEcsCluster(
    "web",
    settings={
        "hosts": {"mode": "fixed", "count": 2},
        "network": {
            "mode": "default",
            "ingress": [{"port": 8080, "security_group_ids": [clients.id]}],
        },
    },
)

pulumi.export("clusterName", cluster.cluster_name)
pulumi.export("instanceIds", cluster.instance_ids)
