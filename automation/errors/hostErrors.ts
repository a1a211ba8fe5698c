import { failed, notFound, notReady, usage } from "./catalogueEntry";

/** Errors about single hosts. */
export const hostErrors = {
    HOST_NOT_FOUND: notFound(
        "The environment has no host of that number, id or beginning of an id; the hosts that it has are listed.",
    ),
    HOST_GONE: notFound("The host that was named is terminated, or on its way there."),
    HOST_OF_OTHERS: notFound(
        "The instance that was named is of another environment, or of none; nothing was changed.",
    ),
    HOST_NOT_RUNNING: failed(
        "The instance of the host that was named does not run, or its agent is not connected, and the command needs that; nothing was changed.",
    ),
    HOST_LENT: failed(
        "A host is registered in another cluster, where `hosts move` brings hosts, and its tasks are that cluster's; nothing was changed.",
    ),
    HOST_NOT_DRAINED: notReady(
        "Tasks were still on a host when the time to drain it was over; each is listed with what keeps it there. The host stays DRAINING.",
    ),
    HOST_NOT_REACHED: failed(
        "The command goes through AWS Systems Manager alone, and that does not reach the host; what can be done is listed, and nothing was changed.",
    ),
    SESSION_PLUGIN_MISSING: failed(
        "`hosts shell` hands the session to AWS's Session Manager plugin, and there is none on PATH.",
        "install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
    ),
    HOST_COMMAND_FAILED: failed(
        "A command that hosts were given by AWS Systems Manager did not succeed; what it said on each is shown.",
    ),
    GROUP_NOT_FOUND: notFound(
        "There is no Auto Scaling group of that name in the region of the environment, or none of that name is on its cluster.",
    ),
    GROUP_OF_OTHERS: usage(
        "The Auto Scaling group is an environment's own, is attached to another one, or has a capacity provider already; an Auto Scaling group can have one only.",
    ),
    GROUP_IN_USE: usage(
        "Services name the capacity provider of the Auto Scaling group in their strategy, and ECS takes it off the cluster only once none does; nothing was changed.",
    ),
    GROUPS_ATTACHED: usage(
        "Another hosts.mode would take groups off the cluster that hosts attach has put there; nothing was changed.",
    ),
    CLUSTER_NOT_OWN: usage(
        "Groups are attached to a cluster that the environment has made, and the environment has adopted its one; nothing was changed.",
    ),
    NO_STACK_ID: usage(
        "The environment is older than stack ids, by which what is lent to it is known; its next up gives it one. Nothing was changed.",
    ),
    GROUP_UNFIT: usage(
        "Hosts of the Auto Scaling group would not join the cluster, or are no SLES hosts; every reason is listed, and nothing was changed.",
    ),
    HOSTS_OUT_OF_LIMITS: usage(
        "The number of hosts that was asked for is below hosts.min or above hosts.max of the group; --adjust-limits moves that, too.",
    ),
    HOST_AMBIGUOUS: usage("The beginning of an id fits several hosts of the environment; they are listed."),
};
