import * as pulumi from "@pulumi/pulumi";
import { SlesEcsCluster } from "../../../components";

// Two clusters of one program: fixed hosts by their hours, and a group that the first lets in.
const config = new pulumi.Config();
const web = new SlesEcsCluster("web", {
    environment: "web",
    settings: { hosts: { mode: "fixed", count: 1 }, hours: "Mon-Fri 08:00-18:00 Europe/Berlin" },
});
const ingress = [{ port: 8080, securityGroupIds: [web.securityGroupIds[0] ?? ""] }];
const batch = new SlesEcsCluster("batch", {
    environment: config.get("batch") ?? "batch",
    settings: { hosts: { mode: "autoScaling", min: 1, max: 2 }, network: { mode: "default", ingress } },
});

export const webOutputs = [web.clusterName, web.instanceRoleName, web.securityGroupId];
export const batchOutputs = [batch.clusterName, batch.instanceRoleName, batch.securityGroupId];
export const capacityProviderName = batch.capacityProviderName;
