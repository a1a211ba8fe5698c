import { readFileSync } from "node:fs";
import path from "node:path";
import type { Task } from "../../../../../automation/ports/aws";
import type { Instance } from "../../../../../automation/ports/awsServices";
import { chosenImage, inEc2 } from "../../../../helpers/account";
import { service, task } from "../../../../helpers/awsObjects";
import type { FakeAwsState } from "../../../../helpers/fakeAws";
import { changes, step, type FakeContextOptions, type FakeStackOptions } from "../../../../helpers/fakes";
import { standing as standingIn } from "../../../../helpers/fakeWorld";
import { fakePint } from "../../../../helpers/fakePint";
import { pintRecord } from "../../../../helpers/pintServer";
import { makeProject } from "../../../../helpers/project";
import { play, type Played } from "../../../../helpers/transcript";
import { newer } from "../lockCase";

export const instanceType = "aws:ec2/instance:Instance";
export const urnOf = (number: number): string =>
    step("replace", instanceType, `sles-ecs-hosts-${number}`).urn;
/** The image to change to. */
export { newer };
export const sles16 = {
    ...chosenImage,
    id: "ami-00000000000001600",
    name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
    date: "20260703",
};
const twoHosts = "    sles-ecs:hosts: { count: 2 }\n";
export const settings = (more = twoHosts): string =>
    `config:\n    aws:region: us-east-1\n${more}    sles-ecs:hostImage:\n        # Since the audit.\n        lock:\n            id: ${chosenImage.id}\n            name: ${chosenImage.name}\n            date: "${chosenImage.date}"\n            region: us-east-1\n`;
/** A host of the image that the environment was locked to before, and one of the image to change to. */
export const older = { imageId: chosenImage.id, imageName: chosenImage.name };
export const updated = { imageId: newer.id, imageName: newer.name };
/** ARN of the agent of a host. */
const agentOf = (host: string): string =>
    `arn:aws:ecs:us-east-1:123456789012:container-instance/dev/of-${host}`;
export const on = (host: string): Pick<Task, "containerInstanceArn"> => ({
    containerInstanceArn: agentOf(host),
});
export const web = task("t-1", "service:web", on("i-1"));
export const job = task("t-2", "family:job", { ...on("i-1"), taskDefinition: "job:7" });

/** The cluster of dev with these hosts, i-1 and so on, and these tasks; a host has room for seven of them unless told. */
export function dev(
    hosts: readonly Partial<Instance>[] = [older, older],
    tasks: readonly Task[] = [web],
    freeMiB: Readonly<Record<string, number>> = {},
): Partial<FakeAwsState> & ReturnType<typeof standingIn> {
    const stands = standingIn("dev", hosts);
    const agents = (stands.containerInstances["dev"] ?? [])
        .filter(({ instanceId }) =>
            stands.instances.some((one) => one.instanceId === instanceId && one.state === "running"),
        )
        .map((one) => {
            const memoryMiB = freeMiB[one.instanceId] ?? one.free.memoryMiB;
            return { ...one, free: { ...one.free, memoryMiB } };
        });
    return {
        ...stands,
        containerInstances: { dev: agents },
        services: { dev: [service("web")] },
        tasks: { dev: [...tasks] },
        images: [inEc2(newer), inEc2(chosenImage), inEc2(sles16)],
    };
}

/** Two tasks on the first host, and room for one of them on the second: each needs 512 MiB. */
export const full = (hosts = [older, older], more: readonly Task[] = []): ReturnType<typeof dev> =>
    dev(hosts, [web, task("t-3", "service:web", on("i-1")), ...more], { "i-2": 700 });

/** Two hosts, of which the engine would replace these. */
export const standingWith = (...numbers: readonly number[]): FakeStackOptions => ({
    resources: [1, 2].map((number) => ({
        type: instanceType,
        name: `sles-ecs-hosts-${number}`,
        id: `i-${number}`,
    })),
    preview: changes(
        numbers.map((number) => step("replace", instanceType, `sles-ecs-hosts-${number}`, ["ami"])),
    ),
});
export const standing = standingWith(1, 2);

const pages = `https://changes.example/${newer.name}`;
/** A pint that knows what changed in the newer image, if that is where an update leads. */
const pint = fakePint([pintRecord({ ...newer, region: "us-east-1", changeinfo: `${pages}/` })], undefined, {
    [`${pages}/package_version_changes.html`]: [
        { name: "amazon-ecs-init", to: "1.95.0-150000.1.1" },
        { name: "bash", from: "5.1", to: "5.2" },
        { name: "kernel-default", from: "6.4.0-150700.53.11.1", to: "6.4.0-150700.53.16.1" },
    ],
});

interface Given extends Partial<FakeContextOptions> {
    readonly file?: string;
}

/** Plays `images update dev` on two hosts that run an older image. */
export async function update(
    argv: readonly string[],
    { file = settings(), ...more }: Given = {},
): Promise<Played & { readonly file: string }> {
    const directory = makeProject({ "Pulumi.dev.yaml": file });
    const played = await play(["images", "update", "dev", ...argv], {
        directory,
        stacks: { dev: standing },
        aws: dev(),
        pint,
        ...more,
    });
    return { ...played, file: readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8") };
}
/** What changed something, and what new hosts came of it, in order; agents by their hosts. */
export const changing = (calls: readonly string[]): readonly string[] =>
    calls
        .filter((call) => /^engine up|^aws (?!reads)|^host/.test(call))
        .map((call) => call.replace(/arn:[^ ,]*\/of-/g, ""));
