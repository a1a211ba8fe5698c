import { callContext, hostCall, joiningActions } from "../../components/model/iam/hostCalls";
import type { DeniedAction, ProfileEvidence } from "../../components/model/diagnosis/evidence";
import { clusterArnOf } from "../../components/model/location";
import type { Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

/** What IAM calls EC2, in China by another name (IAM user guide, "AWS service principals"). */
const ec2Principal = /^ec2\.amazonaws\.com(\.cn)?$/;

interface Asked {
    readonly aws: Pick<Aws, "iam" | "identity">;
    readonly clusterName: string;
}

type Read = <T>(what: string, reading: Promise<T>) => Promise<T | undefined>;

/**
 * The instance profiles of hosts, each read once, by the id of the instance.
 * @param read notes what may not be read
 */
export async function readProfiles(
    asked: Asked,
    hosts: readonly Host[],
    read: Read,
): Promise<ReadonlyMap<string, ProfileEvidence>> {
    const caller = await read("who asks", asked.aws.identity.caller());
    const clusterArn = caller && clusterArnOf(caller, asked.clusterName);
    const names = [...new Set(hosts.flatMap(({ instanceProfileName: name }) => name ?? []))];
    const profiles = new Map(
        await Promise.all(
            names.map(
                async (name) => [name, await readProfile(asked.aws.iam, name, clusterArn, read)] as const,
            ),
        ),
    );
    const none: ProfileEvidence = { exists: false, denied: [] };
    return new Map(
        hosts.flatMap(({ instanceId, hasInstanceProfile, instanceProfileName: name = "" }) => {
            const profile = hasInstanceProfile ? profiles.get(name) : none;
            return profile === undefined ? [] : [[instanceId, profile] as const];
        }),
    );
}

async function readProfile(
    iam: Aws["iam"],
    name: string,
    clusterArn: string | undefined,
    read: Read,
): Promise<ProfileEvidence | undefined> {
    const found = await read("instance profiles", asList(iam.instanceProfile(name)));
    if (found === undefined) {
        return undefined;
    }
    const [profile] = found;
    if (profile?.roleArn === undefined) {
        return { name, exists: profile !== undefined, denied: [] };
    }
    const { roleArn } = profile;
    const roleName = roleArn.split("/").at(-1) ?? roleArn;
    const [services, denied] = await Promise.all([
        read("the role's trust policy", iam.trustedServices(roleName)),
        clusterArn && read("what the role may do", deniedActions(iam, roleArn, clusterArn)),
    ]);
    return {
        name,
        exists: true,
        roleName,
        trustsEc2: services?.some((service) => ec2Principal.test(service)),
        denied: denied || [],
        partition: roleArn.split(":")[1],
    };
}

/** So that nothing there is something else than nothing read. */
async function asList<T>(reading: Promise<T | undefined>): Promise<readonly T[]> {
    const found = await reading;
    return found === undefined ? [] : [found];
}

async function deniedActions(
    iam: Aws["iam"],
    roleArn: string,
    clusterArn: string,
): Promise<readonly DeniedAction[]> {
    const calls = joiningActions.map((action) => hostCall(action, clusterArn, {}));
    const answers = await Promise.all(
        calls.map(({ action, resource }) =>
            iam.deniedToRole(roleArn, { actions: [action], resource, context: callContext(clusterArn) }),
        ),
    );
    return answers.flat();
}
