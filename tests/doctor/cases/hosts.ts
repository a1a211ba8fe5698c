import { managedPolicyArn } from "../../../components/model/iam/policies";
import { hostsOf, verdictOn } from "../../local/cloud/hostHelpers";
import type { TestCloud } from "../../local/cloud/testCloud";
import { productUserData } from "../../local/hosts/productHosts";
import type { HostFaults } from "../../../local/hosts/decide/hostFacts";
import { launchOwn, letSsmIn, profileName } from "../ward";
import { ailing, type Ailing, type Illness } from "./ailing";

const settings = { hosts: { mode: "fixed", count: 1 }, instanceRole: { mode: "create", ssm: true } };

/** A host that Systems Manager reaches, and with which something is wrong from its first boot on. */
async function faulty(
    cloud: TestCloud,
    fault: HostFaults,
    shows: RegExp,
    wish: Parameters<typeof launchOwn>[1] = {},
): Promise<Illness> {
    await letSsmIn(cloud);
    await cloud.control("POST", "settings", { bootSeconds: 1 });
    const id = await launchOwn(cloud, wish);
    await cloud.control("POST", `hosts/${id}`, fault);
    await verdictOn(cloud, id, ["failed"]);
    return { id, settings, shows };
}

/** What no console shows, and only the host's own logs tell. */
export const hosts: readonly Ailing[] = [
    ailing("DOCKER_NOT_RUNNING", (cloud) =>
        faulty(cloud, { docker: "broken" }, /failed to start daemon: .*driver not supported/),
    ),
    ailing("DOCKER_DISK_FULL", (cloud) =>
        faulty(
            cloud,
            { dockerDisk: "full" },
            /no space left on device[^]*100% of \/var\/lib\/docker is used/,
        ),
    ),
    ailing("CLOCK_WRONG", (cloud) => faulty(cloud, { clock: "slow" }, /Signature expired/)),
    ailing("CREDENTIALS_UNUSABLE", (cloud) =>
        faulty(cloud, { credentials: "none" }, /no EC2 IMDS role found/),
    ),
    ailing("PAUSE_IMAGE_UNREADABLE", (cloud) =>
        faulty(cloud, { pauseImage: "broken" }, /Failed to load pause container/),
    ),
    ailing("REGISTRATION_REFUSED", (cloud) =>
        faulty(
            cloud,
            { registration: "refused" },
            /ClientException: this account may register no more hosts/,
        ),
    ),
    ailing("RESERVED_TOO_MUCH", (cloud) =>
        faulty(cloud, {}, /Unable to fetch host resources/, {
            userData: productUserData({ agent: { reservedMemoryMiB: 60_000 } }),
        }),
    ),
    ailing("SAVED_OTHER_CLUSTER", async (cloud) => {
        await letSsmIn(cloud);
        const PolicyArn = managedPolicyArn("aws");
        await cloud.iam.attachRolePolicy({ RoleName: profileName, PolicyArn });
        // It joins `default` before its user data names a cluster, and refuses the other one from its next boot on.
        const userData = "#!/bin/sh\necho ECS_CLUSTER=dev >>/etc/ecs/ecs.config\n";
        const id = await launchOwn(cloud, { userData });
        await verdictOn(cloud, id, ["registered"]);
        const [containerInstance] = await hostsOf(cloud, "default");
        await cloud.ec2.rebootInstances({ InstanceIds: [id] });
        await verdictOn(cloud, id, ["failed"]);
        await cloud.ecs.deregisterContainerInstance({
            cluster: "default",
            containerInstance: containerInstance?.containerInstanceArn,
            force: true,
        });
        return { id, settings, shows: /saved cluster 'default' does not match configured cluster 'dev'/ };
    }),
];
