package main

import (
	"example.com/pulumi-sles-ecs/sdk/go/slesecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		network, err := pulumi.NewStackReference(ctx, config.Require(ctx, "network"), nil)
		if err != nil {
			return err
		}
		cluster, err := slesecs.NewSlesEcsCluster(ctx, "batch", &slesecs.SlesEcsClusterArgs{
			Settings: slesecs.SettingsArgs{
				Hosts: slesecs.HostsSettingsArgs{
					Mode: pulumi.String("autoScaling"),
					Min:  pulumi.Int(1),
					Max:  pulumi.Int(4),
				},
				Network: slesecs.NetworkSettingsArgs{
					Mode:             pulumi.String("existing"),
					SubnetIds:        pulumi.StringArray{network.GetStringOutput(pulumi.String("subnetId"))},
					SecurityGroupIds: pulumi.StringArray{network.GetStringOutput(pulumi.String("securityGroupId"))},
				},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("clusterName", cluster.ClusterName)
		ctx.Export("autoScalingGroupName", cluster.AutoScalingGroupName)
		return nil
	})
}
