/** ECS's answer where a cluster does not exist, or not any more. */
export const noCluster = ["ClusterNotFoundException"];

/** Its answers where a service, or the cluster that it was in, is gone. */
export const goneFromEcs = [...noCluster, "ServiceNotFoundException", "ServiceNotActiveException"];
